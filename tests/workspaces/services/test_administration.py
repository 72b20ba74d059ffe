"""What people wait for keeps a desk open; the administrator's own body stays on."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from candidates.models import Appointment, Case
from candidates.states import CaseState
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership
from sportello.accounts.scope import Scope
from sportello.territory.enums import DeskState
from sportello.territory.models import Desk
from sportello.territory.rules import Point
from sportello.territory.services.desks import DeskDetails
from sportello.workspaces.queries.administration import OpenWork
from sportello.workspaces.services import administration as service
from tests.support.personas import make_candidate, make_case, make_member, make_operator, scope
from tests.support.territory import make_desk, make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def as_it_is(desk: Desk, **changed: Any) -> DeskDetails:
    details = DeskDetails(
        name=desk.name,
        kind=desk.kind,
        state=desk.state,
        municipality=desk.municipality,
        sub_area=None,
        address=desk.address,
        point=Point(desk.latitude, desk.longitude),
        phone="",
        email="",
        managed_by=desk.managed_by,
        serves=(desk.municipality,),
        hours=(),
    )
    return replace(details, **changed)


def work_that_stops(desk: Desk, state: DeskState) -> OpenWork:
    with pytest.raises(service.DeskAtWork) as refusal:
        service.keep_desk(desk=desk, details=as_it_is(desk, state=state), by=BY)
    desk.refresh_from_db()
    assert desk.state == DeskState.OPEN
    return refusal.value.work


@pytest.mark.parametrize("state", [DeskState.CLOSED, DeskState.PLANNED])
def test_a_desk_with_work_in_hand_goes_on_receiving(state: DeskState) -> None:
    desk, elsewhere = make_desk(), make_desk()
    operator = make_operator(desk)
    make_candidate(desk)
    case = make_case(desk, operator=operator)
    make_case(elsewhere)
    begins = timezone.now() + timedelta(days=1)
    Appointment.objects.create(
        candidate=case.candidate,
        desk=desk,
        residence=desk.municipality,
        operator=operator,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=30),
        reason="Incontro",
    )
    assert work_that_stops(desk, state) == OpenWork(cases=1, intakes=1, appointments=1)


def test_a_desk_that_has_done_its_work_closes() -> None:
    desk = make_desk()
    case = make_case(desk)
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED, closing="other", closed_on=case.opened_on + timedelta(days=9)
    )
    closed = service.keep_desk(desk=desk, details=as_it_is(desk, state=DeskState.CLOSED), by=BY)
    assert closed.state == DeskState.CLOSED


def test_a_desk_at_work_may_change_all_the_rest() -> None:
    desk = make_desk()
    make_case(desk)
    details = as_it_is(desk, name="Altro", state=DeskState.TEMPORARY)
    assert service.keep_desk(desk=desk, details=details, by=BY).name == "Altro"


def test_a_desk_changes_hands_when_nobody_of_the_old_body_receives_there() -> None:
    desk, other = make_desk(), make_organisation()
    operator = make_operator(desk)
    with pytest.raises(service.DeskHasPeople):
        service.keep_desk(desk=desk, details=as_it_is(desk, managed_by=other), by=BY)
    Membership.objects.filter(user=operator).update(ended_at=timezone.now())
    assert service.keep_desk(desk=desk, details=as_it_is(desk, managed_by=other), by=BY).managed_by == other


def test_nobody_switches_off_the_body_they_came_in_by() -> None:
    mine, other = make_organisation(), make_organisation()
    me = scope(make_member(Role.ADMINISTRATOR, mine))
    with pytest.raises(service.OwnBody):
        service.keep_body(body=mine, name="Mia", email="", phone="", is_active=False, by=me)
    off = service.keep_body(body=other, name="Altra", email="", phone="", is_active=False, by=me)
    assert off.is_active is False
