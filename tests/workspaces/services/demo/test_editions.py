"""The editions of the demonstration: published, compared with each other, and without a hole."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import chain
from typing import Any

import pytest
import time_machine

from candidates.models import Case, ServiceDelivered
from employers.models import Vacancy
from matching.services.run import run_match
from reports.indicators.counting import Counts, counted, employers_of, spells_of
from reports.indicators.cube import Disclosure, hide_like_part, hide_together, protected
from reports.indicators.layers import Layers
from reports.indicators.measures import MEASURES, Measure, Window
from reports.models import ReportIssue, SemesterFreeze
from reports.queries.areas import places_on
from reports.rules import Dimension
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.core.models import Job
from sportello.pacts.models import PactMembership
from sportello.reference.models import ServiceCatalogueItem
from sportello.workspaces.services.demo.editions import _past_semesters, publish_past_editions
from tests.support.attack import Published, holes_in

BY = Scope.of_process("tests")


def test_three_past_semesters_of_the_pact_of_segrate_and_of_a_desk_are_published_once(
    village: date, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-11-20 10:00+01:00"):
        published = publish_past_editions(today=village, by=BY)
        again = publish_past_editions(today=village, by=BY)
    codes = [issue.code for issue in published]
    pact = "PATTO-SUD-EST-MILANO-2024"
    assert codes == [
        f"{s}/{t}/01" for s in ("2025-1", "2025-2", "2026-1") for t in (pact, "015205", "SPORTELLO-CASSANO")
    ]
    assert (again, ReportIssue.objects.filter(state=IssueState.PUBLISHED).count(), SemesterFreeze.objects.count()) == (
        [],
        9,
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


def _search(day: date) -> None:
    """The searches of a day, which the story does not tell."""
    with time_machine.travel(datetime.combine(day, time(10), tzinfo=UTC)):
        for vacancy in Vacancy.objects.published():
            run_match(vacancy=vacancy, by=BY)


def _serve(day: date) -> None:
    """Services, which the story does not tell: of three kinds, some to few people and some to many."""
    kinds = list(ServiceCatalogueItem.objects.filter(audience="person").order_by("position")[:3])
    cases = Case.objects.order_by("opened_on", "pk")
    ServiceDelivered.objects.bulk_create(
        ServiceDelivered(case=case, residence=case.residence, service=kind, delivered_on=day, minutes=30)
        for number, case in enumerate(cases.select_related("residence"))
        for kind, one_in in zip(kinds, (1, 2, 9), strict=True)
        if number % one_in == 0
    )


def _of_some_members(counts: Counts) -> Counts:
    """Each skill is a table by itself, and there are hundreds: one in forty."""
    members = sorted({cell.member for cells in counts.values() for cell in cells})[::40]
    return {area: {c: n for c, n in cells.items() if c.member in members} for area, cells in counts.items()}


def _with_bounding(measure: Measure) -> set[str]:
    """The measure with those that bound it, and with those that bound these."""
    by_key, found, new = {each.key: each for each in MEASURES}, set[str](), {measure.key}
    while new:
        found |= new
        beside = [
            {each.only_with, each.part_of, *chain(*(whole for whole in each.leaves.values()))}
            for each in map(by_key.get, new)
            if each
        ]
        new = set(chain(*beside)) - found - {""}
    return found


@pytest.mark.parametrize("key", [measure.key for measure in MEASURES if not measure.is_public or measure.refined])
def test_no_hidden_number_of_the_territory_is_found_by_linear_programs(village: date, key: str) -> None:
    """Overlapping pacts, zones and all the municipalities, with the whole story as one period so that there is much to tell."""
    assert PactMembership.objects.in_force(village).values("pact").distinct().count() > 1
    (measure,) = (measure for measure in MEASURES if measure.key == key)
    if key.startswith("matched_by_"):
        _search(village)
    if Dimension.SERVICE in measure.dimensions:
        _serve(village)
    places, window = places_on(village), Window(date(2024, 11, 1), village, 15, 7)
    rules = Disclosure(5, small_denominator=20, least_employers=3, largest_share=75, disability_threshold=10)
    shown: Layers = {}
    published = []
    group = _with_bounding(measure)
    # The story is longer than a year: who is in charge for one need not have been there when it began.
    for each in (replace(each, leaves={}) for each in MEASURES):
        if each.key in group:
            counts, spells = counted(each, window, places), spells_of(each, window, places)
            if Dimension.SKILL in each.dimensions:
                counts = _of_some_members(counts)
            employers = employers_of(each, window, places)
            told = protected(each, counts, places.geography, employers, spells, rules=rules, others=shown)
            published.append(Published(each, counts, told))
    together = {area: {c: n for each in published for c, n in each.told[area].items()} for area in published[0].told}
    for each in (each.measure for each in published):
        if each.part_of:
            hide_like_part(together, each)
        if group.intersection(each.told_with):
            hide_together(together, (each.key, *group.intersection(each.told_with)))
    published = [
        replace(each, told={area: {c: cells[c] for c in each.told[area]} for area, cells in together.items()})
        for each in published
    ]
    numbers = [number for cells in published[-1].told.values() for number in cells.values()]
    assert None in numbers
    assert holes_in(published, places.geography, rules=rules, step=7 * len(published)) == []
