"""The form that makes one record of two."""

import pytest

from candidates.forms.duplicates import MergeForm
from candidates.queries.duplicates import Record
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db


def test_the_chosen_record_is_kept_and_the_other_absorbed() -> None:
    records = [Record(make_candidate(), None, False) for _ in range(2)]
    form = MergeForm(records=records)
    assert (form["kept"].initial, list(form.fields)) == (str(records[0].candidate.pk), ["kept", "motive"])
    form = MergeForm({"kept": str(records[1].candidate.pk), "motive": "stesso documento"}, records=records)
    assert form.is_valid()
    assert form.kept_and_absorbed == (records[1], records[0])
    form = MergeForm({"kept": str(make_candidate().pk), "motive": ""}, records=records)
    assert set(form.errors) == {"kept", "motive"}
