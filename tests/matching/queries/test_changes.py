"""Who changed since a moment, as the database counts moments."""

import pytest

from candidates.models import Candidate
from matching.queries.changes import changed_since, database_moment
from tests.support.personas import make_candidate


@pytest.mark.django_db(transaction=True)
def test_only_what_was_committed_after_the_moment() -> None:
    earlier, later = make_candidate(), make_candidate()
    database, snapshot, own = database_moment()
    assert (own, changed_since(snapshot, own)) == (0, [])
    Candidate.objects.filter(pk=later.pk).update(phone="+393331234567")
    assert changed_since(snapshot, own) == [later.pk]
    assert database_moment()[0] == database
    assert changed_since(database_moment()[1], 0) == []
    assert earlier.pk != later.pk


@pytest.mark.django_db
def test_what_the_running_transaction_writes_is_always_later() -> None:
    before = make_candidate()
    _, snapshot, own = database_moment()
    assert own > 0
    after = make_candidate()
    assert changed_since(snapshot, own) == sorted([before.pk, after.pk])
