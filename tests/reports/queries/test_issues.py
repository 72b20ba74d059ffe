"""Which editions there are, what one reads, and which it is compared with."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries import issues as queries
from reports.queries.issues import FrozenFigure, Progress, Waiting
from reports.rules import Semester
from reports.services.freeze import freeze_issue
from reports.services.issue import open_issue
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.core.models import Job
from sportello.reference.models import IscoGroup, ServiceCatalogueItem
from sportello.territory.models import Municipality, Zone
from tests.support.personas import make_user
from tests.support.queries import queries_of
from tests.support.reports import make_edition, make_pact, registered_pact
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
DAY = date(2026, 5, 4)


def test_a_territory_holds_its_municipalities_of_a_day() -> None:
    one, two = make_municipality(name="Segrate"), make_municipality(name="Rodano")
    pact, zone = make_pact([one, two]), Zone.objects.create(slug="zona", name="Zona")
    zone.municipalities.add(one)
    assert list(queries.municipalities_of(pact, DAY)) == [two, one]
    assert list(queries.municipalities_of(pact, date(2024, 12, 31))) == []
    assert list(queries.municipalities_of(zone, DAY)) == [one]
    assert list(queries.municipalities_of(two, DAY)) == [two]


def test_editions_of_one_territory_are_not_those_of_another() -> None:
    place, other = make_municipality(), make_municipality()
    pact = make_pact([place])
    made = [make_edition(territory, "2026-1", users=9) for territory in (place, other, pact)]
    assert [list(queries.issues_of(territory)) for territory in (place, other, pact)] == [[issue] for issue in made]
    assert not queries.issues_of(Zone.objects.create(slug="zona", name="Zona")).exists()


def test_the_public_list_is_newest_first_without_what_was_replaced_in_one_query() -> None:
    place = make_municipality()
    costs = []
    for semesters in (("2025-2",), ("2026-1", "2025-1", "2025-2")):
        made = {semester: make_edition(place, semester, users=9) for semester in semesters}
        with queries_of() as asked:
            listed = [(issue, issue.territory_name) for issue in queries.public_issues()]
        costs.append(len(asked))
    assert listed == [(made[semester], str(place)) for semester in ("2026-1", "2025-2", "2025-1")]
    assert costs == [1, 1]


def test_a_reading_has_the_frozen_figures_and_those_of_the_semester_before() -> None:
    place = make_municipality()
    before = make_edition(place, "2025-2", users=10)
    issue = make_edition(place, "2026-1", users=(None, None), coverage=(5, 100))
    costs = []
    for municipality in (place, make_municipality()):
        listed = queries.listed(queries.issues_of(place)).get(pk=issue.pk)
        with queries_of() as asked:
            reading = queries.reading_of(listed)
        costs.append(len(asked))
        make_edition(municipality, "2026-2", users=30)
    assert (reading.semester, reading.before_issue) == (Semester(2026, 1), before)
    assert reading.figures == {Cell("users"): FrozenFigure(None, None), Cell("coverage"): FrozenFigure(5, 100)}
    assert reading.before == {Cell("users"): FrozenFigure(10, None)}
    assert costs == [3, 3]  # no figure is of a municipality, so none is asked for


def test_a_municipality_is_read_with_the_zones_and_pacts_that_hold_it_of_the_same_freeze() -> None:
    pact = registered_pact()
    places = list(queries.municipalities_of(pact, DAY))
    near, far = Zone.objects.create(slug="vicina", name="Vicina"), Zone.objects.create(slug="altra", name="Altra")
    near.municipalities.set(places[:2])
    far.municipalities.set(places[2:4])
    issue = freeze_issue(issue=open_issue(territory=places[0], year=2026, half=1, by=BY), by=BY)
    around = queries.reading_of(issue).around
    assert [(found.kind, found.name) for found in around] == [("zone", "Vicina"), ("pact", pact.name)]
    assert issue.area
    areas = {str(area.zone or area.pact): area for area in issue.area.freeze.areas.exclude(zone=None, pact=None)}
    for found in around:
        figures = queries.frozen_figures(areas[found.name].pk)[areas[found.name].pk]
        assert found.totals == {cell.measure: figure for cell, figure in figures.items() if not cell.dimension}
        assert found.codes == set(areas[found.name].istat_codes)
    whole = freeze_issue(issue=open_issue(territory=pact, year=2026, half=1, by=BY), by=BY)
    assert [found.name for found in queries.reading_of(whole).around] == ["Altra", "Vicina"]


def test_an_edition_is_compared_with_what_was_public_when_it_was_frozen() -> None:
    place: Municipality = make_municipality()
    oldest, old = (make_edition(place, semester, users=10) for semester in ("2025-1", "2025-2"))
    issue = make_edition(place, "2026-1", users=20)
    late = make_edition(place, "2025-2", users=99)
    ReportIssue.objects.filter(pk=late.pk).update(published_at=timezone.now() + timedelta(days=1))
    everything = list(queries.issues_of(place))
    assert queries.compared_with(issue, everything) == old
    assert queries.compared_with(issue, [oldest, issue]) == oldest
    assert queries.compared_with(oldest, everything) is None
    assert queries.compared_with(issue, [ReportIssue(year=2025, half=2, state=IssueState.BUILT)]) is None


def test_what_waits_is_counted_for_who_reads_in_one_query() -> None:
    place, reader = make_municipality(), make_user()
    pact = make_pact([place])
    states = {
        "2024-1": ("built", reader),
        "2024-2": ("built", None),
        "2025-1": ("failed", None),
        "2025-2": ("queued", None),
    }
    for semester, (state, asker) in states.items():
        chosen = Semester.parse(semester)
        ReportIssue.objects.create(
            kind="pact",
            pact=pact,
            year=chosen.year,
            half=chosen.half,
            version=1,
            code=semester,
            data_cut=chosen.last_day,
            state=state,
            requested_by=asker,
        )
    with queries_of() as asked:
        found = queries.waiting(reader=reader.pk, pact=pact, semester=Semester(2025, 1))
    assert found == Waiting(to_publish=1, of_others=1, failed=1, under_way=1, asked=1)
    assert queries.waiting(reader=reader.pk, pact=None, semester=Semester(2025, 1)).asked == 0
    assert len(asked) == 1


def test_progress_is_told_of_what_is_under_way() -> None:
    issue = make_edition(make_municipality(), "2026-1", users=9)
    Job.objects.create(path=queries.BUILD, key=str(issue.pk), progress=40, progress_note="a metà")
    assert queries.progress_of([issue]) == {}
    issue.state = IssueState.FROZEN
    assert queries.progress_of([issue]) == {str(issue.pk): Progress(40, "a metà")}
    Job.objects.update(state="done", finished_at=timezone.now())
    assert queries.progress_of([issue]) == {}


def test_services_and_occupations_are_named_in_their_order_with_one_query() -> None:
    for code, position in (("TRAINING", 2), ("PROFILING", 1), ("RECEPTION", 3)):
        ServiceCatalogueItem.objects.create(code=code, audience="person", label=code.title(), position=position)
    for code in ("91", "51", "11"):
        IscoGroup.objects.create(code=code, label=f"Gruppo {code}")
    cells = [Cell("users"), *(Cell("tightness", "occupation", code) for code in ("91", "51"))]
    cells += [Cell("services", "service", code) for code in ("TRAINING", "PROFILING")]
    with queries_of() as asked:
        names = queries.names_of(cells)
    assert [*names.items()] == [
        ("PROFILING", "Profiling"),
        ("TRAINING", "Training"),
        ("51", "Gruppo 51"),
        ("91", "Gruppo 91"),
    ]
    assert len(asked) == 1
    with queries_of() as asked:
        assert queries.names_of([Cell("users")]) == {}
    assert asked == []
