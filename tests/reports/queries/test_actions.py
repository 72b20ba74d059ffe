"""The actions of a pact as they were known at the freeze."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from reports.models import ReportIssue
from reports.queries.actions import ActionThen, actions_of
from sportello.core.text import search_key
from sportello.pacts.enums import ActionState
from sportello.pacts.models import PactAction, TerritorialPact
from tests.support.queries import queries_of
from tests.support.reports import make_pact
from tests.support.territory import make_municipality

# Each write is a transaction of its own, as it is in life: the history keeps when it began.
pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _in_august() -> None:
    """Of the database's own time: the history is written by its clock."""


def make_action(pact: TerritorialPact, title: str, **fields: Any) -> PactAction:
    values = {"starts_on": date(2026, 2, 1), "state": ActionState.RUNNING, "code": title, "code_key": search_key(title)}
    return PactAction.objects.create(pact=pact, title=title, **{**values, **fields})


def frozen_now(pact: TerritorialPact) -> ReportIssue:
    """An edition of the first semester of 2026 as if it were frozen in this moment."""
    return ReportIssue(kind="pact", pact=pact, year=2026, half=1, data_cut=date(2026, 6, 30), frozen_at=timezone.now())


def titles(issue: ReportIssue) -> list[str]:
    return [action.title for action in actions_of(issue)]


def test_actions_under_way_in_the_semester_are_listed_as_they_begin() -> None:
    pact = make_pact([make_municipality()])
    make_action(pact, "Finita il primo giorno", starts_on=date(2025, 2, 1), ends_on=date(2026, 1, 1), state="done")
    make_action(pact, "In corso")
    make_action(pact, "Dall'ultimo giorno", starts_on=date(2026, 6, 30), state=ActionState.PLANNED)
    make_action(pact, "Finita prima", starts_on=date(2025, 2, 1), ends_on=date(2025, 12, 31))
    make_action(pact, "Poi", starts_on=date(2026, 7, 1))
    make_action(make_pact([make_municipality()]), "Di un altro patto")
    issue = frozen_now(pact)
    with queries_of() as asked:
        found = actions_of(issue)
    assert [action.title for action in found] == ["Finita il primo giorno", "In corso", "Dall'ultimo giorno"]
    assert found[0] == ActionThen(
        "Finita il primo giorno",
        "Finita il primo giorno",
        date(2025, 2, 1),
        date(2026, 1, 1),
        ActionState.DONE,
    )
    assert len(asked) == 1


def test_what_changes_after_the_freeze_changes_nothing() -> None:
    pact = make_pact([make_municipality()])
    kept, gone = make_action(pact, "Una"), make_action(pact, "Due")
    issue = frozen_now(pact)
    before = actions_of(issue)
    kept.title, kept.state = "Altro titolo", ActionState.DONE
    kept.save()
    gone.delete()
    make_action(pact, "Tre")
    assert actions_of(issue) == before
    assert titles(frozen_now(pact)) == ["Altro titolo", "Tre"]


def test_an_edition_that_is_not_of_a_pact_or_not_frozen_has_none() -> None:
    place = make_municipality()
    pact = make_pact([place])
    make_action(pact, "Una")
    assert actions_of(ReportIssue(kind="municipality", municipality=place, frozen_at=timezone.now())) == ()
    assert actions_of(ReportIssue(kind="pact", pact=pact, year=2026, half=1)) == ()
    issue = frozen_now(pact)
    issue.frozen_at = timezone.now() - timedelta(days=1)
    assert titles(issue) == []
