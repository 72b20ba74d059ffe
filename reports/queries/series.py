"""The totals of a territory's editions, semester after semester: what homes and goals are read from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.db.models.functions import JSONObject

from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading, compared_with
from reports.rules import Dimension, Semester
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.pacts.models import TerritorialPact
from sportello.territory.models import Municipality


@dataclass(frozen=True)
class Edition:
    """A frozen edition with its totals by the key of their indicator."""

    issue: ReportIssue
    totals: dict[str, FrozenFigure]

    @property
    def semester(self) -> Semester:
        return Semester(self.issue.year, self.issue.half)


@dataclass(frozen=True)
class Series:
    """A territory's editions that the reader may see: of each semester the newest version, oldest semester first.

    `newest` reads the last of them as its own page does, less the breakdowns; None while there is none.
    """

    editions: tuple[Edition, ...] = ()
    newest: Reading | None = None


def series_of(
    *, scope: Scope, pacts: Iterable[TerritorialPact] = (), municipality: Municipality | None = None
) -> dict[UUID, Series]:
    """The series of each pact and of the municipality, by their primary key; a territory without editions is absent. One query."""
    about: Q = Q(pact__in=list(pacts))
    if municipality is not None:
        about |= Q(municipality=municipality)
    totals = ArrayAgg(
        JSONObject(key="area__figures__indicator", over="area__figures__numerator", under="area__figures__denominator"),
        filter=Q(area__figures__dimension=Dimension.TOTAL),
        default=[],
    )
    rows: Any = (
        ReportIssue.objects.visible_to(scope)
        .filter(about, frozen_at__isnull=False)
        .exclude(state=IssueState.FAILED)
        .annotate(totals=totals)
        .order_by("year", "half", "version")
    )
    territories: dict[UUID, list[Edition]] = {}
    for row in rows:
        figures = {total["key"]: FrozenFigure(total["over"], total["under"]) for total in row.totals}
        territories.setdefault(row.pact_id or row.municipality_id, []).append(Edition(row, figures))
    return {pk: _series(versions) for pk, versions in territories.items()}


def _series(versions: list[Edition]) -> Series:
    """From all versions, by semester and version: the last of each semester stays."""
    latest = {edition.semester: edition for edition in versions}
    newest = versions[-1]
    before_issue = compared_with(newest.issue, [edition.issue for edition in versions])
    before = next((edition for edition in versions if edition.issue is before_issue), None)
    return Series(
        tuple(latest.values()),
        Reading(
            issue=newest.issue,
            figures=_cells(newest),
            municipalities=[],
            before_issue=before_issue,
            before=_cells(before) if before else {},
        ),
    )


def _cells(edition: Edition) -> dict[Cell, FrozenFigure]:
    return {Cell(key): figure for key, figure in edition.totals.items()}
