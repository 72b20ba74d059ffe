"""The duty towards targeted placement: thresholds of the law, never falling as the staff grows."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.engine.quota import Rules, Staff, base_of, disabled_due, families_due, quota_of, rounded

LAW = Rules(
    first_staff=15,
    second_staff=36,
    percent_staff=51,
    percent=7,
    families_first_staff=51,
    families_percent_staff=151,
    families_percent=1,
    rounding_percent=50,
)
staffs = st.integers(0, 20_000)


def staff(heads: int, **changed: int | Decimal) -> Staff:
    values: dict[str, int | Decimal] = {
        "excluded": 0,
        "part_time_hours": Decimal(0),
        "full_time_hours": Decimal(40),
        "hired_disabled": 0,
        "hired_families": 0,
        **changed,
    }
    return Staff(heads=heads, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("base", "due"),
    [(0, 0), (14, 0), (15, 1), (35, 1), (36, 2), (50, 2), (51, 4), (64, 4), (65, 5), (100, 7), (107, 7), (108, 8)],
)
def test_thresholds_of_the_law(base: int, due: int) -> None:
    assert disabled_due(base, LAW) == due


@pytest.mark.parametrize(("base", "due"), [(50, 0), (51, 1), (150, 1), (151, 2), (250, 2), (251, 3), (1000, 10)])
def test_thresholds_of_article_18(base: int, due: int) -> None:
    assert families_due(base, LAW) == due


@pytest.mark.parametrize(
    ("number", "whole"),
    [(Fraction(7, 2), 3), (Fraction(351, 100), 4), (Fraction(349, 100), 3), (Fraction(4), 4), (Fraction(0), 0)],
)
def test_only_more_than_half_counts_as_one(number: Fraction, whole: int) -> None:
    assert rounded(number, above_percent=50) == whole


@given(staffs, staffs)
def test_more_staff_never_owes_less(one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert disabled_due(fewer, LAW) <= disabled_due(more, LAW)
    assert families_due(fewer, LAW) <= families_due(more, LAW)


@given(staffs, st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_what_is_missing_is_what_is_due_less_what_is_there(
    heads: int, excluded: int, there: int, families: int
) -> None:
    found = quota_of(staff(heads, excluded=excluded, hired_disabled=there, hired_families=families), LAW)
    assert found.base == max(0, heads - excluded)
    assert found.disabled_to_hire == max(0, found.disabled - there)
    assert found.families_to_hire == max(0, found.families - families)
    assert found.is_bound == (found.base >= LAW.first_staff)


@given(staffs, st.decimals(0, 4000, places=2), st.decimals(20, 48, places=2))
def test_part_timers_count_by_their_hours(heads: int, hours: Decimal, whole: Decimal) -> None:
    found = base_of(staff(heads, part_time_hours=hours, full_time_hours=whole), LAW) - heads
    assert abs(found - hours / whole) <= Decimal("0.5")


def test_two_halves_make_one() -> None:
    assert base_of(staff(14, part_time_hours=Decimal(40)), LAW) == 15
    assert base_of(staff(14, part_time_hours=Decimal(20)), LAW) == 14
