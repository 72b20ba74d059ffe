"""Six figures and the goals, measured on the editions that are there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from reports.indicators import INDICATORS
from reports.queries.issues import reading_of
from reports.queries.series import series_of
from reports.render.document import compose
from reports.render.steering import Goal, dashboard, goals
from reports.rules import GoalState, Semester
from sportello.accounts.scope import Scope
from sportello.pacts.models import TerritorialPact
from sportello.pacts.queries import goals_of
from sportello.pacts.services.goal import set_goal
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")
TODAY = date(2026, 8, 3)
EVERYTHING: dict[str, Any] = {
    "users": 100,
    "coverage": (100, 20000),
    "service_pacts": 40,
    "appointments_kept_rate": (30, 40),
    "posts": 7,
    "contracts": 12,
}


def measured(pact: TerritorialPact, indicator: str, target: int, due_on: date = date(2026, 12, 31)) -> Goal:
    """The goal as a visitor sees it."""
    set_goal(pact=pact, title="Prova", indicator=indicator, target=target, due_on=due_on, by=BY)
    series = series_of(scope=Scope(), pacts=[pact]).get(pact.pk)
    (goal,) = goals(goals_of([pact]), series, INDICATORS, today=TODAY)
    return goal


def pact_with(*editions: tuple[str, Mapping[str, Any]]) -> TerritorialPact:
    pact = make_pact([make_municipality()])
    for semester, totals in editions:
        make_edition(pact, semester, **totals)
    return pact


ALL_PAST = ("2025-1", "2025-2", "2026-1")


def test_events_add_up_through_the_semesters() -> None:
    goal = measured(pact_with(*((s, {"contracts": 20}) for s in ALL_PAST)), "contracts", 80)
    assert (goal.reached, goal.target, goal.percent, goal.bar, goal.state) == ("60", "80", 75, 75, GoalState.UNDER_WAY)
    assert [e.semester for e in goal.counted] == [Semester.parse(s) for s in ALL_PAST]
    assert (goal.is_at_least, goal.missing, goal.hidden) == (False, (), ())


def test_people_do_not_add_up_the_newest_semester_counts() -> None:
    goal = measured(pact_with(("2025-2", {"users": 90}), ("2026-1", {"users": 40})), "users", 80)
    assert (goal.reached, goal.percent, goal.is_at_least) == ("40", 50, False)
    assert [e.semester for e in goal.counted] == [Semester(2026, 1)]


def test_a_rate_is_measured_in_its_unit() -> None:
    goal = measured(pact_with(("2026-1", {"appointments_kept_rate": (33, 40)})), "appointments_kept_rate", 90)
    assert (goal.reached, goal.target, goal.percent) == ("82,5 %", "90 %", 91)


def test_a_hidden_or_missing_semester_makes_it_at_least() -> None:
    goal = measured(pact_with(("2025-1", {"contracts": 20}), ("2025-2", {"contracts": (None, None)})), "contracts", 80)
    assert (goal.reached, goal.is_at_least) == ("20", True)
    assert (goal.hidden, goal.missing) == ((Semester(2025, 2),), (Semester(2026, 1),))


def test_past_its_day_a_goal_is_missed_if_all_is_known_else_it_waits() -> None:
    full = measured(pact_with(*((s, {"contracts": 20}) for s in ALL_PAST)), "contracts", 80, date(2026, 6, 30))
    holed = measured(pact_with(("2026-1", {"contracts": 20})), "contracts", 80, date(2026, 6, 30))
    assert (full.state, holed.state) == (GoalState.MISSED, GoalState.AWAITING)


def test_what_comes_after_its_day_does_not_count() -> None:
    goal = measured(pact_with(*((s, {"contracts": 20}) for s in ALL_PAST)), "contracts", 40, date(2025, 12, 31))
    assert (goal.reached, goal.state) == ("40", GoalState.REACHED)


def test_more_than_asked_fills_the_bar_and_no_more() -> None:
    goal = measured(pact_with(("2025-1", {"posts": 30})), "posts", 20)
    assert (goal.percent, goal.bar, goal.state) == (150, 100, GoalState.REACHED)


def test_without_editions_nothing_is_said() -> None:
    goal = measured(pact_with(), "contracts", 20)
    assert (goal.percent, goal.state, goal.data_until) == (None, GoalState.AWAITING, None)


def test_the_six_figures_are_those_of_the_editions_own_page() -> None:
    place = make_municipality()
    make_edition(place, "2025-2", **EVERYTHING)
    issue = make_edition(place, "2026-1", **EVERYTHING | {"users": 120})
    board = dashboard(series_of(scope=Scope(), municipality=place)[place.pk], INDICATORS, name="prova")
    assert board is not None
    assert tuple(line.key for line in board.lines) == compose(reading_of(issue), INDICATORS).keys
    assert len(board.lines) == 6
    assert "Secondo semestre 2025: 100; Primo semestre 2026: 120." in str(board.lines[0].drawing)


def test_one_edition_draws_no_line() -> None:
    place = make_municipality()
    make_edition(place, "2026-1", **EVERYTHING)
    board = dashboard(series_of(scope=Scope(), municipality=place)[place.pk], INDICATORS, name="prova")
    assert board is not None
    assert [str(line.drawing) for line in board.lines] == [""] * 6
    assert board.before is None


def test_a_hidden_figure_is_a_gap_that_says_so() -> None:
    place = make_municipality()
    for semester, users in (("2025-1", 10), ("2025-2", (None, None)), ("2026-1", 12)):
        make_edition(place, semester, users=users)
    board = dashboard(series_of(scope=Scope(), municipality=place)[place.pk], INDICATORS, name="prova")
    assert board is not None
    assert "Secondo semestre 2025: non pubblicato" in str(board.lines[0].drawing)


def test_no_edition_no_dashboard() -> None:
    assert dashboard(None, INDICATORS, name="prova") is None
