"""Computing the figures of a semester once for every territory, and keeping them so that nothing moves them any more."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from reports.indicators import ProtectedFigure, figures_of, told_by
from reports.indicators.cube import Disclosure, Told, cube
from reports.indicators.measures import MEASURES, Window
from reports.models import Figure, FrozenArea, ReportIssue, SemesterFreeze
from reports.protect import Cell
from reports.queries.areas import Places, key_of_frozen, kind_of, places_on
from reports.queries.issues import FrozenFigure, figures_in, issues_of, municipalities_of
from reports.rules import Semester
from reports.services.issue import move, one_at_a_time
from reports.states import PUBLIC, IssueState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.rules import parameter, parameters

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
    with _one_snapshot():
        public = _public_freezes(semester, data_cut)
        places = places_on(data_cut)
        rules = rules_in_force()
        days = int(parameter("first_contact_days", on=data_cut).value)
        window = Window(semester.first_day, data_cut, days)
        told = cube(MEASURES, window, places, rules=rules, earlier=_told_before(public))
        figures = figures_of(told, residents=places.residents, small_denominator=rules.small_denominator)
    return _keep(semester=semester, data_cut=data_cut, places=places, figures=figures, public=public, by=by)


def figures_hash(code: str, figures: Mapping[Cell, FrozenFigure]) -> str:
    """SHA-256 of the canonical JSON of an edition's figures: sorted, without spaces, in UTF-8."""
    return _hash({"code": code, "figures": sorted([*cell, f.numerator, f.denominator] for cell, f in figures.items())})


def _hash(content: object) -> str:
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def rules_in_force() -> Disclosure:
    """Of today, whatever the semester: they say what may be made public now."""
    keys = ("disclosure_threshold", "small_denominator", "dominance_least_employers", "dominance_largest_share")
    rules = parameters(*keys, on=timezone.localdate())
    return Disclosure(*(int(rules[key].value) for key in keys))


def _public_freezes(semester: Semester, data_cut: date) -> list[SemesterFreeze]:
    """Freezes of which an edition is or was published, oldest first. A semester that still runs is not published, nor compared."""
    if data_cut < semester.last_day:
        return []
    published = ReportIssue.objects.filter(state__in=PUBLIC, area__isnull=False).values("area__freeze")
    freezes = SemesterFreeze.objects.filter(year=semester.year, half=semester.half, pk__in=published)
    return list(freezes.order_by("version"))


def _told_before(freezes: list[SemesterFreeze]) -> list[Told]:
    """What each of the freezes tells."""
    told = []
    for freeze in freezes:
        areas = freeze.areas.select_related("pact", "zone", "municipality").order_by("pk")
        keys = {area.pk: key_of_frozen(area) for area in areas}
        rows = Figure.objects.filter(area__freeze=freeze).order_by("area", "indicator", "dimension", "member")
        told.append(
            told_by(
                (keys[f.area_id], ProtectedFigure(f.indicator, f.dimension, f.member, f.numerator, f.denominator))
                for f in rows
            )
        )
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
def _one_snapshot() -> Iterator[None]:
    """One REPEATABLE READ READ ONLY transaction: all figures are of the same instant. Inside a caller's transaction its level stands."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if is_outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


@audit.service("semester.freeze")
def _keep(
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
    for key, area in places.geography.areas.items():
        kind, territory = kind_of(key, places.territories)
        named: dict[str, Any] = {kind.value: territory} if territory else {}
        areas[key] = FrozenArea(freeze=freeze, kind=kind, istat_codes=sorted(area.places), **named)
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
