"""The year of a pact: the published editions of its two halves, and what the pact had agreed to as it was known when the second froze."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django_stubs_ext import WithAnnotations

from reports.models import FrozenArea, ReportIssue
from reports.queries.actions import ActionThen, actions_of, as_known
from reports.queries.series import Edition, Series, series_of
from reports.rules import Semester
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.pacts.models import PactGoal, PactMembership, TerritorialPact


@dataclass(frozen=True)
class MemberMove:
    """A municipality that joined the pact on a day, or left it."""

    name: str
    on: date
    has_joined: bool


@dataclass(frozen=True)
class HalfYear:
    """The published edition of half a year, with the ISTAT codes of the pact's municipalities at its end."""

    edition: Edition
    members: frozenset[str]


@dataclass(frozen=True)
class PactYear:
    """A whole year of a pact; `before` is the year before, None while one of its halves is not published.

    `series` are the editions up to the end of the year, on which the goals are measured; `goals` those that were due in the year or
    later. `moves` are in the order of their days.
    """

    pact: TerritorialPact
    year: int
    halves: tuple[HalfYear, HalfYear]
    before: tuple[HalfYear, HalfYear] | None
    series: Series
    goals: tuple[PactGoal, ...]
    actions: tuple[ActionThen, ...]
    moves: tuple[MemberMove, ...]


class Years(TypedDict):
    """What `with_years` adds to a pact."""

    balance_years: list[int]


def with_years(pacts: QuerySet[TerritorialPact]) -> "QuerySet[WithAnnotations[TerritorialPact, Years]]":
    """Pacts with the years of which both halves have a published edition, the newest first; no query more."""
    published = ReportIssue.objects.filter(pact=OuterRef("pk"), state=IssueState.PUBLISHED).order_by("-year")
    whole = published.values("year").annotate(halves=Count("pk")).filter(halves=2)
    return pacts.annotate(balance_years=ArraySubquery(whole.values("year")))


def pact_year(pact: TerritorialPact, year: int) -> PactYear | None:
    """The year of a pact as everybody may read it, whoever asks; None unless both halves are published. Five queries."""
    # Nobody's scope: what is read inside before it is published does not count here.
    series = series_of(scope=Scope(), pacts=[pact]).get(pact.pk, Series())
    editions = tuple(edition for edition in series.editions if edition.semester.year <= year)
    held = {
        issue: frozenset(codes)
        for issue, codes in FrozenArea.objects.filter(issues__in=[edition.issue.pk for edition in editions])
        .order_by("issues")
        .values_list("issues", "istat_codes")
    }
    halves = _halves(year, editions, held)
    if halves is None:
        return None
    last = halves[1].edition.issue
    return PactYear(
        pact=pact,
        year=year,
        halves=halves,
        before=_halves(year - 1, editions, held),
        series=Series(editions),
        goals=tuple(_goals(pact, last)),
        actions=actions_of(last),
        moves=tuple(_moves(last)),
    )


def _halves(
    year: int, editions: tuple[Edition, ...], held: dict[UUID, frozenset[str]]
) -> tuple[HalfYear, HalfYear] | None:
    found = {e.semester.half: HalfYear(e, held[e.issue.pk]) for e in editions if e.semester.year == year}
    return (found[1], found[2]) if len(found) == 2 else None


def _goals(pact: TerritorialPact, last: ReportIssue) -> Iterator[PactGoal]:
    """As they were known at the freeze; those given up before the year are left out."""
    if last.frozen_at is None:
        return
    begin = Semester(last.year, 1).first_day
    rows = as_known(PactGoal, pact=pact.pk, at=last.frozen_at).filter(
        Q(retired_on__isnull=True) | Q(retired_on__gte=begin), due_on__gte=begin
    )
    for row in rows.order_by("due_on", "title", "pgh_obj_id"):
        yield PactGoal(
            pk=row.pgh_obj_id,
            pact=pact,
            title=row.title,
            indicator=row.indicator,
            target=row.target,
            due_on=row.due_on,
            retired_on=row.retired_on,
            retirement_reason=row.retirement_reason,
        )


def _moves(last: ReportIssue) -> list[MemberMove]:
    """Who joined and who left in the year, as it was known at the freeze."""
    if last.pact_id is None or last.frozen_at is None:
        return []
    rows = (
        as_known(PactMembership, pact=last.pact_id, at=last.frozen_at)
        .filter(Q(joined_on__year=last.year) | Q(left_on__year=last.year))
        .values_list("municipality__name", "joined_on", "left_on", named=True)
    )
    moves = [
        MemberMove(row.municipality__name, day, has_joined)
        for row in rows.order_by("municipality__sort_key", "pgh_obj_id")
        for day, has_joined in ((row.joined_on, True), (row.left_on, False))
        if day is not None and day.year == last.year
    ]
    return sorted(moves, key=lambda move: move.on)
