"""Courses that began in the semester and their seats, where they are held."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.indicators.counting import counted
from reports.indicators.measures import MEASURES
from reports.protect import Cell
from sportello.programmes.models import Course, Edition
from sportello.programmes.states import EditionState
from tests.support.programmes import make_course, make_edition
from tests.support.reports import Register, places_of, window

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)
Numbers = dict[str, tuple[int, int]]


def held(course: Course, register: Register, day: date, *, seats: int, state: str) -> Edition:
    return make_edition(
        course,
        municipality=register.place,
        address="Via Scuole 2",
        starts_on=day,
        ends_on=day + timedelta(days=20),
        enrol_until=day,
        seats=seats,
        state=state,
        cancel_reason="Pochi iscritti" if state == "cancelled" else "",
    )


def numbers_of(*registers: Register) -> Numbers:
    """By area, editions and seats."""
    places = places_of(*registers)
    editions, seats = (
        {
            area: cells[Cell(measure.key)]
            for measure in MEASURES
            if measure.key == key
            for area, cells in counted(measure, window(), places).items()
        }
        for key in ("course_editions", "course_seats")
    )
    return {area: (number, seats[area]) for area, number in editions.items()}


def test_courses_counted_by_hand() -> None:
    here, there, elsewhere = Register(), Register(), Register()
    course = make_course()
    held(course, here, START, seats=15, state="closed")
    held(course, here, END, seats=12, state="open")
    held(course, there, END, seats=20, state="planned")
    held(course, there, END, seats=9, state="cancelled")
    held(course, there, START - timedelta(days=1), seats=8, state="closed")
    held(course, elsewhere, END, seats=7, state="closed")
    online = make_course(mode="online")
    make_edition(online, starts_on=END, ends_on=END, enrol_until=END)
    assert numbers_of(here, there) == {
        "whole": (3, 47),
        here.place.istat_code: (2, 27),
        there.place.istat_code: (1, 20),
    }


editions = st.lists(
    st.tuples(st.integers(0, 1), st.integers(-9, 190), st.integers(1, 40), st.sampled_from(EditionState.values)),
    max_size=8,
)


@pytest.fixture
def two() -> tuple[Course, list[Register]]:
    return make_course(), [Register() for _ in range(2)]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=editions)
def test_the_database_counts_as_a_naive_reader_does(
    two: tuple[Course, list[Register]], drawn: list[tuple[int, int, int, str]]
) -> None:
    course, registers = two
    with transaction.atomic():
        for place, offset, seats, state in drawn:
            held(course, registers[place], START + timedelta(days=offset), seats=seats, state=state)
        found = numbers_of(*registers)
        transaction.set_rollback(True)
    counted_ones = [
        (place, seats)
        for place, offset, seats, state in drawn
        if state != "cancelled" and START <= START + timedelta(days=offset) <= END
    ]
    expected: Numbers = {"whole": (len(counted_ones), sum(seats for _place, seats in counted_ones))}
    for number, register in enumerate(registers):
        own = [seats for place, seats in counted_ones if place == number]
        expected[register.place.istat_code] = (len(own), sum(own))
    assert found == expected
