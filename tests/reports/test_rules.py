"""Semesters, trends and the way figures are written."""

from datetime import date

import pytest

from reports.rules import GoalState, Semester, Trend, Unit, goal_state, shown, trend, value_of


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
