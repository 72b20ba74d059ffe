"""Computing the figures of a semester once for every territory, and keeping them so that nothing moves them any more."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from reports.indicators import ProtectedFigure, figures_of, told_by
from reports.indicators.counting import Tally
from reports.indicators.cube import Disclosure, Each, cube
from reports.indicators.events import terms_on
from reports.indicators.layers import Told
from reports.indicators.measures import MEASURES, Measure, Window
from reports.models import Figure, FrozenArea, ReportIssue, SemesterFreeze
from reports.protect import Cell
from reports.queries.areas import Places, key_of_frozen, kind_of, places_on
from reports.queries.issues import FrozenFigure, figures_in, issues_of, municipalities_of
from reports.rules import Semester
from reports.services.issue import move, one_at_a_time
from reports.states import PUBLIC, IssueState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.rules import parameters

Figures = Mapping[str, list[ProtectedFigure]]


class EmptyTerritory(Exception):
    """The territory holds no municipality at the end of the period."""


class PublishedMeanwhile(Exception):
    """An edition of the semester was published while this one was computed: it is computed again, protected beside that one."""


def freeze_issue(*, issue: ReportIssue, by: Scope) -> ReportIssue:
    """Give an edition its figures: those of the newest freeze of its semester, or of a new one where it has had those already.

    A frozen edition is returned as it is. Raises EmptyTerritory, MissingParameterError, PublishedMeanwhile, IllegalStep for an
    edition that has failed and was not retried.
    """
    if issue.frozen_at is not None:
        return issue
    if not municipalities_of(issue.territory, issue.data_cut).exists():
        raise EmptyTerritory
    semester = Semester(issue.year, issue.half)
    with _one_freeze_at_a_time(semester):
        area = _area_for(issue)
        if area is None:
            freeze_semester(semester=semester, data_cut=issue.data_cut, by=by)
            area = _area_for(issue)
        if area is None:
            raise EmptyTerritory
        return _give_figures(issue=issue, area=area, by=by)


def freeze_semester(*, semester: Semester, data_cut: date, by: Scope) -> SemesterFreeze:
    """Compute every figure of every territory in one read-only snapshot, protect all of them together, keep them with their hash.

    Raises MissingParameterError, PublishedMeanwhile.
    """
    places, figures, public = compute_figures(semester, data_cut)
    return keep_figures(semester=semester, data_cut=data_cut, places=places, figures=figures, public=public, by=by)


def compute_figures(semester: Semester, data_cut: date) -> tuple[Places, Figures, list[SemesterFreeze]]:
    """The areas, what is told of each, and the freezes beside which it is told."""
    with one_snapshot() as each:
        public = _public_freezes(semester, data_cut)
        places = places_on(data_cut, before=public)
        rules = rules_in_force()
        window = Window(semester.first_day, data_cut, **terms_on(data_cut))
        told = cube(MEASURES, window, places, rules=rules, earlier=_told_before(public, places), each=each)
        figures = figures_of(told, residents=places.residents, small_denominator=rules.small_denominator)
    return places, figures, public


def figures_hash(code: str, figures: Mapping[Cell, FrozenFigure]) -> str:
    """SHA-256 of the canonical JSON of an edition's figures: sorted, without spaces, in UTF-8."""
    return _hash({"code": code, "figures": sorted([*cell, f.numerator, f.denominator] for cell, f in figures.items())})


def _hash(content: object) -> str:
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def rules_in_force() -> Disclosure:
    """Of today, whatever the semester: they say what may be made public now."""
    keys = (
        *("disclosure_threshold", "small_denominator", "dominance_least_employers", "dominance_largest_share"),
        "disclosure_threshold_disability",
    )
    rules = parameters(*keys, on=timezone.localdate())
    return Disclosure(*(int(rules[key].value) for key in keys))


def _public_freezes(semester: Semester, data_cut: date) -> list[SemesterFreeze]:
    """Freezes of which an edition is or was published, oldest first. A semester that still runs is not published, nor compared."""
    if data_cut < semester.last_day:
        return []
    published = ReportIssue.objects.filter(state__in=PUBLIC, area__isnull=False).values("area__freeze")
    freezes = SemesterFreeze.objects.filter(year=semester.year, half=semester.half, pk__in=published)
    return list(freezes.order_by("version"))


def _told_before(freezes: list[SemesterFreeze], places: Places) -> list[Told]:
    """What each of the freezes tells, also of an area that another stood for then."""
    told = []
    for freeze in freezes:
        areas = freeze.areas.select_related("pact", "zone", "desk", "municipality").order_by("pk")
        keys = {area.pk: key_of_frozen(area) for area in areas}
        rows = Figure.objects.filter(area__freeze=freeze).order_by("area", "indicator", "dimension", "member")
        found = told_by(
            (keys[f.area_id], ProtectedFigure(f.indicator, f.dimension, f.member, f.numerator, f.denominator))
            for f in rows
        )
        told.append({places.same_as[key]: cells for key, cells in found.items() if key in places.same_as} | found)
    return told


def _area_for(issue: ReportIssue) -> FrozenArea | None:
    """The issue's territory in the newest freeze of its period, unless an edition of the same territory has its figures already."""
    freeze = SemesterFreeze.objects.filter(
        year=issue.year, half=issue.half, data_cut=issue.data_cut, frozen_at__isnull=False
    )
    newest = freeze.order_by("-version").first()
    territory: dict[str, Any] = {issue.kind: issue.territory}
    area = FrozenArea.objects.filter(freeze=newest, kind=issue.kind, **territory).select_related("freeze").first()
    if area is None or issues_of(issue.territory).filter(area=area).exists():
        return None
    return area


@contextmanager
def _one_freeze_at_a_time(semester: Semester) -> Iterator[None]:
    """Workers that build editions of the same semester wait for each other: the first computes, the others read."""
    key = f"freeze {semester.year}-{semester.half}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [key])


@contextmanager
def one_snapshot() -> Iterator[Each]:
    """One REPEATABLE READ READ ONLY transaction: all figures are of the same instant, however many connections `each` counts in.

    Inside a caller's transaction its level stands, and no other connection sees what it wrote.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if is_outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(_READS_MUCH)
        yield _side_by_side if is_outermost else map


# Everybody of half a year is put together in memory: with the few megabytes that are right for a page the server would write its
# work to disk and read it again. Workers beside the two connections would take the processors from those who wait for a page.
_READS_MUCH: Final = (
    "SET TRANSACTION READ ONLY; SET LOCAL work_mem = '128MB'; SET LOCAL max_parallel_workers_per_gather = 0"
)


def _side_by_side(count: Callable[[Measure], Tally], measures: Sequence[Measure]) -> list[Tally]:
    """Count in two connections that see the same instant: the server answers most of these questions with one processor each."""
    waiting = iter(measures)
    found: dict[str, Tally] = {}

    def work() -> None:
        for measure in waiting:
            found[measure.key] = count(measure)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    with ThreadPoolExecutor(max_workers=1) as pool:
        beside = pool.submit(_in_snapshot, snapshot, work)
        work()
        beside.result()
    return [found[measure.key] for measure in measures]


def _in_snapshot(snapshot: str, work: Callable[[], None]) -> None:
    """In a connection of this thread's own."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
                cursor.execute(_READS_MUCH)
            work()
    finally:
        connection.close()


@audit.service("semester.freeze")
def keep_figures(
    *,
    semester: Semester,
    data_cut: date,
    places: Places,
    figures: Figures,
    public: list[SemesterFreeze],
    by: Scope,
) -> SemesterFreeze:
    one_at_a_time(semester)
    if _public_freezes(semester, data_cut) != public:
        raise PublishedMeanwhile
    versions = SemesterFreeze.objects.filter(year=semester.year, half=semester.half)
    version = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
    freeze = SemesterFreeze.objects.create(year=semester.year, half=semester.half, version=version, data_cut=data_cut)
    areas = {}
    figures = {key: figures[places.standing_for(key).key] for key in places.keys}
    for key in figures:
        kind, territory = kind_of(key, places.territories)
        named: dict[str, Any] = {kind.value: territory} if territory else {}
        codes = sorted(places.standing_for(key).places)
        areas[key] = FrozenArea(freeze=freeze, kind=kind, istat_codes=codes, **named)
    FrozenArea.objects.bulk_create(areas.values())
    Figure.objects.bulk_create(
        (
            Figure(
                area=areas[key],
                indicator=figure.indicator,
                dimension=figure.dimension,
                member=figure.member,
                numerator=figure.numerator,
                denominator=figure.denominator,
                suppressed=figure.suppressed,
            )
            for key, found in figures.items()
            for figure in found
        ),
        batch_size=5000,
    )
    freeze.figures_sha256 = _hash(
        sorted(
            [key, f.indicator, f.dimension, f.member, f.numerator, f.denominator]
            for key, found in figures.items()
            for f in found
        )
    )
    freeze.frozen_at = timezone.now()
    freeze.save(update_fields=["frozen_at", "figures_sha256"])
    return freeze


@audit.service("issue.freeze")
def _give_figures(*, issue: ReportIssue, area: FrozenArea, by: Scope) -> ReportIssue:
    issue = ReportIssue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if issue.frozen_at is not None:
        return issue  # another worker was quicker
    move(issue, IssueState.FROZEN)
    issue.area = area
    issue.frozen_at = timezone.now()
    issue.figures_sha256 = figures_hash(issue.code, figures_in(area))
    issue.save(update_fields=["state", "area", "frozen_at", "figures_sha256"])
    return issue
