"""The product of what was left each day, against a naive reading of the definition."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.indicators.survival import Curve, Step

rows = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=25)


def curve_of(lasted: list[tuple[int, bool]]) -> Curve:
    return Curve.of({row: lasted.count(row) for row in lasted})


def naive(lasted: list[tuple[int, bool]], days: int) -> Fraction:
    """Day after day: of those who were still there, how many were left."""
    share = Fraction(1)
    for day in range(days + 1):
        there = [row for row in lasted if row[0] >= day]
        if there:
            share *= 1 - Fraction(there.count((day, True)), len(there))
    return share


def test_a_curve_computed_by_hand() -> None:
    curve = curve_of([(2, True), (3, False), (5, True), (5, True), (8, False)])
    assert curve.total == 5
    assert curve.steps == (Step(2, pytest.approx(0.8), 1), Step(5, pytest.approx(0.8 / 3), 3))  # type: ignore[arg-type]
    assert [curve.lasting_after(day) for day in (1, 2, 4, 5)] == pytest.approx([1, 0.8, 0.8, 0.8 / 3])
    assert [step.day if (step := curve.quantile(percent)) else None for percent in (20, 50, 73, 74)] == [2, 5, 5, None]
    assert [curve.beyond(day) for day in (2, 3, 8)] == [4, 3, 0]


def test_nothing_lasts_where_there_is_nothing() -> None:
    curve = Curve.of({})
    assert (curve.total, curve.steps, curve.quantile(50), curve.lasting_after(9)) == (0, (), None, 1)


@given(rows)
def test_the_curve_is_the_product_of_its_days(lasted: list[tuple[int, bool]]) -> None:
    curve = curve_of(lasted)
    for day in range(14):
        assert curve.lasting_after(day) == pytest.approx(float(naive(lasted, day)), abs=1e-12)
        assert curve.beyond(day) == sum(days > day for days, _ in lasted)


@given(rows, st.sampled_from([25, 50, 75, 90]))
def test_a_quantile_is_the_first_day_by_which_so_many_were_over(lasted: list[tuple[int, bool]], percent: int) -> None:
    days = [day for day in range(13) if naive(lasted, day) <= 1 - Fraction(percent, 100)]
    step = curve_of(lasted).quantile(percent)
    assert (step.day if step else None) == (min(days) if days else None)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=25))
def test_where_all_are_over_half_is_half(days: list[int]) -> None:
    step = curve_of([(day, True) for day in days]).quantile(50)
    assert step is not None
    assert step.day == sorted(days)[(len(days) - 1) // 2]
