"""An operator writes when they receive, when they are away, and opens groups."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from candidates.models import Absence, Appointment, DeskShortage, ReceptionHours
from candidates.services import appointment as appointments
from candidates.services import reception as service
from candidates.states import AppointmentState, GroupMeetingState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from sportello.territory.models import Desk
from tests.support.agenda import at, make_group, make_open_desk, make_reception, make_rules, receiving_desk
from tests.support.personas import make_candidate, make_case, make_operator

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def add(desk: Desk, operator: User, **changed: Any) -> list[ReceptionHours]:
    wanted: dict[str, Any] = {
        "weekdays": [1, 2],
        "begins": time(14),
        "ends": time(16),
        "minutes": 60,
        "mode": "phone",
        "valid_from": timezone.localdate(),
        **changed,
    }
    return service.add_reception(operator_id=operator.pk, desk=desk, by=BY, **wanted)


def test_several_days_are_written_together_or_not_at_all() -> None:
    desk, operator = receiving_desk(weekdays=[2])
    assert [hours.weekday for hours in add(desk, operator)] == [1, 2]
    with pytest.raises(service.Overlaps):
        add(desk, operator, weekdays=[1, 2], begins=time(9), ends=time(10))
    assert sorted(ReceptionHours.objects.values_list("weekday", "begins")) == [
        (1, time(14)),
        (2, time(9)),
        (2, time(14)),
    ]


def test_hours_in_force_end_yesterday_and_those_to_come_go() -> None:
    desk, operator = receiving_desk(weekdays=[1])
    today = timezone.localdate()
    (held,) = ReceptionHours.objects.all()
    (coming,) = make_reception(operator, desk, weekdays=[4], valid_from=today)
    (over,) = make_reception(operator, desk, weekdays=[5], valid_to=date(2021, 1, 1))
    for hours in (held, coming, over):
        service.end_reception(hours=hours, by=BY)
    assert sorted(ReceptionHours.objects.values_list("weekday", "valid_to")) == [
        (1, today - timedelta(days=1)),
        (5, date(2021, 1, 1)),
    ]


def test_an_absence_tells_who_had_booked() -> None:
    desk, operator = receiving_desk()
    day = timezone.localdate() + timedelta(days=3)
    booked = []
    for hour in (9, 15):
        person = make_candidate(desk)
        booked.append(
            appointments.book_appointment(
                candidate=person,
                desk=desk,
                operator_id=operator.pk,
                starts_at=at(day, hour),
                ends_at=at(day, hour, 30),
                mode="phone",
                reason="Incontro",
                by=BY,
            )
        )
    absence, found = service.add_absence(operator_id=operator.pk, starts_at=at(day, 0), ends_at=at(day, 12), by=BY)
    assert found == booked[:1]
    with pytest.raises(service.Overlaps):
        service.add_absence(operator_id=operator.pk, starts_at=at(day, 11), ends_at=at(day, 13), by=BY)
    service.remove_absence(absence=absence, by=BY)
    assert Absence.objects.count() == 0


def test_a_group_is_not_opened_over_a_meeting_nor_a_meeting_over_a_group() -> None:
    desk, operator = receiving_desk()
    day = timezone.localdate() + timedelta(days=3)

    def plan(hour: int) -> Any:
        return service.plan_group(
            desk=desk,
            operator_id=operator.pk,
            title="Curriculum",
            starts_at=at(day, hour),
            ends_at=at(day, hour + 2),
            mode="in_person",
            seats=5,
            by=BY,
        )

    def book(hour: int) -> Any:
        return appointments.book_appointment(
            candidate=make_candidate(desk),
            desk=desk,
            operator_id=operator.pk,
            starts_at=at(day, hour),
            ends_at=at(day, hour, 30),
            mode="phone",
            reason="Incontro",
            by=BY,
        )

    book(10)
    with pytest.raises(service.OperatorBusy):
        plan(9)
    plan(11)
    with pytest.raises(service.OperatorBusy):
        plan(12)
    with pytest.raises(appointments.SlotTaken):
        book(12)


def test_a_revoked_group_gives_every_seat_back_and_tells_everybody() -> None:
    desk, operator = receiving_desk()
    group = make_group(desk, operator)
    for _ in range(2):
        appointments.join_group(candidate=make_candidate(desk), group=group, by=BY)
    revoked = service.revoke_group(group=group, by=BY)
    assert (revoked.state, revoked.taken) == (GroupMeetingState.REVOKED, 0)
    assert set(Appointment.objects.values_list("state", flat=True)) == {AppointmentState.REVOKED}
    assert Message.objects.filter(kind="appointment_revoked").count() == 2
    with pytest.raises(appointments.NotAllowed):
        service.revoke_group(group=group, by=BY)


def test_a_shortage_is_noted_once_and_forgotten_when_it_is_over() -> None:
    make_rules()
    desk = make_open_desk()
    make_case(desk)
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        service.note_shortages(by=BY)
        noted = timezone.localdate()
    service.note_shortages(by=BY)
    assert [(s.desk, s.since, s.receives) for s in DeskShortage.objects.all()] == [(desk, noted, False)]
    make_reception(make_operator(desk), desk)
    service.note_shortages(by=BY)
    assert DeskShortage.objects.count() == 0
