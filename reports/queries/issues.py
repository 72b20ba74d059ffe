"""Reads of editions: whose municipalities they cover, their frozen figures, the lists of the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from reports.enums import TerritoryKind
from reports.models import Figure, FrozenArea, ReportIssue
from reports.protect import Cell
from reports.queries.areas import Territory
from reports.rules import Dimension, Semester
from reports.states import PUBLIC, UNDER_WAY, IssueState
from sportello.core.jobs import OPEN
from sportello.core.models import Job
from sportello.pacts.models import TerritorialPact
from sportello.pacts.queries import members_on
from sportello.territory.models import Municipality, Zone

BUILD = "reports.tasks.build_issue"


@dataclass(frozen=True)
class FrozenFigure:
    """A figure as it was frozen: both numbers are None where it is suppressed."""

    numerator: int | None
    denominator: int | None


@dataclass(frozen=True)
class Reading:
    """A frozen edition with what its page and its print show. `before` are the figures of the edition it is compared with, empty if none.

    The cells are (indicator, dimension, member).
    """

    issue: ReportIssue
    figures: dict[Cell, FrozenFigure]
    municipalities: list[Municipality]
    before_issue: ReportIssue | None
    before: dict[Cell, FrozenFigure]

    @property
    def semester(self) -> Semester:
        return Semester(self.issue.year, self.issue.half)


@dataclass(frozen=True)
class Progress:
    """How far the building of an edition is, from its job's row."""

    percent: int
    note: str


def municipalities_of(territory: Territory, on: date) -> QuerySet[Municipality]:
    """The municipalities a territory holds on a day, by name; of a pact, its members in force."""
    match territory:
        case TerritorialPact():
            return members_on([territory], on)
        case Zone():
            return territory.municipalities.order_by("sort_key", "pk")
        case Municipality():
            return Municipality.objects.filter(pk=territory.pk)


def issues_of(territory: Territory) -> QuerySet[ReportIssue]:
    """Every edition about one territory."""
    match territory:
        case TerritorialPact():
            return ReportIssue.objects.filter(pact=territory)
        case Zone():
            return ReportIssue.objects.filter(zone=territory)
        case Municipality():
            return ReportIssue.objects.filter(municipality=territory)


def listed(issues: QuerySet[ReportIssue]) -> QuerySet[ReportIssue]:
    """Editions with their territory, newest first."""
    return issues.select_related("pact", "zone", "municipality", "area__freeze").order_by(
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
    was_public = (
        edition
        for edition in editions
        if edition.state in PUBLIC
        and (edition.year, edition.half) < (issue.year, issue.half)
        and edition.published_at
        and issue.frozen_at
        and edition.published_at <= issue.frozen_at
    )
    return max(
        was_public, key=lambda edition: (edition.year, edition.half, edition.published_at, edition.pk), default=None
    )


def reading_of(issue: ReportIssue) -> Reading:
    """The frozen edition with its figures and those to compare them with; four queries. LookupError before the freeze."""
    if issue.area is None:
        raise LookupError("an edition that is not frozen has no figures")
    before_issue = compared_with(issue, issues_of(issue.territory).filter(published_at__isnull=False))
    figures = figures_in(issue.area)
    codes = {cell.member for cell in figures if cell.dimension == Dimension.MUNICIPALITY}
    return Reading(
        issue=issue,
        figures=figures,
        municipalities=list(Municipality.objects.filter(istat_code__in=codes).order_by("sort_key", "pk")),
        before_issue=before_issue,
        before=own_figures(before_issue.area_id) if before_issue else {},
    )


def own_figures(area: UUID | None) -> dict[Cell, FrozenFigure]:
    """The figures of a frozen area; one query."""
    return {
        Cell(figure.indicator, figure.dimension, figure.member): FrozenFigure(figure.numerator, figure.denominator)
        for figure in Figure.objects.filter(area=area).order_by("indicator", "dimension", "member")
    }


def figures_in(area: FrozenArea) -> dict[Cell, FrozenFigure]:
    """The same, and the totals of its municipalities of the same freeze where there are several; two queries."""
    figures = own_figures(area.pk)
    if len(area.istat_codes) < 2:
        return figures
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
    for indicator, code, numerator, denominator in inside:
        figures[Cell(indicator, Dimension.MUNICIPALITY, code)] = FrozenFigure(numerator, denominator)
    return figures


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
