"""Many cases at once change as each would alone."""

from typing import Any

import pytest

from candidates.models import BookingInvitation, Case, CaseAssignment, CaseTag, SavedView
from candidates.services import caseload as service
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from tests.support.personas import make_candidate, make_case, make_member, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_a_whole_caseload_moves_to_who_serves_the_desk() -> None:
    desk, elsewhere = make_desk(), make_desk()
    leaves, takes = make_operator(desk), make_operator(desk)
    leader = make_member(Role.COORDINATOR, desk.managed_by, desk, elsewhere)
    mine = [make_case(desk, operator=leaves) for _ in range(3)]
    closed = make_case(desk, operator=leaves, state="closed", closed_on="2026-04-01", closing="other")
    far = make_case(elsewhere, operator=leaves)
    already = make_case(desk, operator=takes)
    cases = [*mine, closed, far, already]
    wanted: dict[str, Any] = {"operator_id": takes.pk, "reason": "congedo"}
    assert service.reassign_cases(cases=cases, by=scope(make_operator(desk)), **wanted) == 0
    assert service.reassign_cases(cases=cases, by=scope(leader), **wanted) == 3
    assert set(Case.objects.filter(responsible_operator=takes)) == {*mine, already}
    assert CaseAssignment.objects.filter(end_reason="congedo").count() == 3


def test_tags_are_put_once_and_taken_away() -> None:
    cases = [make_case(make_desk()) for _ in range(2)]
    closed = make_case(make_desk(), state="closed", closed_on="2026-04-01", closing="other")
    assert service.tag_cases(cases=[*cases, closed], name="marzo", by=BY) == 2
    assert service.tag_cases(cases=cases, name="marzo", by=BY) == 0
    assert service.untag_cases(cases=cases[:1], name="marzo", by=BY) == 1
    assert [tag.case for tag in CaseTag.objects.all()] == cases[1:]


def test_who_can_be_invited_is_invited() -> None:
    desk = make_desk()
    cases = [make_case(desk), make_case(desk, candidate=make_candidate(desk, email=""))]
    assert service.invite_cases(cases=cases, convokes=True, by=BY) == 1
    assert service.invite_cases(cases=cases, convokes=True, by=BY) == 0
    assert [(i.candidate, i.convokes) for i in BookingInvitation.objects.all()] == [(cases[0].candidate, True)]


def test_a_view_has_one_name() -> None:
    owner = make_operator()
    view = service.save_view(name="Marzo", query="area=youth", by=scope(owner))
    with pytest.raises(service.NameTaken):
        service.save_view(name="Marzo", query="", by=scope(owner))
    service.drop_view(view=view, by=scope(owner))
    assert SavedView.objects.count() == 0
