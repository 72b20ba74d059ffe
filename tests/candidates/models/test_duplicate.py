"""What the database itself refuses of pairs and merges."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import DuplicatePair, Merge
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "same"}, "decided_pair_has_its_time"),
        ({"decided_at": timezone.now()}, "decided_pair_has_its_time"),
    ],
)
def test_a_decided_pair_says_when(fields: dict[str, Any], name: str) -> None:
    one, other = make_candidate(), make_candidate()
    with pytest.raises(IntegrityError, match=name):
        DuplicatePair.objects.create(first=one, second=other, ground="name", **fields)


def test_a_pair_is_of_two_and_stands_once_in_either_order() -> None:
    one, other = make_candidate(), make_candidate()
    with pytest.raises(IntegrityError, match="pair_is_of_two_records"), transaction.atomic():
        DuplicatePair.objects.create(first=one, second=one, ground="name")
    DuplicatePair.objects.create(first=one, second=other, ground="name")
    with pytest.raises(IntegrityError, match="pair_found_once"):
        DuplicatePair.objects.create(first=other, second=one, ground="birth")


def test_nobody_is_absorbed_twice_or_by_themself_and_an_undone_merge_says_why() -> None:
    one, other, third = make_candidate(), make_candidate(), make_candidate()
    Merge.objects.create(kept=one, absorbed=other, record={}, motive="m")
    with pytest.raises(IntegrityError, match="absorbed_by_one_record_at_a_time"), transaction.atomic():
        Merge.objects.create(kept=third, absorbed=other, record={}, motive="m")
    with pytest.raises(IntegrityError, match="undone_merge_has_its_motive"), transaction.atomic():
        Merge.objects.update(undone_at=timezone.now())
    one.absorbed_into = one
    with pytest.raises(IntegrityError, match="no_record_absorbs_itself"):
        one.save()
