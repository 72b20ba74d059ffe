"""Reads of editions: whose municipalities they cover, their frozen figures, the lists of the pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject

from reports.enums import TerritoryKind
from reports.models import Figure, FrozenArea, ReportIssue
from reports.protect import Cell
from reports.queries.actions import ActionThen, actions_of
from reports.queries.areas import Territory
from reports.rules import ALONE, Dimension, Semester
from reports.states import PUBLIC, UNDER_WAY, IssueState
from sportello.core.jobs import OPEN
from sportello.core.models import Job
from sportello.pacts.models import TerritorialPact
from sportello.pacts.queries import members_on
from sportello.reference.models import IscoGroup, ServiceCatalogueItem, Skill, shown_name
from sportello.territory.enums import DeskState
from sportello.territory.models import Desk, Municipality, Zone

BUILD = "reports.tasks.build_issue"


@dataclass(frozen=True)
class FrozenFigure:
    """A figure as it was frozen: both numbers are None where it is suppressed."""

    numerator: int | None
    denominator: int | None


@dataclass(frozen=True)
class Benchmark:
    """A zone or a pact of the same freeze to look at beside a municipality: its totals by the key of their indicator."""

    kind: TerritoryKind
    name: str
    codes: frozenset[str]
    totals: dict[str, FrozenFigure]


@dataclass(frozen=True)
class Reading:
    """A frozen edition with what its page and its print show. `before` are the figures of the edition it is compared with, empty if none.

    `replaced_issue` is the edition of the same semester that everybody read when this one was frozen, `replaced` are its figures.
    `around` are the zones and pacts that hold any of its municipalities, itself left out: zones first, by name.
    `actions` are those of the pact that it is about.
    The cells are (indicator, dimension, member); `names` are those of the services, of the groups of occupations and of the skills, by their code.
    """

    issue: ReportIssue
    figures: dict[Cell, FrozenFigure]
    municipalities: list[Municipality]
    before_issue: ReportIssue | None
    before: dict[Cell, FrozenFigure]
    replaced_issue: ReportIssue | None = None
    replaced: dict[Cell, FrozenFigure] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    around: tuple[Benchmark, ...] = ()
    actions: tuple[ActionThen, ...] = ()

    @property
    def semester(self) -> Semester:
        return Semester(self.issue.year, self.issue.half)


@dataclass(frozen=True)
class Progress:
    """How far the building of an edition is, from its job's row."""

    percent: int
    note: str


def municipalities_of(territory: Territory, on: date) -> QuerySet[Municipality]:
    """The municipalities a territory holds on a day, by name: of a pact its members in force, of an open desk those that it serves."""
    match territory:
        case TerritorialPact():
            return members_on([territory], on)
        case Zone():
            return territory.municipalities.order_by("sort_key", "pk")
        case Desk():
            served = Municipality.objects.filter(served_by=territory, served_by__state=DeskState.OPEN)
            return served.order_by("sort_key", "pk")
        case Municipality():
            return Municipality.objects.filter(pk=territory.pk)


def issues_of(territory: Territory) -> QuerySet[ReportIssue]:
    """Every edition about one territory."""
    match territory:
        case TerritorialPact():
            return ReportIssue.objects.filter(pact=territory)
        case Zone():
            return ReportIssue.objects.filter(zone=territory)
        case Desk():
            return ReportIssue.objects.filter(desk=territory)
        case Municipality():
            return ReportIssue.objects.filter(municipality=territory)


def listed(issues: QuerySet[ReportIssue]) -> QuerySet[ReportIssue]:
    """Editions with their territory, newest first."""
    return issues.select_related("pact", "zone", "desk", "municipality", "area__freeze").order_by(
        "-year", "-half", "-requested_at", "pk"
    )


def public_issues() -> QuerySet[ReportIssue]:
    """What anybody finds in the list: published, not replaced."""
    return listed(ReportIssue.objects.filter(state=IssueState.PUBLISHED))


def compared_with(issue: ReportIssue, editions: Iterable[ReportIssue]) -> ReportIssue | None:
    """Which of the `editions` about the same territory a frozen one is compared with; None if none is.

    It is the latest semester before it as that was public at the moment of the freeze: a version published since must not make the
    page differ from the print, nor the print from itself when made again.
    """
    earlier = (e for e in editions if (e.year, e.half) < (issue.year, issue.half) and _was_public(e, issue))
    return max(
        earlier, key=lambda edition: (edition.year, edition.half, edition.published_at, edition.pk), default=None
    )


def replaced_by(issue: ReportIssue, editions: Iterable[ReportIssue]) -> ReportIssue | None:
    """Which of the `editions` about the same territory a frozen one takes the place of, by the same rule; None for the first."""
    same = (e for e in editions if (e.year, e.half) == (issue.year, issue.half) and e.version < issue.version)
    return max((e for e in same if _was_public(e, issue)), key=lambda edition: edition.version, default=None)


def _was_public(edition: ReportIssue, issue: ReportIssue) -> bool:
    """Whether everybody could read the edition when the other was frozen."""
    return bool(
        edition.state in PUBLIC and edition.published_at and issue.frozen_at and edition.published_at <= issue.frozen_at
    )


def reading_of(issue: ReportIssue) -> Reading:
    """The frozen edition with its figures and those to compare them with; six queries, seven of a pact. LookupError before the freeze."""
    if issue.area is None:
        raise LookupError("an edition that is not frozen has no figures")
    published = list(issues_of(issue.territory).filter(published_at__isnull=False).order_by("pk"))
    before_issue, replaced_issue = compared_with(issue, published), replaced_by(issue, published)
    areas = [e.area_id for e in (before_issue, replaced_issue) if e and e.area_id]
    found = frozen_figures(issue.area.pk, *areas)
    figures = found[issue.area.pk] | _totals_inside(issue.area)
    codes = {cell.member for cell in figures if cell.dimension == Dimension.MUNICIPALITY}
    if issue.kind == TerritoryKind.DESK:  # what it serves is told even where it is one municipality
        codes.update(issue.area.istat_codes)
    return Reading(
        issue=issue,
        figures=figures,
        municipalities=list(Municipality.objects.filter(istat_code__in=codes).order_by("sort_key", "pk")),
        before_issue=before_issue,
        before=found[before_issue.area_id] if before_issue and before_issue.area_id else {},
        replaced_issue=replaced_issue,
        replaced=found[replaced_issue.area_id] if replaced_issue and replaced_issue.area_id else {},
        names=names_of(figures),
        around=_around(issue.area),
        actions=actions_of(issue),
    )


def names_of(figures: Iterable[Cell]) -> dict[str, str]:
    """In the order of the catalogue of services, then of the classification of occupations, then skills; one query, none where nothing has a name."""
    codes = {cell.member for cell in figures if cell.dimension in ALONE}
    columns = ("rank", "position", "code", "name")
    services = ServiceCatalogueItem.objects.filter(code__in=codes).annotate(rank=Value(0), name=shown_name())
    groups = IscoGroup.objects.filter(code__in=codes).annotate(rank=Value(1), position=Value(0), name=F("label"))
    skills = Skill.objects.filter(code__in=codes).annotate(rank=Value(2), position=Value(0), name=shown_name())
    others = (rows.order_by().values_list(*columns) for rows in (groups, skills))
    found = services.order_by().values_list(*columns).union(*others, all=True)
    return {code: name for _rank, _position, code, name in found.order_by("rank", "position", "code")}


def frozen_figures(*areas: UUID) -> dict[UUID, dict[Cell, FrozenFigure]]:
    """The figures of frozen areas, by area; one query."""
    found: dict[UUID, dict[Cell, FrozenFigure]] = {area: {} for area in areas}
    for figure in Figure.objects.filter(area__in=areas).order_by("indicator", "dimension", "member"):
        cell = Cell(figure.indicator, figure.dimension, figure.member)
        found[figure.area_id][cell] = FrozenFigure(figure.numerator, figure.denominator)
    return found


def figures_in(area: FrozenArea) -> dict[Cell, FrozenFigure]:
    """Those of one area, and the totals of its municipalities of the same freeze where there are several; two queries."""
    return frozen_figures(area.pk)[area.pk] | _totals_inside(area)


def _totals_inside(area: FrozenArea) -> dict[Cell, FrozenFigure]:
    """The totals of its municipalities of the same freeze, where there are several; one query."""
    if len(area.istat_codes) < 2:
        return {}
    inside = (
        Figure.objects.filter(
            area__freeze=area.freeze_id,
            area__kind=TerritoryKind.MUNICIPALITY,
            area__municipality__istat_code__in=area.istat_codes,
            dimension=Dimension.TOTAL,
        )
        .order_by("indicator", "area__municipality__istat_code")
        .values_list("indicator", "area__municipality__istat_code", "numerator", "denominator")
    )
    return {
        Cell(indicator, Dimension.MUNICIPALITY, code): FrozenFigure(numerator, denominator)
        for indicator, code, numerator, denominator in inside
    }


def _around(area: FrozenArea) -> tuple[Benchmark, ...]:
    """Zones and pacts of the same freeze that hold any of its municipalities; one query."""
    totals = ArrayAgg(
        JSONObject(key="figures__indicator", over="figures__numerator", under="figures__denominator"),
        filter=Q(figures__dimension=Dimension.TOTAL),
        default=[],
    )
    rows: Any = (
        FrozenArea.objects.filter(freeze=area.freeze_id, kind__in=(TerritoryKind.ZONE, TerritoryKind.PACT))
        .filter(istat_codes__overlap=area.istat_codes)
        .exclude(pk=area.pk)
        .annotate(name=Coalesce("zone__name", "pact__name"), totals=totals)
        .order_by("-kind", "name", "pk")
    )
    return tuple(
        Benchmark(
            TerritoryKind(row.kind),
            row.name,
            frozenset(row.istat_codes),
            {total["key"]: FrozenFigure(total["over"], total["under"]) for total in row.totals},
        )
        for row in rows
    )


@dataclass(frozen=True)
class Waiting:
    """Editions that wait for somebody: for the reader's eyes, for another's (the reader asked for them), for another try.

    `asked` are those of one pact and semester, whatever their state.
    """

    to_publish: int
    of_others: int
    failed: int
    under_way: int
    asked: int


def waiting(*, reader: UUID, pact: TerritorialPact | None, semester: Semester) -> Waiting:
    """What waits in the control room, for the account `reader`; one query."""
    built, mine = Q(state=IssueState.BUILT), Q(requested_by=reader)
    counted = ReportIssue.objects.aggregate(
        to_publish=Count("pk", filter=built & ~mine),
        of_others=Count("pk", filter=built & mine),
        failed=Count("pk", filter=Q(state=IssueState.FAILED)),
        under_way=Count("pk", filter=Q(state__in=UNDER_WAY)),
        asked=Count("pk", filter=Q(pact=pact, pact__isnull=False, year=semester.year, half=semester.half)),
    )
    return Waiting(**counted)


def progress_of(issues: Iterable[ReportIssue]) -> dict[str, Progress]:
    """Progress of the editions that somebody is building or will build, by their id as text; one query."""
    keys = [str(issue.pk) for issue in issues if issue.state in UNDER_WAY]
    rows = Job.objects.filter(path=BUILD, key__in=keys, state__in=OPEN).order_by("requested_at")
    return {row.key: Progress(row.progress, row.progress_note) for row in rows}
