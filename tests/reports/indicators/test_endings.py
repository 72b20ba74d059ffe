"""How vacancies end, counted where one works, and why they were taken back, which nobody may reckon."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from employers.models import Vacancy, VacancyTransition
from reports.indicators import ProtectedFigure, figures_of, told_by
from reports.indicators.counting import Counts, counted, employers_of
from reports.indicators.cube import Disclosure, protected
from reports.indicators.layers import Told
from reports.indicators.measures import MEASURES
from reports.protect import Area, Cell, Geography
from tests.support.attack import Published, holes_in
from tests.support.reports import Register, moment, places_of, window

START, END = date(2026, 1, 1), date(2026, 6, 30)
KEY = "vacancies_ended"
(MEASURE,) = (measure for measure in MEASURES if measure.key == KEY)
RULES = Disclosure(threshold=5, small_denominator=20, least_employers=3, largest_share=75, disability_threshold=10)
Move = tuple[int, str]
"""Days since the first of the semester, and the state; "withdrawn" for want of candidates, or "given up" for another reason."""


def move(vacancy: Vacancy, day: date, state: str, hour: int = 9) -> None:
    reasons = {"withdrawn": "no_candidates", "given up": "no_need"}
    VacancyTransition.objects.create(
        vacancy=vacancy,
        from_state="published",
        to_state="withdrawn" if state in reasons else state,
        withdrawal_reason=reasons.get(state, ""),
        actor_label="prova",
        at=moment(day, hour),
    )


def endings(*registers: Register) -> dict[str, dict[str, int]]:
    """By area, how many ended, in which way, and why they were taken back."""
    found = counted(MEASURE, window(), places_of(*registers))
    return {area: {cell.member or "all": n for cell, n in cells.items() if n} for area, cells in found.items()}


@pytest.mark.django_db
def test_endings_counted_by_hand() -> None:
    here, there = Register(), Register()
    firm, other = here.company(), there.company()
    lives_here: list[list[tuple[date, str]]] = [
        [(START, "filled")],
        [(END, "expired")],
        [(date(2026, 3, 2), "withdrawn")],
        [(date(2026, 3, 3), "given up")],
        [(START - timedelta(days=1), "filled")],  # the semester before
        [(END + timedelta(days=1), "withdrawn")],  # the next
        [(date(2026, 2, 2), "filled"), (date(2026, 3, 2), "published")],  # the hire was not confirmed
        [(date(2026, 2, 2), "paused")],
    ]
    lives_there: list[list[tuple[date, str]]] = [
        [(date(2026, 2, 2), "expired"), (date(2026, 3, 2), "published"), (date(2026, 4, 2), "filled")],
        [(date(2026, 2, 2), "expired"), (date(2026, 6, 2), "submitted")],  # waits for the desk: not back yet
        [(date(2025, 2, 2), "expired"), (date(2026, 2, 2), "submitted")],
    ]
    for register, company, vacancies in ((here, firm, lives_here), (there, other, lives_there)):
        for moves in vacancies:
            vacancy = register.vacancy(company, date(2025, 1, 2), 2)
            for day, state in moves:
                move(vacancy, day, state)
    draft = here.vacancy(firm, None, 1)
    move(draft, START, "given up")
    places = here.place.istat_code, there.place.istat_code
    assert endings(here, there) == {
        "whole": {"all": 6, "filled": 2, "expired": 2, "withdrawn": 2, "no_candidates": 1, "otherwise": 1},
        places[0]: {"all": 4, "filled": 1, "expired": 1, "withdrawn": 2, "no_candidates": 1, "otherwise": 1},
        places[1]: {"all": 2, "filled": 1, "expired": 1},
    }
    assert employers_of(MEASURE, window(), places_of(here, there)) == {places[0]: Counter({str(firm.pk): 2})}


@pytest.mark.django_db
def test_the_evening_of_the_last_day_is_of_the_semester() -> None:
    register = Register()
    vacancy = register.vacancy(register.company(), START, 1)
    move(vacancy, END, "withdrawn", hour=23)
    assert endings(register)["whole"] == {"all": 1, "withdrawn": 1, "no_candidates": 1}


states = st.sampled_from(["submitted", "published", "paused", "filled", "expired", "withdrawn", "given up"])
lives = st.lists(
    st.tuples(st.integers(0, 1), st.booleans(), st.lists(st.tuples(st.integers(-40, 220), states), max_size=4)),
    max_size=5,
)


@pytest.fixture
def two(db: None) -> list[Register]:
    return [Register() for _ in range(2)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=lives)
def test_the_database_counts_endings_as_a_naive_reader_does(
    two: list[Register], drawn: list[tuple[int, bool, list[Move]]]
) -> None:
    ways = {
        "filled": ["filled"],
        "expired": ["expired"],
        "withdrawn": ["withdrawn", "no_candidates"],
        "given up": ["withdrawn", "otherwise"],
    }
    expected = {area: Counter[str]() for area in ("whole", *(register.place.istat_code for register in two))}
    with transaction.atomic():
        for place, was_published, moves in drawn:
            register = two[place]
            vacancy = register.vacancy(register.company(), START if was_published else None, 1)
            seen = ""
            # One move a day: of two at the same moment nobody knows which was the last.
            for offset, state in sorted(dict(moves).items()):
                move(vacancy, START + timedelta(days=offset), state)
                if START + timedelta(days=offset) <= END and state != "submitted":
                    seen = state if offset >= 0 else ""
            for area in ("whole", register.place.istat_code) if was_published and seen in ways else ():
                expected[area].update(["all", *ways[seen]])
        found = endings(*two)
        transaction.set_rollback(True)
    assert found == {area: dict(numbers) for area, numbers in expected.items()}


Row = tuple[int, int, int, int]
"""Filled, expired, taken back for want of candidates, taken back otherwise."""


def told(
    rows: Mapping[str, Row], *, employers: Mapping[str, Mapping[str, int]] | None = None, **options: Any
) -> tuple[Geography, Published]:
    """What is told of places; each withdrawal is another company's, unless `employers` says whose they are."""
    singles = {place: Area(place, frozenset(place)) for place in rows}
    several = (
        Area("whole", frozenset(rows)),
        Area("east", frozenset([*rows][:3])),
        Area("west", frozenset([*rows][2:])),
    )
    map_ = Geography(singles, several)
    counts: Counts = {}
    for area in map_.areas.values():
        filled, expired, wanting, otherwise = (
            sum(column) for column in zip(*(rows[p] for p in area.places), strict=True)
        )
        numbers = {"filled": filled, "expired": expired, "withdrawn": wanting + otherwise}
        counts[area.key] = {
            Cell(KEY): sum(numbers.values()),
            **{Cell(KEY, "outcome", outcome): n for outcome, n in numbers.items()},
            Cell(KEY, "step", "no_candidates"): wanting,
            Cell(KEY, "step", "otherwise"): otherwise,
        }
    each_other = {p: {f"{p}{n}": 1 for n in range(row[2] + row[3])} for p, row in rows.items()}
    whose = {place: Counter(dict(shares)) for place, shares in (each_other | dict(employers or {})).items()}
    found = protected(MEASURE, counts, map_, whose, {}, rules=RULES, **options)
    return map_, Published(MEASURE, counts, found)


def steps(found: Told, area: str) -> tuple[int | None, int | None]:
    return found[area][Cell(KEY, "step", "no_candidates")], found[area][Cell(KEY, "step", "otherwise")]


def test_how_they_ended_is_told_whole_and_why_only_of_enough() -> None:
    many = (9, 9, 20, 20)
    _map, found = told({"a": (1, 0, 2, 20), "b": many, "c": many, "d": many})
    for area, cells in found.told.items():
        assert {c: n for c, n in cells.items() if c.dimension != "step"} == {
            c: n for c, n in found.counts[area].items() if c.dimension != "step"
        }
    assert [steps(found.told, place) for place in "abcd"] == [(None, None), (None, None), (20, 20), (20, 20)]


@pytest.mark.parametrize("row", [(30, 0, 8, 0), (30, 0, 0, 8), (30, 0, 8, 4), (30, 0, 4, 8)])
def test_why_is_not_told_where_all_or_nearly_all_say_the_same(row: Row) -> None:
    """The feed says how many were taken back: one number more would say it of each."""
    many = (9, 9, 20, 20)
    _map, found = told({"a": row, "b": many, "c": many, "d": many})
    assert steps(found.told, "a") == (None, None)


@pytest.mark.parametrize(
    ("shares", "is_told"),
    [({"x": 15, "y": 3, "z": 2}, True), ({"x": 16, "y": 2, "z": 2}, False), ({"x": 10, "y": 10}, False)],
)
def test_why_is_not_told_of_few_companies(shares: dict[str, int], is_told: bool) -> None:
    many = (9, 9, 20, 20)
    rows = {"a": (9, 9, 10, 10), "b": many, "c": many, "d": many}
    _map, found = told(rows, employers={"a": shares})
    assert steps(found.told, "a") == ((10, 10) if is_told else (None, None))
    assert found.told["a"][Cell(KEY, "outcome", "withdrawn")] == 20


def test_where_none_was_taken_back_everybody_knows_it() -> None:
    many = (9, 9, 20, 20)
    _map, found = told({"a": (3, 1, 0, 0), "b": many, "c": many, "d": many})
    assert steps(found.told, "a") == (0, 0)


def test_a_later_version_tells_the_same_and_keeps_what_changed_by_few() -> None:
    many = (9, 9, 20, 20)
    _map, first = told(dict.fromkeys("abcd", many))
    _map, again = told(dict.fromkeys("abcd", many), earlier=[first.told])
    assert again.told == first.told
    _map, later = told(dict.fromkeys("abc", many) | {"d": (9, 9, 21, 20)}, earlier=[first.told])
    assert steps(later.told, "d") in ((20, 20), (None, None))
    assert later.told["d"][Cell(KEY, "outcome", "withdrawn")] == 41


def test_what_the_figures_tell_is_what_the_cells_told() -> None:
    """Else a later version would not know what an earlier one told."""
    _map, found = told(dict.fromkeys("abcd", (9, 9, 20, 20)))
    figures = figures_of(found.told, residents={}, small_denominator=RULES.small_denominator)
    assert figures["a"] == [
        ProtectedFigure(KEY, "", "", 58, None),
        ProtectedFigure("vacancies_filled_rate", "", "", 9, 58),
        ProtectedFigure("vacancies_wanting_rate", "", "", 20, 58),
        ProtectedFigure("vacancies_withdrawn_rate", "", "", 20, 58),
        ProtectedFigure("vacancies_expired_rate", "", "", 9, 58),
    ]
    known = told_by((area, figure) for area, figures_ in figures.items() for figure in figures_)
    assert {c: n for c, n in known["a"].items() if c.dimension == "step"} == {
        c: n for c, n in found.told["a"].items() if c.dimension == "step"
    }


rows_of_places = st.tuples(st.integers(0, 9), st.integers(0, 9), *[st.sampled_from([0, 0, 1, 2, 4, 6, 9, 20])] * 2)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(rows_of_places, min_size=3, max_size=6))
def test_nobody_who_follows_the_feed_reckons_why_few_were_taken_back(drawn: list[Row]) -> None:
    """The attacker knows of every place how many were filled, ran out and were taken back."""
    map_, found = told(dict(zip("abcdef", drawn, strict=False)))
    assert holes_in([found], map_, rules=RULES, step=1) == []
