"""Semesters, trends and the way figures are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules import (
    GoalState,
    Semester,
    Share,
    Trend,
    Unit,
    change_told,
    goal_state,
    ratio,
    shown,
    shown_in_english,
    trend,
    value_of,
    wilson,
)


def test_a_semester_is_half_a_calendar_year() -> None:
    assert (Semester(2026, 1).first_day, Semester(2026, 1).last_day) == (date(2026, 1, 1), date(2026, 6, 30))
    assert (Semester(2026, 2).first_day, Semester(2026, 2).last_day) == (date(2026, 7, 1), date(2026, 12, 31))


def test_there_is_no_third_half() -> None:
    with pytest.raises(ValueError, match="no half number 3"):
        Semester(2026, 3)


@pytest.mark.parametrize(
    ("today", "cut"),
    [
        (date(2026, 8, 1), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 6, 29)),
        (date(2026, 1, 2), date(2026, 1, 1)),
    ],
)
def test_data_are_cut_at_the_end_or_yesterday(today: date, cut: date) -> None:
    assert Semester(2026, 1).data_cut(today) == cut


def test_a_semester_without_a_past_day_has_no_data() -> None:
    with pytest.raises(ValueError, match="no past day"):
        Semester(2026, 1).data_cut(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "semester"), [(date(2026, 2, 1), Semester(2025, 2)), (date(2026, 8, 1), Semester(2026, 1))]
)
def test_the_semester_that_was_over(day: date, semester: Semester) -> None:
    assert Semester.before(day) == semester


@pytest.mark.parametrize("text", ["2026", "2026-3", "duemila-1", "2026-"])
def test_only_year_and_half_are_understood(text: str) -> None:
    with pytest.raises(ValueError):
        Semester.parse(text)
    assert Semester.parse("2026-1") == Semester(2026, 1)


def test_the_rate_of_segrate() -> None:
    value = value_of(Unit.PERCENT, 68, 431)
    assert value is not None
    assert shown(Unit.PERCENT, value) == "15,8 %"


def test_a_rate_over_nothing_is_no_rate() -> None:
    assert value_of(Unit.PERCENT, 0, 0) is None


@pytest.mark.parametrize(
    ("unit", "numbers", "italian", "english"),
    [
        (Unit.COUNT, (1431, None), "1.431", "1,431"),
        (Unit.DAYS, (1, 40), "1 giorno", "1 day"),
        (Unit.DAYS, (1200, 40), "1.200 giorni", "1,200 days"),
        (Unit.PERCENT, (1, 8), "12,5 %", "12.5%"),
        (Unit.PER_HUNDRED, (5, 4), "125,0", "125.0 per 100"),
        (Unit.PER_THOUSAND, (5, 400), "12,5", "12.5 per 1,000"),
    ],
)
def test_each_unit_is_written_in_both_languages(
    unit: Unit, numbers: tuple[int, int | None], italian: str, english: str
) -> None:
    value = value_of(unit, *numbers)
    assert value is not None
    assert (shown(unit, value), shown_in_english(unit, value)) == (italian, english)


def test_a_share_is_compared_with_the_group_of_reference() -> None:
    share = Share.of((30, 100), (40, 100))
    assert (share.percent, share.low, share.high) == pytest.approx((30, 21.895, 39.585), abs=0.001)
    assert share.ratio == ratio((30, 100), (40, 100))
    assert Share.of((30, 100), None).ratio is None


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"), [(1, 16, "6,3 %"), (1, 80, "1,3 %"), (9, 80, "11,3 %"), (1, 3, "33,3 %")]
)
def test_halves_are_rounded_as_people_do(numerator: int, denominator: int, text: str) -> None:
    value = value_of(Unit.PERCENT, numerator, denominator)
    assert value is not None
    assert shown(Unit.PERCENT, value) == text


def test_large_counts_have_a_dot() -> None:
    assert shown(Unit.COUNT, 12431) == "12.431"


@pytest.mark.parametrize(
    ("now", "before", "polarity", "meaning"),
    [
        (10, 8, 1, Trend.BETTER),
        (8, 10, 1, Trend.WORSE),
        (8, 10, -1, Trend.BETTER),
        (10, 8, 0, Trend.UP),
        (8, 10, 0, Trend.DOWN),
        (15.04, 15.01, 1, Trend.STABLE),
        (15.84, 15.76, 1, Trend.STABLE),  # both are printed 15,8
        (15.85, 15.84, 1, Trend.BETTER),  # printed 15,9 and 15,8
    ],
)
def test_a_change_means_what_the_polarity_says(now: float, before: float, polarity: int, meaning: Trend) -> None:
    assert trend(now, before, polarity) == meaning


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2025, 3, 1), date(2026, 7, 1), ["2025-1", "2025-2", "2026-1", "2026-2"]),
        (date(2026, 6, 30), date(2026, 6, 30), ["2026-1"]),
        (date(2026, 7, 1), date(2026, 6, 30), []),
    ],
)
def test_a_span_holds_every_semester_it_touches(first: date, last: date, labels: list[str]) -> None:
    assert [f"{s.year}-{s.half}" for s in Semester.span(first, last)] == labels


@pytest.mark.parametrize(
    ("reached", "is_due", "is_complete", "state"),
    [
        (50, False, False, GoalState.REACHED),
        (50, True, True, GoalState.REACHED),
        (49, False, False, GoalState.UNDER_WAY),
        (49, False, True, GoalState.UNDER_WAY),
        (49, True, True, GoalState.MISSED),
        (49, True, False, GoalState.AWAITING),
        (None, False, False, GoalState.AWAITING),
        (None, True, False, GoalState.AWAITING),
    ],
)
def test_a_goal_is_missed_only_when_every_figure_up_to_its_day_is_known(
    reached: int | None, is_due: bool, is_complete: bool, state: GoalState
) -> None:
    assert goal_state(reached, target=50, is_due=is_due, is_complete=is_complete) == state


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    # Newcombe (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_the_published_one(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    assert wilson(numerator, denominator) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_has_no_interval() -> None:
    for numerator, denominator in ((0, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="no share"):
            wilson(numerator, denominator)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    denominator = draw(st.integers(1, 500))
    return draw(st.integers(0, denominator)), denominator


@given(shares(), shares())
def test_the_ratio_lies_in_its_interval_and_turns_over_with_its_groups(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    found, turned = ratio(one, other), ratio(other, one)
    assert (found is None, turned is None) == (other[0] == 0, one[0] == 0)
    if found:
        assert 0 <= found[1] <= found[0] <= found[2]
    if found and turned:
        assert [1 / value for value in (turned[0], turned[2], turned[1])] == pytest.approx(found)


@pytest.mark.parametrize(
    ("change", "told"), [(0, "uguale"), (3, "3 in più"), (-3, "3 in meno"), (-1200, "1.200 in meno")]
)
def test_a_change_is_told_in_words(change: int, told: str) -> None:
    assert change_told(change) == told
