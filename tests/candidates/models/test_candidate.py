"""Who may open a person's file."""

from datetime import date

import pytest

from candidates.models import Candidate, Case
from candidates.states import CaseClosing, CaseState
from sportello.accounts.enums import Role
from tests.support.personas import make_candidate, make_case, make_member, make_operator, make_user, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_file_follows_the_case_from_desk_to_desk() -> None:
    first, second = make_desk(), make_desk()
    here, there = scope(make_operator(first)), scope(make_operator(second))
    both = scope(make_member(Role.OPERATOR, first.managed_by, first, second))
    person = make_candidate(first)
    assert [Candidate.objects.visible_to(s).count() for s in (here, there, both)] == [1, 0, 1]
    old = make_case(
        first,
        candidate=person,
        state=CaseState.CLOSED,
        opened_on=date(2025, 1, 8),
        closed_on=date(2025, 6, 30),
        closing=CaseClosing.MOVED,
    )
    assert [Candidate.objects.visible_to(s).count() for s in (here, there, both)] == [1, 0, 1]
    new = make_case(second, candidate=person)
    assert [Candidate.objects.visible_to(s).count() for s in (here, there, both)] == [0, 1, 1]
    assert [set(Case.objects.visible_to(s)) for s in (here, there, both)] == [set(), {new}, {old, new}]


def test_person_sees_themself_alone() -> None:
    user = make_user()
    mine, _other = make_candidate(user=user), make_candidate(user=make_user())
    assert list(Candidate.objects.visible_to(scope(user))) == [mine]
