"""Reads shaped for pages: desks with their opening, places found by name, residents counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, IntegerField, Max, Prefetch, Q, QuerySet, Sum, When
from django.utils import timezone

from sportello.core.text import search_key
from sportello.territory.enums import WORKING_AGE, AgeBand, DeskState, Sex, Weekday
from sportello.territory.models import Desk, Municipality, MunicipalityResidents, OpeningHours
from sportello.territory.rules import (
    Opening,
    Point,
    Span,
    great_circle_km,
    opening_at,
    patron_of,
    public_holidays,
)

# Half a year: as far as people and offices plan a visit.
CLOSING_DAYS_AHEAD: Final = 183
RECEIVING: Final = frozenset({DeskState.OPEN, DeskState.TEMPORARY})
_PROVINCE = re.compile(r"\(\s*(\w\w)\s*\)\s*$")


@dataclass(frozen=True)
class DeskCard:
    """A desk as a list shows it; `distance_km` and `serves_place` are about the place asked for, if any."""

    desk: Desk
    opening: Opening
    distance_km: float | None = None
    serves_place: bool = False

    @property
    def receives(self) -> bool:
        """Whether the desk is in operation at all (not planned, not closed for good)."""
        return self.desk.state in RECEIVING


@dataclass(frozen=True)
class DayHours:
    weekday: Weekday
    spans: tuple[OpeningHours, ...]


@dataclass(frozen=True)
class DeskPage:
    """A desk's own page: seven days from Monday, the holidays of half a year that fall on days it would be open."""

    card: DeskCard
    week: tuple[DayHours, ...]
    closing_days: tuple[tuple[date, str], ...]
    served: tuple[Municipality, ...]


@dataclass(frozen=True)
class Place:
    """What a typed name means: the one municipality, or those that it may mean."""

    chosen: Municipality | None = None
    suggestions: tuple[Municipality, ...] = ()


@dataclass(frozen=True, slots=True)
class Residents:
    """People of the age bands asked for, on 1 January of `year`."""

    year: int
    women: int
    men: int

    @property
    def total(self) -> int:
        return self.women + self.men


def desk_cards(
    *,
    now: datetime | None = None,
    near: Municipality | Point | None = None,
    open_now: bool = False,
    limit: int | None = None,
) -> list[DeskCard]:
    """Desks the public may know of, in three queries whatever their number.

    With `near`: those that serve that municipality first, then by distance; without: by name. Planned desks always
    come last; desks closed for good never. `now` is aware, the present moment by default.
    """
    moment = timezone.localtime(now)
    point = _point(near)
    cards = []
    for desk in _desks().exclude(state=DeskState.CLOSED):
        here = Point(desk.latitude, desk.longitude)
        cards.append(
            DeskCard(
                desk=desk,
                opening=opening_of(desk, moment),
                distance_km=great_circle_km(point, here) if point else None,
                serves_place=isinstance(near, Municipality) and near in desk.serves.all(),
            )
        )
    if open_now:
        cards = [card for card in cards if card.opening.is_open]
    cards.sort(key=lambda card: (not card.receives, not card.serves_place, card.distance_km or 0, card.desk.name))
    return cards[:limit]


def desk_page(slug: str, *, now: datetime | None = None) -> DeskPage:
    """One desk in three queries; `Desk.DoesNotExist` for an unknown one. A desk closed for good keeps its page."""
    moment = timezone.localtime(now)
    desk = _desks().get(slug=slug)
    hours = list(desk.opening_hours.all())
    open_weekdays = {span.weekday for span in hours}
    days = (moment.date() + timedelta(days=offset) for offset in range(CLOSING_DAYS_AHEAD + 1))
    return DeskPage(
        card=DeskCard(desk=desk, opening=opening_of(desk, moment)),
        week=tuple(DayHours(weekday, tuple(span for span in hours if span.weekday == weekday)) for weekday in Weekday),
        closing_days=tuple(
            (day, reason)
            for day in days
            if day.isoweekday() in open_weekdays and (reason := closing_reason(desk.municipality, day))
        ),
        served=tuple(desk.serves.all()),
    )


def opening_of(desk: Desk, moment: datetime) -> Opening:
    """The desk's opening at a local moment; reads `desk.opening_hours` and `desk.municipality` (prefetch them)."""
    if desk.state not in RECEIVING:
        return Opening(moment)
    return opening_at(
        (Span(span.weekday, span.opens, span.closes) for span in desk.opening_hours.all()),
        moment,
        lambda day: closing_reason(desk.municipality, day) is not None,
    )


def closing_reason(municipality: Municipality, day: date) -> str | None:
    """Name of the public holiday kept in the municipality on that day, or None."""
    patron = patron_of(
        municipality_name=municipality.name,
        province_code=municipality.province_code,
        province_name=municipality.province_name,
    )
    return public_holidays(day.year, patron).get(day)


def search_municipalities(text: str, *, limit: int = 8) -> list[Municipality]:
    """Municipalities in being that a typed name may mean, best first; accents, case and small slips do not matter.

    "Samone (TN)" asks for that province only. A name of the past gives the municipality that succeeded. One query.
    """
    province = _PROVINCE.search(text)
    key = search_key(_PROVINCE.sub("", text))
    if not key:
        return []
    found = (
        Municipality.objects.filter(
            Q(search_key__startswith=key) | Q(search_key__contains=f" {key}") | Q(search_key__trigram_similar=key)
        )
        .annotate(
            rank=Case(
                When(search_key=key, then=0),
                When(search_key__startswith=key, then=1),
                When(search_key__contains=f" {key}", then=2),
                default=3,
                output_field=IntegerField(),
            ),
            similarity=TrigramSimilarity("search_key", key),
        )
        .select_related("successor")
        .order_by("rank", "-is_metropolitan", "-similarity", "sort_key", "istat_code")
    )
    if province:
        found = found.filter(province_code=province[1].upper())
    best: dict[UUID, Municipality] = {}
    # Twice the limit: an ended municipality and its successor may both match and count once.
    for municipality in found[: 2 * limit]:
        current = municipality.successor or municipality
        if current.valid_to is None:
            best.setdefault(current.pk, current)
    return list(best.values())[:limit]


def find_place(text: str) -> Place:
    """The municipality that a person typed, when there is no doubt; else what they may have meant. One query."""
    found = search_municipalities(text)
    key = search_key(_PROVINCE.sub("", text))
    same = [municipality for municipality in found if municipality.search_key == key]
    if len(same) == 1:
        return Place(chosen=same[0])
    # The beginning of one name alone is that name; what merely resembles it is a question, for "Pollywood" is not Polla.
    if len(found) == 1 and found[0].search_key.startswith(key):
        return Place(chosen=found[0])
    return Place(suggestions=tuple(found))


def metropolitan_municipalities() -> QuerySet[Municipality]:
    """The municipalities in being of the metropolitan area, by name."""
    return Municipality.objects.filter(is_metropolitan=True, valid_to=None)


def residents_by_municipality(
    *,
    year: int | None = None,
    age_bands: Sequence[AgeBand] = WORKING_AGE,
    municipalities: Iterable[Municipality] | None = None,
) -> Mapping[UUID, Residents]:
    """Residents by municipality key, of the given bands (15 to 64 years by default).

    `year` None is the latest counted. Municipalities without counts are absent. Two queries, one with a year.
    """
    counts = MunicipalityResidents.objects.all()
    year = year if year is not None else counts.aggregate(latest=Max("year"))["latest"]
    counts = counts.filter(year=year, age_band__in=age_bands)
    if municipalities is not None:
        counts = counts.filter(municipality__in=municipalities)
    rows = (
        counts.order_by()
        .values("municipality_id")
        .annotate(
            women=Sum("count", filter=Q(sex=Sex.FEMALE), default=0), men=Sum("count", filter=Q(sex=Sex.MALE), default=0)
        )
    )
    return {row["municipality_id"]: Residents(year=year, women=row["women"], men=row["men"]) for row in rows}


def _desks() -> QuerySet[Desk]:
    return Desk.objects.select_related("municipality", "sub_area", "managed_by").prefetch_related(
        Prefetch("opening_hours", queryset=OpeningHours.objects.order_by("weekday", "opens")),
        "serves",
    )


def _point(place: Municipality | Point | None) -> Point | None:
    if isinstance(place, Municipality):
        if place.latitude is None or place.longitude is None:
            return None
        return Point(place.latitude, place.longitude)
    return place


def desk_for(municipality: Municipality) -> Desk | None:
    """The desk that receives a resident: the nearest that serves the municipality, else the nearest of all."""
    return next((card.desk for card in desk_cards(near=municipality) if card.receives), None)
