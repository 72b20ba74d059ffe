"""The published figures of the territory: frozen, protected, the same as in the print."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import Field

from reports.enums import TerritoryKind
from reports.indicators import FROZEN
from reports.models import ReportIssue
from reports.queries.issues import listed, reading_of
from reports.rules import Dimension, Unit
from reports.states import PUBLIC, IssueState
from sportello.core.api import Code, PageParameters, Parameters, Position, Problem, ProblemBody, cached

router = Router(tags=["statistiche"])

FRESH_SECONDS = 3600


class Edition(Schema):
    """A published edition: a territory, a semester, a version. What is superseded stays readable under its own address."""

    id: UUID
    code: str
    territory: str
    kind: TerritoryKind
    year: int
    half: int
    version: int
    state: Literal["published", "superseded"]
    data_cut: date
    published_at: datetime
    figures_sha256: str
    url: str


class EditionPage(Schema):
    """Editions, the last published first."""

    items: list[Edition]
    next: str
    has_more: bool


class FigureOut(Schema):
    """A number with what it is measured against; both are null where it is suppressed to protect people."""

    indicator: str
    label: str
    unit: Unit
    dimension: Dimension
    member: str
    numerator: int | None
    denominator: int | None
    suppressed: bool


class EditionFigures(Schema):
    """An edition with its figures."""

    edition: Edition
    figures: list[FigureOut]


class EditionParameters(PageParameters):
    """Which editions."""

    year: Annotated[int | None, Field(ge=2000, le=2999, description=gettext_noop("Anno del semestre."))] = None
    half: Annotated[int | None, Field(ge=1, le=2, description=gettext_noop("Semestre: 1 o 2."))] = None
    kind: Annotated[TerritoryKind | None, Field(description=gettext_noop("Patto, zona, sportello o comune."))] = None


class FigureParameters(Parameters):
    """Which figures."""

    indicator: Annotated[Code | None, Field(description=gettext_noop("Codice di un indicatore."))] = None


@router.get(
    "/statistics",
    url_name="api_statistics",
    response={200: EditionPage, 304: None, 400: ProblemBody, 429: ProblemBody},
    summary=gettext_noop("I rapporti pubblicati"),
)
def editions(request: HttpRequest, response: HttpResponse, parameters: Query[EditionParameters]) -> EditionPage:
    found = listed(ReportIssue.objects.filter(state=IssueState.PUBLISHED)).order_by("-published_at", "-pk")
    for name in ("year", "half", "kind"):
        if (value := getattr(parameters, name)) is not None:
            found = found.filter(**{name: value})
    end = parameters.cursor
    if end:
        position = Position.read(end, parts=2)
        moment, last = position.moment(0), position.key(1)
        found = found.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=last))
    rows = list(found[: parameters.limit + 1])
    shown = rows[: parameters.limit]
    if shown:
        end = str(Position(str(shown[-1].published_at), str(shown[-1].pk)))
    cached(response, seconds=FRESH_SECONDS)
    return EditionPage(items=[_edition(issue) for issue in shown], next=end, has_more=len(rows) > len(shown))


@router.get(
    "/statistics/{issue}",
    url_name="api_edition",
    response={200: EditionFigures, 304: None, 400: ProblemBody, 404: ProblemBody, 429: ProblemBody},
    summary=gettext_noop("I numeri di un rapporto"),
)
def figures(
    request: HttpRequest, response: HttpResponse, issue: UUID, parameters: Query[FigureParameters]
) -> EditionFigures:
    # Of nobody's scope: an official reads here what everybody reads.
    edition = listed(ReportIssue.objects.filter(state__in=PUBLIC, pk=issue)).first()
    if edition is None:
        raise Problem(404)
    indicators = {indicator.key: indicator for indicator in FROZEN}
    wanted = parameters.indicator
    if wanted is not None and wanted not in indicators:
        raise Problem(400, errors={"query.indicator": [_("Codice sconosciuto: %(code)s.") % {"code": wanted}]})
    cached(response, seconds=FRESH_SECONDS, changed_at=edition.published_at)
    return EditionFigures(
        edition=_edition(edition),
        figures=[
            FigureOut(
                indicator=cell.measure,
                label=str(indicators[cell.measure].label),
                unit=indicators[cell.measure].unit,
                dimension=Dimension(cell.dimension),
                member=cell.member,
                numerator=figure.numerator,
                denominator=figure.denominator,
                suppressed=figure.numerator is None,
            )
            for cell, figure in reading_of(edition).figures.items()
            if wanted in (None, cell.measure)
        ],
    )


def _edition(issue: ReportIssue) -> Edition:
    return Edition.model_validate(
        {
            **{name: getattr(issue, name) for name in ("id", "code", "kind", "year", "half", "version", "state")},
            **{name: getattr(issue, name) for name in ("data_cut", "published_at", "figures_sha256")},
            "territory": issue.territory_name,
            "url": settings.SITE_URL + reverse("report_detail", kwargs={"issue": issue.pk}),
        }
    )
