"""What may be told of how long something lasts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.indicators.cube import Disclosure, protected
from reports.indicators.events import Duration, Events, Measure, Window
from reports.indicators.layers import Told
from reports.indicators.survival import Curve, Spells
from reports.protect import Area, Cell, Geography

RULES = Disclosure(threshold=5, small_denominator=20, least_employers=3, largest_share=75, disability_threshold=10)


def _nothing(_window: Window) -> Events:
    raise AssertionError("the counts are given")


WAITS = Measure("waits", _nothing, duration=Duration(_nothing, quantiles=(50, 90)))
FOUND = Measure(
    "waits", _nothing, outcomes=("soon", "late"), duration=Duration(_nothing, quantiles=(50,), marks={"1": 30})
)


def told(rows: Mapping[str, Sequence[tuple[int, bool]]], measure: Measure = WAITS, **options: Any) -> Told:
    """What is told of places where these lasted so many days; who was over within 30 days was so soon."""
    singles = {place: Area(place, frozenset(place)) for place in rows}
    map_ = Geography(singles, (Area("whole", frozenset(rows)),))
    counts: dict[str, dict[Cell, int]] = {}
    spells: dict[str, Spells] = {}
    for area in map_.areas.values():
        lasted = [row for place in sorted(area.places) for row in rows[place]]
        spells[area.key] = Counter(lasted)
        soon = sum(is_over and days <= 30 for days, is_over in lasted)
        numbers = {"soon": soon, "late": len(lasted) - soon}
        outcomes = {Cell("waits", "outcome", name): numbers[name] for name in measure.outcomes}
        counts[area.key] = {Cell("waits"): len(lasted)} | outcomes
    return protected(measure, counts, map_, {}, spells, rules=RULES, **options)


def days(found: Told, area: str, percent: int = 50) -> int | str | None:
    return found[area].get(Cell("waits", "quantile", str(percent)), "not reached")


def over(*days: int) -> list[tuple[int, bool]]:
    return [(day, True) for day in days]


def test_the_half_and_nine_of_ten_are_told_where_enough_stand_on_both_sides() -> None:
    fifty = over(*range(1, 51))
    found = told({"a": fifty, "b": fifty})
    assert [days(found, "whole", percent) for percent in (50, 90)] == [25, 45]
    assert [days(found, "a", percent) for percent in (50, 90)] == [25, 45]
    fewer = told({"a": over(*range(1, 50)), "b": fifty})  # beyond nine of ten of 49 there are four
    assert [days(fewer, "a", percent) for percent in (50, 90)] == [25, None]


def test_a_quantile_of_fewer_than_twenty_is_withheld_with_what_would_give_it_back() -> None:
    rows = {"a": over(*range(19)), "b": over(*range(30)), "c": over(*range(40)), "d": over(*range(50))}
    found = told(rows)
    assert [found[place][Cell("waits")] for place in "abcd"] == [19, 30, 40, 50]
    assert [days(found, place) for place in "abcd"] == [None, None, 19, 24]


def test_a_half_that_was_not_reached_is_left_out_and_a_hidden_one_says_that_it_is_hidden() -> None:
    waiting = [(60, False)] * 25
    rows = {"a": [*waiting, *over(*range(20))], "b": [*waiting, *over(*range(30))]}
    found = told(rows | {"c": over(*range(19)), "d": over(*range(20))})
    assert [days(found, place) for place in "abcd"] == ["not reached", 27, None, None]


def test_how_many_still_search_is_told_with_the_numbers_of_those_who_found() -> None:
    mark = Cell("waits", "months", "1")
    rows = {"a": [*over(*[10] * 20), *[(90, False)] * 30], "b": [*over(*[10] * 6), *over(*[40] * 30)]}
    found = told(rows, FOUND)
    assert [found[area][mark] for area in ("whole", "a", "b")] == [60, 30, 30]
    rows["a"] = [*over(*[10] * 47), *[(90, False)] * 3]
    assert [told(rows, FOUND)[area][mark] for area in ("whole", "a", "b")] == [33, None, None]


def test_how_many_still_search_is_not_told_where_nearly_nobody_was_followed_so_long() -> None:
    rows = {"a": [*over(*[10] * 20), *[(20, False)] * 30, *[(60, False)] * 4], "b": over(*[10] * 20, *[40] * 20)}
    found = told(rows, FOUND)
    assert [found[area][Cell("waits", "months", "1")] for area in "ab"] == [None, 20]


def test_a_later_version_keeps_a_day_that_is_wrong_by_few() -> None:
    first = told({"a": over(*range(100)), "b": over(*range(100))})
    assert days(first, "a") == 49
    # Six more people, and the half is three people further.
    few = told({"a": over(*range(106)), "b": over(*range(100))}, earlier=[first])
    assert (few["a"][Cell("waits")], days(few, "a")) == (106, 49)
    many = told({"a": over(*range(130)), "b": over(*range(100))}, earlier=[first])
    assert (many["a"][Cell("waits")], days(many, "a")) == (130, 64)


def test_a_later_version_keeps_the_day_of_a_number_that_it_keeps_and_hides_what_was_hidden() -> None:
    first = told({"a": over(*range(100)), "b": over(*range(19)), "c": over(*range(100)), "d": over(*range(100))})
    grown = {"a": over(*range(100)), "b": over(*range(60)), "c": over(*range(100)), "d": over(*range(100))}
    found = told(grown, earlier=[first])
    assert (days(first, "b"), found["b"][Cell("waits")], days(found, "b")) == (None, 60, None)
    late = {"a": over(*range(100)), "b": over(*range(19)), "c": over(*range(100))}
    found = told(late | {"d": [*over(*range(100)), *over(*[500] * 3)]}, earlier=[first])
    assert (found["d"][Cell("waits")], days(found, "d")) == (100, 49)


lasted = st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=60)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from("abcd"), lasted, min_size=2))
def test_no_told_day_has_few_people_on_a_side(rows: dict[str, list[tuple[int, bool]]]) -> None:
    found = told(rows)
    for area, cells in found.items():
        every = [row for place in rows for row in rows[place] if area in ("whole", place)]
        for cell, day in cells.items():
            if cell.dimension == "quantile" and day is not None:
                assert len(every) >= RULES.small_denominator
                assert sum(days <= day for days, is_over in every if is_over) >= RULES.threshold
                assert sum(days > day for days, _ in every) >= RULES.threshold


def test_the_spells_of_an_area_are_those_of_its_places() -> None:
    """Who is told of the whole and of a place reckons with the same people."""
    rows = {"a": over(*range(40)), "b": [*over(*range(20)), *[(9, False)] * 20]}
    whole = Curve.of(Counter(row for lasted in rows.values() for row in lasted)).quantile(50)
    assert whole is not None
    assert days(told(rows), "whole") == whole.day


@pytest.mark.parametrize("measure", [WAITS, FOUND])
def test_nobody_lasts_nowhere(measure: Measure) -> None:
    found = told({"a": [], "b": []}, measure)
    assert found["whole"][Cell("waits")] == 0
