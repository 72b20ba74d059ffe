"""The editions of the demonstration: published, compared with each other, and without a hole."""

from datetime import date
from typing import Any

import pytest
import time_machine

from reports.indicators.counting import counted, employers_of
from reports.indicators.cube import Disclosure, protected
from reports.indicators.measures import MEASURES, Window
from reports.models import ReportIssue, SemesterFreeze
from reports.queries.areas import places_on
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.core.models import Job
from sportello.pacts.models import PactMembership
from sportello.workspaces.services.demo.editions import _past_semesters, publish_past_editions
from tests.support.attack import holes_in

BY = Scope.of_process("tests")


def test_three_past_semesters_of_the_pact_and_of_segrate_are_published_once(
    village: date, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-11-20 10:00+01:00"):
        published = publish_past_editions(today=village, by=BY)
        again = publish_past_editions(today=village, by=BY)
    codes = [issue.code for issue in published]
    pact = "PATTO-SUD-EST-MILANO-2024"
    assert codes == [f"{s}/{t}/01" for s in ("2025-1", "2025-2", "2026-1") for t in (pact, "015205")]
    assert (again, ReportIssue.objects.filter(state=IssueState.PUBLISHED).count(), SemesterFreeze.objects.count()) == (
        [],
        6,
        3,
    )


def test_the_seed_leaves_them_to_a_worker(village: date) -> None:
    job = Job.objects.get(path="sportello.workspaces.tasks.publish_demo_reports")
    assert (job.args, job.state) == (["2026-11-20"], "requested")


@pytest.mark.parametrize(
    ("today", "found"),
    [(date(2026, 11, 20), [(2025, 1), (2025, 2), (2026, 1)]), (date(2027, 1, 1), [(2025, 2), (2026, 1), (2026, 2)])],
)
def test_past_semesters_are_over(today: date, found: list[tuple[int, int]]) -> None:
    assert [(semester.year, semester.half) for semester in _past_semesters(today)] == found


@pytest.mark.parametrize("key", [measure.key for measure in MEASURES if not measure.is_public])
def test_no_hidden_number_of_the_territory_is_found_by_linear_programs(village: date, key: str) -> None:
    """Overlapping pacts, zones and all the municipalities, with the whole story as one period so that there is much to tell."""
    assert PactMembership.objects.in_force(village).values("pact").distinct().count() > 1
    (measure,) = (measure for measure in MEASURES if measure.key == key)
    places, window = places_on(village), Window(date(2024, 11, 1), village, first_contact_days=15)
    rules = Disclosure(threshold=5, small_denominator=20, least_employers=3, largest_share=75)
    counts = counted(measure, window, places)
    told = protected(measure, counts, places.geography, employers_of(measure, window, places), rules=rules)
    numbers = [number for cells in told.values() for number in cells.values()]
    assert None in numbers
    assert holes_in(measure, counts, told, places.geography, threshold=rules.threshold, step=7) == []
