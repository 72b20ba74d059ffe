"""The set-based counts of all areas at once against a naive count in Python."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.enums import ContactChannel
from candidates.models import Candidate, Case, Intake
from candidates.rules import age_on
from reports.indicators.counting import Counts, counted, spells_of
from reports.indicators.measures import MEASURES
from reports.protect import Cell
from sportello.territory.enums import AgeBand, Sex
from tests.support.reports import Register, appointment, contact, moment, places_of, window

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)
BY_KEY = {measure.key: measure for measure in MEASURES}


def counts_of(key: str, *registers: Register) -> Counts:
    return counted(BY_KEY[key], window(), places_of(*registers))


def test_a_person_of_two_municipalities_counts_once_in_all_and_once_in_each() -> None:
    here, there = Register(), Register()
    (anna,) = here.people(1, Sex.FEMALE)
    here.intakes([anna], START)
    there.intakes([anna], END)
    found = counts_of("users", here, there)
    assert {area: (cells[Cell("users")], cells[Cell("users", "sex", "F")]) for area, cells in found.items()} == {
        "whole": (1, 1),
        here.place.istat_code: (1, 1),
        there.place.istat_code: (1, 1),
    }


@pytest.mark.parametrize(("born", "band"), [(date(2001, 6, 30), "25-34"), (date(2001, 7, 1), "15-24")])
def test_a_person_is_of_one_age_in_every_area_and_measure_that_of_the_last_day(born: date, band: str) -> None:
    here, there = Register(), Register()
    (anna,) = here.people(1, Sex.FEMALE, born=born)
    contact(here, anna, START)
    here.intakes([anna], date(2026, 2, 1))
    there.intakes([anna], END)
    for key in ("users", "registrations"):
        found = counts_of(key, here, there)
        bands = {cell.member for cells in found.values() for cell, n in cells.items() if cell.dimension == "age" and n}
        assert bands == {band}


def test_weights_are_summed_and_each_vacancy_once() -> None:
    here, there = Register(), Register()
    here.vacancy(here.company(), START, 3)
    there.vacancy(there.company(), END, 4)
    found = counts_of("posts", here, there)
    assert [cells[Cell("posts")] for cells in found.values()] == [7, 3, 4]


def test_who_registers_on_one_day_in_two_municipalities_is_followed_once_in_all_and_once_in_each() -> None:
    here, there = Register(), Register()
    anna, berta = here.people(2, Sex.FEMALE)
    day = END - timedelta(days=91)
    for register in (here, there):
        register.intakes([anna], day)
    there.intakes([berta], day)
    here.placements([anna], day + timedelta(days=30))
    found = counts_of("followed_3", here, there)
    assert {area: outcomes_of(cells, "followed_3") for area, cells in found.items()} == {
        "whole": {"in_work": 1, "worked": 0, "not_yet": 1},
        here.place.istat_code: {"in_work": 1, "worked": 0, "not_yet": 0},
        there.place.istat_code: {"in_work": 1, "worked": 0, "not_yet": 1},
    }
    lasted = spells_of(BY_KEY["searches"], window(), places_of(here, there))
    assert lasted == {
        "whole": {(30, True): 1, (91, False): 1},
        here.place.istat_code: {(30, True): 1},
        there.place.istat_code: {(30, True): 1, (91, False): 1},
    }


def outcomes_of(cells: dict[Cell, int], key: str) -> dict[str, int]:
    return {cell.member: n for cell, n in cells.items() if (cell.measure, cell.dimension) == (key, "outcome")}


# (person, municipality, days from the start of the year): what a month of confused registers looks like.
Event = tuple[int, int, int]
events = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(-40, 220)), max_size=12)


@pytest.fixture
def three() -> tuple[list[Register], list[Candidate]]:
    registers = [Register() for _ in range(3)]
    people = [
        registers[0].people(1, sex, born=born)[0]
        for sex, born in zip(
            [Sex.FEMALE, Sex.MALE] * 3,
            [
                date(1950, 1, 1),
                date(1962, 4, 9),
                date(1975, 6, 6),
                date(1991, 2, 2),
                date(2001, 3, 3),
                date(2012, 5, 5),
            ],
            strict=True,
        )
    ]
    return registers, people


Kept = list[tuple[Candidate, Register, date]]


def naive(everywhere: Kept, registers: list[Register], key: str, before: set[Any] | None = None) -> dict[Cell, int]:
    """Distinct people of some municipalities, counted with sets; `everywhere` are the events of all of them, `before` the keys of who
    had registered before."""
    people = {person.pk: person for person, register, _ in everywhere if register in registers}
    found = {Cell(key): len(people)}
    for sex in Sex:
        found[Cell(key, "sex", sex)] = len([1 for person in people.values() if person.sex == sex])
    ages = [age_on(person.birth_date, END) for person in people.values()]
    for band in AgeBand:
        low, _, high = band.rstrip("+").partition("-")
        found[Cell(key, "age", band)] = sum(int(low) <= age <= int(high or 200) for age in ages)
    if before is not None:
        found[Cell(key, "arrival", "again")] = len(people.keys() & before)
        found[Cell(key, "arrival", "first")] = len(people.keys() - before)
    return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(intakes=events, contacts=events)
def test_the_database_counts_as_a_naive_reader_does(
    three: tuple[list[Register], list[Candidate]], intakes: list[Event], contacts: list[Event]
) -> None:
    registers, people = three
    chosen, places = registers[:2], places_of(*registers[:2])

    def happened(events: list[Event], write: Callable[[Register, Candidate, date], object]) -> Any:
        kept = []
        for person, place, offset in events:
            day = START + timedelta(days=offset)
            write(registers[place], people[person], day)
            if START <= day <= END:
                kept.append((people[person], registers[place], day))
        return kept

    with transaction.atomic():
        registered = happened(intakes, lambda register, person, day: register.intakes([person], day))
        spoken = happened(contacts, contact)
        found = {key: counted(BY_KEY[key], window(), places) for key in ("registrations", "users")}
        transaction.set_rollback(True)
    known = {people[person].pk for person, _place, offset in intakes if offset < 0}
    for area, inside in {"whole": chosen, **{r.place.istat_code: [r] for r in chosen}}.items():
        assert found["registrations"][area] == naive(registered, inside, "registrations", known)
        assert found["users"][area] == naive(registered + spoken, inside, "users")
    assert Intake.objects.count() == 0


# The measures whose rows are one unit each: they may be summed without looking for the units.
ROWS = [
    measure
    for measure in MEASURES
    if measure.sums_weights
    and measure.key not in {"wanted", "open_posts", "skill_posts", "posts", "course_seats"}  # several to a unit
]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opened=events, closed=st.sets(st.integers(0, 11)), met=events, hired=events)
def test_rows_that_count_by_themselves_are_as_many_as_their_units(
    three: tuple[list[Register], list[Candidate]],
    opened: list[Event],
    closed: set[int],
    met: list[Event],
    hired: list[Event],
) -> None:
    registers, people = three
    places = places_of(*registers[:2])
    with transaction.atomic():
        for number, (person, place, offset) in enumerate(opened):
            day = START + timedelta(days=offset)
            (case,) = registers[place].cases([people[person]], day)
            Case.objects.filter(pk=case.pk).update(
                state="closed",
                closing="placed" if number in closed else "other",
                closed_on=day + timedelta(days=9 * number),
            )
        for person, place, offset in met:
            day = START + timedelta(days=offset)
            appointment(registers[place], people[person], moment(day), "seen" if offset % 2 else "no_show")
        for number, (person, place, offset) in enumerate(hired):
            registers[place].placements([people[person]], START + timedelta(days=offset))
            channel = list(ContactChannel)[number % len(ContactChannel)]
            contact(registers[place], people[person], START + timedelta(days=offset), channel)
        by_rows = [counted(measure, window(), places) for measure in ROWS]
        by_units = [counted(replace(measure, sums_weights=False), window(), places) for measure in ROWS]
        transaction.set_rollback(True)
    assert by_rows == by_units
