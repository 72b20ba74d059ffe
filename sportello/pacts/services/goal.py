"""Setting the goals of a pact, changing them, giving them up."""

from datetime import date

from django.utils import timezone

from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.pacts.models import PactGoal, TerritorialPact


class GoalRetired(Exception):
    """The goal was given up: nothing about it changes any more."""


@audit.service("goal.set")
def set_goal(*, pact: TerritorialPact, title: str, indicator: str, target: int, due_on: date, by: Scope) -> PactGoal:
    """At least `target` of the report's figure `indicator`, in its unit, by `due_on`."""
    return PactGoal.objects.create(pact=pact, title=title, indicator=indicator, target=target, due_on=due_on)


@audit.service("goal.change")
def change_goal(*, goal: PactGoal, title: str, indicator: str, target: int, due_on: date, by: Scope) -> PactGoal:
    """Say the goal anew; the history keeps what it was. Raises GoalRetired."""
    goal = _locked(goal)
    goal.title = title
    goal.indicator = indicator
    goal.target = target
    goal.due_on = due_on
    goal.save(update_fields=["title", "indicator", "target", "due_on"])
    return goal


@audit.service("goal.retire")
def retire_goal(*, goal: PactGoal, reason: str, by: Scope) -> PactGoal:
    """Give the goal up, from today; the page keeps it with its reason. Raises GoalRetired."""
    goal = _locked(goal)
    goal.retired_on = timezone.localdate()
    goal.retirement_reason = reason
    goal.save(update_fields=["retired_on", "retirement_reason"])
    return goal


def _locked(goal: PactGoal) -> PactGoal:
    """The row as it is now, with its pact; GoalRetired if it was given up."""
    goal = PactGoal.objects.select_for_update(of=("self",)).select_related("pact").get(pk=goal.pk)
    if goal.retired_on is not None:
        raise GoalRetired
    return goal
