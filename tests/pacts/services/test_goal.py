"""Goals are set, said anew, given up; each step is in the history."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.pacts.models import PactGoal
from sportello.pacts.services.goal import GoalRetired, change_goal, retire_goal, set_goal
from tests.support.reports import make_pact
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def make_goal(**fields: object) -> PactGoal:
    facts = {"title": "Contratti", "indicator": "contracts", "target": 50, "due_on": date(2026, 12, 31), **fields}
    return set_goal(pact=make_pact([make_municipality()]), by=BY, **facts)  # type: ignore[arg-type]


@pytest.mark.no_audit_context
def test_every_step_is_in_the_history_with_its_reason() -> None:
    with audit.acting(BY, "test"):
        pact = make_pact([make_municipality()])
    goal = set_goal(pact=pact, title="Contratti", indicator="contracts", target=50, due_on=date(2026, 12, 31), by=BY)
    change_goal(goal=goal, title="Posti", indicator="posts", target=60, due_on=date(2027, 6, 30), by=BY)
    retire_goal(goal=goal, reason="Non serve più", by=BY)
    events = apps.get_model("pacts", "PactGoalEvent")._default_manager.filter(pgh_obj_id=goal.pk).order_by("pgh_id")
    assert [(e.title, e.target, e.retirement_reason, e.pgh_context.metadata["reason"]) for e in events] == [
        ("Contratti", 50, "", "goal.set"),
        ("Posti", 60, "", "goal.change"),
        ("Posti", 60, "Non serve più", "goal.retire"),
    ]


def test_a_retired_goal_does_not_change_any_more() -> None:
    goal = retire_goal(goal=make_goal(), reason="Non serve più", by=BY)
    with pytest.raises(GoalRetired):
        change_goal(goal=goal, title="x", indicator="posts", target=1, due_on=date(2027, 6, 30), by=BY)
    with pytest.raises(GoalRetired):
        retire_goal(goal=goal, reason="Ancora", by=BY)
    goal.refresh_from_db()
    assert (goal.title, goal.retirement_reason) == ("Contratti", "Non serve più")


def test_a_goal_asks_for_something() -> None:
    with pytest.raises(IntegrityError, match="goal_asks_for_something"), transaction.atomic():
        make_goal(target=0)


def test_a_goal_is_not_retired_without_a_reason() -> None:
    goal = make_goal()
    with pytest.raises(IntegrityError, match="retired_goal_has_day_and_reason"), transaction.atomic():
        retire_goal(goal=goal, reason="", by=BY)
