"""The set-based counts of all areas at once against a naive count in Python."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.models import Candidate, Intake
from candidates.rules import age_on
from matching.models import Placement
from reports.indicators.counting import Counts, counted
from reports.indicators.measures import MEASURES
from reports.protect import Cell
from sportello.territory.enums import AgeBand, Sex
from tests.support.reports import Register, contact, places_of, window

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


def test_a_birthday_between_two_registrations_leaves_the_person_in_one_band_in_every_area() -> None:
    here, there = Register(), Register()
    (anna,) = here.people(1, Sex.FEMALE, born=date(2001, 3, 1))
    here.intakes([anna], date(2026, 2, 1))
    there.intakes([anna], date(2026, 4, 1))
    found = counts_of("registrations", here, there)
    bands = {cell.member for cells in found.values() for cell, n in cells.items() if cell.dimension == "age" and n}
    assert bands == {"15-24"}


def test_weights_are_summed_and_each_vacancy_once() -> None:
    here, there = Register(), Register()
    here.vacancy(here.company(), START, 3)
    there.vacancy(there.company(), END, 4)
    found = counts_of("posts", here, there)
    assert [cells[Cell("posts")] for cells in found.values()] == [7, 3, 4]


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


def naive(everywhere: Kept, registers: list[Register], key: str) -> dict[Cell, int]:
    """Distinct people of some municipalities, counted with sets; `everywhere` are the events of all of them."""
    first: dict[Any, date] = {}
    for person, _, day in sorted(everywhere, key=lambda event: event[2]):
        first.setdefault(person.pk, day)
    people = {person.pk: person for person, register, _ in everywhere if register in registers}
    found = {Cell(key): len(people)}
    for sex in Sex:
        found[Cell(key, "sex", sex)] = len([1 for person in people.values() if person.sex == sex])
    if key == "registrations":
        ages = [age_on(person.birth_date, first[pk]) for pk, person in people.items()]
        for band in AgeBand:
            low, _, high = band.rstrip("+").partition("-")
            found[Cell(key, "age", band)] = sum(int(low) <= age <= int(high or 200) for age in ages)
    return found


jobs = st.lists(st.tuples(st.integers(0, 5), st.integers(-20, 220), st.none() | st.integers(0, 120)), max_size=8)


def naive_cohort(registered: list[tuple[int, int]], worked: list[tuple[int, int, int | None]]) -> dict[str, int]:
    """By days from the start of the year: first registration at least 91 days before a day of the semester, and the jobs since."""
    found = dict.fromkeys(("in_work", "worked", "not_yet"), 0)
    first: dict[int, int] = {}
    for person, day in sorted(registered, key=lambda row: row[1]):
        if -91 <= day <= (END - START).days - 91:
            first.setdefault(person, day)
    for person, day in first.items():
        own = [(begin, begin + length if length is not None else 999) for who, begin, length in worked if who == person]
        own = [(begin, end) for begin, end in own if day <= begin <= day + 91]
        found["in_work" if any(end >= day + 91 for _, end in own) else "worked" if own else "not_yet"] += 1
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(intakes=st.lists(st.tuples(st.integers(0, 5), st.integers(-120, 120)), max_size=8), worked=jobs)
def test_the_database_follows_a_cohort_as_a_naive_reader_does(
    three: tuple[list[Register], list[Candidate]],
    intakes: list[tuple[int, int]],
    worked: list[tuple[int, int, int | None]],
) -> None:
    (here, *_others), people = three
    with transaction.atomic():
        for person, day in intakes:
            here.intakes([people[person]], START + timedelta(days=day))
        for person, begin, length in worked:
            (placement,) = here.placements([people[person]], START + timedelta(days=begin))
            if length is not None:
                ends_on = placement.starts_on + timedelta(days=length)
                Placement.objects.filter(pk=placement.pk).update(ends_on=ends_on)
        found = counts_of("followed_3", here)[here.place.istat_code]
        transaction.set_rollback(True)
    expected = naive_cohort(intakes, worked)
    assert {cell.member: n for cell, n in found.items() if cell.dimension == "outcome"} == expected
    assert found[Cell("followed_3")] == sum(expected.values())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    for area, inside in {"whole": chosen, **{r.place.istat_code: [r] for r in chosen}}.items():
        assert found["registrations"][area] == naive(registered, inside, "registrations")
        assert found["users"][area] == naive(registered + spoken, inside, "users")
    assert Intake.objects.count() == 0
