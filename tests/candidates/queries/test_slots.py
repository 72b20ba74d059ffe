"""What people are offered: in the desk's opening, of who still serves it, less what is taken."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from candidates.models import Absence, Appointment, DeskShortage
from candidates.queries import slots
from candidates.queries.slots import (
    absences_of,
    bookable_desks,
    booking_days,
    booking_page,
    crowded_desks,
    days_of,
    free_slots,
    group_meetings,
    open_groups,
    own_desk,
    reception_of,
    seats_of_group,
    shortages,
    slot_choices,
)
from candidates.states import AppointmentState
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Scope
from sportello.territory.models import Desk
from tests.support.agenda import at, make_group, make_open_desk, make_reception, make_rules, receiving_desk
from tests.support.personas import make_candidate, make_case, make_operator, scope
from tests.support.queries import queries_of
from tests.support.territory import make_desk

MONDAY = date(2026, 3, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(db: None) -> None:
    make_rules()


def shown(desk: Desk, first: date = MONDAY, last: date = MONDAY) -> list[str]:
    found = free_slots(bookable_desks([desk.pk]), first_day=first, last_day=last)
    return [f"{slot.starts_at.astimezone(slots.ZONE):%d %H:%M}" for slot in found[desk.pk]]


def meet(desk: Desk, operator: User, hour: int, minute: int = 0, **fields: object) -> Appointment:
    starts_at = at(MONDAY, hour, minute)
    person = make_candidate(desk)
    return Appointment.objects.create(
        candidate=person,
        desk=desk,
        residence=person.residence,
        operator=operator,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        reason="Incontro",
        **fields,
    )


@time_machine.travel(at(MONDAY - timedelta(days=3), 12))
def test_what_is_booked_or_away_or_for_a_group_is_not_free() -> None:
    desk, operator = receiving_desk(ends=time(12))
    assert len(shown(desk)) == 6
    meet(desk, operator, 9)
    meet(desk, operator, 9, 30, state=AppointmentState.CANCELED)
    meet(make_desk(), operator, 10)
    Absence.objects.create(operator=operator, starts_at=at(MONDAY, 10, 30), ends_at=at(MONDAY, 11))
    make_group(desk, operator, starts_at=at(MONDAY, 11, 30))
    assert shown(desk) == ["02 09:30", "02 11:00"]


@time_machine.travel(at(MONDAY, 9, 10))
def test_the_past_is_not_offered() -> None:
    desk, _operator = receiving_desk()
    assert shown(desk) == ["02 09:30"]


@time_machine.travel(at(date(2026, 4, 1), 12))
def test_holidays_and_closed_desks_are_not_offered() -> None:
    desk, _operator = receiving_desk(ends=time(9, 30))
    assert shown(desk, date(2026, 4, 4), date(2026, 4, 7)) == ["04 09:00", "07 09:00"]
    Desk.objects.filter(pk=desk.pk).update(state="closed")
    assert bookable_desks([desk.pk]) == []


@time_machine.travel(at(MONDAY - timedelta(days=3), 12))
def test_who_left_the_desk_is_not_offered() -> None:
    desk, operator = receiving_desk()
    assert len(shown(desk)) == 2
    Membership.objects.filter(user=operator).update(ended_at=timezone.now())
    assert shown(desk) == []


@time_machine.travel(at(MONDAY, 7))
def test_a_person_sees_each_hour_once_and_an_operator_whose_it_is() -> None:
    desk, first = receiving_desk(ends=time(9, 30), weekdays=[2])
    second = make_operator(desk)
    make_reception(second, desk, ends=time(9, 30), weekdays=[2])
    person = make_candidate(desk)
    page = booking_page(person)
    assert page is not None
    assert page.days == days_of(
        free_slots(bookable_desks([desk.pk]), first_day=booking_days()[0], last_day=booking_days()[1])[desk.pk]
    )
    assert [(day.day, [hour.key for hour in day.hours]) for day in page.days[:2]] == [
        (date(2026, 3, 3), ["2026-03-03T08:00,in_person"]),
        (date(2026, 3, 10), ["2026-03-10T08:00,in_person"]),
    ]
    day, choices = slot_choices(scope(first))[0]
    assert (day, {choice.operator for choice in choices}) == (date(2026, 3, 3), {first, second})
    assert {choice.key.partition(",")[2] for choice in choices} == {"2026-03-03T08:00,in_person"}


@time_machine.travel(at(MONDAY, 7))
def test_notice_and_horizon_are_the_rules() -> None:
    assert booking_days() == (date(2026, 3, 3), date(2026, 4, 1))


def test_the_desk_is_the_one_that_follows_else_the_last_arrival() -> None:
    first, second = make_open_desk(), make_open_desk()
    person = make_candidate(first)
    assert own_desk(person) == first
    make_case(second, candidate=person)
    assert own_desk(person) == second
    assert own_desk(make_candidate()) is None
    assert booking_page(make_candidate()) is None


def test_groups_with_a_seat_that_the_person_does_not_hold() -> None:
    desk, operator = receiving_desk()
    group = make_group(desk, operator, seats=1)
    person = make_candidate(desk)
    page = booking_page(person)
    assert page is not None
    assert page.groups == [group] == list(open_groups([desk.pk])) == list(group_meetings(scope(operator)))
    seat = Appointment.objects.create(
        candidate=person,
        desk=desk,
        residence=person.residence,
        operator=operator,
        group=group,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        reason=group.title,
    )
    page = booking_page(person)
    assert page is not None
    assert (page.groups, page.held, seats_of_group(Scope.of_process("tests"), group)) == ([], None, [seat])
    group.taken = 1
    group.save()
    assert list(open_groups([desk.pk])) == []
    seat.state = AppointmentState.CANCELED
    seat.save()
    assert seats_of_group(Scope.of_process("tests"), group) == []


def test_a_desk_whose_people_find_no_free_hour_is_crowded() -> None:
    desk, operator = receiving_desk()
    nobody, closed, idle = make_open_desk(), make_desk(state="closed"), make_open_desk()
    for followed in (desk, nobody, closed):
        make_case(followed)
    assert crowded_desks() == {nobody.pk: False}
    now = timezone.now()
    Absence.objects.create(operator=operator, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=20))
    with queries_of() as queries:
        assert crowded_desks() == {desk.pk: True, nobody.pk: False}
    assert len(queries) == 7
    assert idle.pk not in crowded_desks()


def test_an_operator_is_told_of_their_own_desks_only() -> None:
    rows = [DeskShortage.objects.create(desk=receiving_desk()[0], since=MONDAY, receives=True) for _ in range(2)]
    assert list(shortages(scope(make_operator(rows[0].desk)))) == rows[:1]


@pytest.mark.parametrize("number", [1, 3])
def test_many_desks_cost_as_much_as_one(number: int) -> None:
    desks = [receiving_desk()[0] for _ in range(number)]
    with queries_of() as queries:
        found = free_slots(
            bookable_desks([desk.pk for desk in desks]), first_day=MONDAY, last_day=MONDAY + timedelta(days=7)
        )
    assert len(found) == number
    assert len(queries) == 4


def test_the_operators_own_week_and_absences() -> None:
    desk, operator = receiving_desk(weekdays=[2, 1])
    make_reception(operator, desk, weekdays=[3], valid_from=date(2020, 1, 1), valid_to=date(2020, 2, 1))
    receiving_desk()
    assert [hours.weekday for hours in reception_of(operator.pk)] == [1, 2]
    now = timezone.now()
    Absence.objects.create(operator=operator, starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    coming = Absence.objects.create(operator=operator, starts_at=now, ends_at=now + timedelta(days=1))
    assert absences_of(operator.pk) == [coming]
