"""Meetings: nobody is in two places at once, and a day is the day of the desk's clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from candidates.models import Appointment, Candidate
from sportello.accounts.models import User
from sportello.territory.models import Desk
from tests.support.personas import make_candidate, make_operator
from tests.support.refusals import refused
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


def meet(desk: Desk, person: Candidate, operator: User, at: datetime, state: str = "booked") -> Appointment:
    return Appointment.objects.create(
        candidate=person,
        desk=desk,
        residence=person.residence,
        operator=operator,
        starts_at=at,
        ends_at=at + HALF_AN_HOUR,
        state=state,
        reason="Incontro",
    )


def test_neither_operator_nor_person_meets_two_at_once() -> None:
    desk = make_desk()
    operator, other = make_operator(desk), make_operator(desk)
    person, somebody = make_candidate(desk), make_candidate(desk)
    meet(desk, person, operator, TEN)
    with refused("operator_meets_one_at_a_time"):
        meet(desk, somebody, operator, TEN + timedelta(minutes=29))
    with refused("person_is_in_one_place_at_a_time"):
        meet(desk, person, other, TEN - timedelta(minutes=29))
    meet(desk, person, operator, TEN + HALF_AN_HOUR)
    meet(desk, person, operator, TEN, state="revoked")
    assert Appointment.objects.count() == 3


def test_a_meeting_ends_after_it_starts() -> None:
    desk = make_desk()
    found = meet(desk, make_candidate(desk), make_operator(desk), TEN)
    found.ends_at = found.starts_at
    with refused("appointment_ends_after_it_starts"):
        found.save()


@pytest.mark.parametrize(
    ("at", "is_there"),
    [
        (datetime(2026, 5, 3, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 5, 3, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 5, 4, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 5, 4, 22, 0, tzinfo=UTC), False),
    ],
)
def test_a_day_goes_from_midnight_to_midnight_in_italy(at: datetime, is_there: bool) -> None:
    desk = make_desk()
    meet(desk, make_candidate(desk), make_operator(desk), at)
    assert Appointment.objects.on_day(date(2026, 5, 4)).exists() == is_there
