"""What the database itself refuses of pairs and merges, and who sees a pair."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import DuplicatePair, Merge, Restriction
from candidates.services.restriction import restrict
from sportello.accounts.enums import Role
from tests.support.personas import make_candidate, make_case, make_member, scope
from tests.support.territory import make_desk

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


def test_a_pair_with_a_restricted_person_is_there_for_whom_a_grant_names() -> None:
    desk, elsewhere = make_desk(), make_desk()
    leader, colleague = (make_member(Role.COORDINATOR, desk.managed_by, desk) for _ in range(2))
    pair = DuplicatePair.objects.create(
        first=make_case(desk).candidate, second=make_case(elsewhere).candidate, ground="name"
    )
    assert list(DuplicatePair.objects.decidable_by(scope(colleague))) == [pair]
    Restriction.objects.create(candidate=pair.second, motive="Motivo", set_by=leader)
    assert not DuplicatePair.objects.visible_to(scope(colleague)).exists()
    restrict(candidate=pair.first, motive="Motivo", ends_on=timezone.localdate(), users=[], by=scope(leader))
    assert not DuplicatePair.objects.decidable_by(scope(leader)).exists()
    Restriction.objects.filter(candidate=pair.second).delete()
    assert list(DuplicatePair.objects.decidable_by(scope(leader))) == [pair]
    assert not DuplicatePair.objects.visible_to(scope(colleague)).exists()
