"""Reads shaped for pages: desks with their opening, places found by name, residents counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from sportello.core.text import search_key
from sportello.territory.enums import WORKING_AGE, AgeBand, DeskState, Sex, Weekday
from sportello.territory.models import Desk, DeskClosure, Municipality, MunicipalityResidents, OpeningHours
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


class Closure(NamedTuple):
    """Days on which a desk does not receive, from the first to the last, and why (it may be empty)."""

    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True)
class DeskPage:
    """A desk's own page: seven days from Monday, and when it is closed in the next half year: the holidays that fall on days it would
    be open, and the days that the desk has said."""

    card: DeskCard
    week: tuple[DayHours, ...]
    closures: tuple[Closure, ...]
    served: tuple[Municipality, ...]


@dataclass(frozen=True)
class Place:
    """What a typed name means: the one municipality, or those that it may mean."""

    chosen: Municipality | None = None
    suggestions: tuple[Municipality, ...] = ()


@dataclass(frozen=True, slots=True)
class Residents:
    """People of the age bands asked for, on 1 January of `year`, by sex and band."""

    year: int
    counts: Mapping[tuple[Sex, AgeBand], int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def of_sex(self, sex: Sex) -> int:
        return sum(number for (counted, _band), number in self.counts.items() if counted == sex)

    def of_age(self, band: AgeBand) -> int:
        return sum(number for (_sex, counted), number in self.counts.items() if counted == band)


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
    point = point_of(near)
    cards = []
    for desk in _desks(moment.date()).exclude(state=DeskState.CLOSED):
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
    desk = _desks(moment.date()).get(slug=slug)
    hours = list(desk.opening_hours.all())
    open_weekdays = {span.weekday for span in hours}
    days = [moment.date() + timedelta(days=offset) for offset in range(CLOSING_DAYS_AHEAD + 1)]
    last_day = days[-1]
    holidays = [
        Closure(day, day, reason)
        for day in days
        if day.isoweekday() in open_weekdays and (reason := closing_reason(desk.municipality, day))
    ]
    return DeskPage(
        card=DeskCard(desk=desk, opening=opening_of(desk, moment)),
        week=tuple(DayHours(weekday, tuple(span for span in hours if span.weekday == weekday)) for weekday in Weekday),
        closures=tuple(
            sorted([*holidays, *(closure for closure in closures_of(desk) if closure.first_day <= last_day)])
        ),
        served=tuple(desk.serves.all()),
    )


def opening_of(desk: Desk, moment: datetime) -> Opening:
    """The desk's opening at a local moment; reads `desk.opening_hours`, `desk.municipality` and `closures_of` (prefetch them)."""
    if desk.state not in RECEIVING:
        return Opening(moment)
    return opening_at(
        (Span(span.weekday, span.opens, span.closes) for span in desk.opening_hours.all()),
        moment,
        partial(is_closing_day, desk, closures_of(desk)),
    )


def is_closing_day(desk: Desk, closures: Iterable[Closure], day: date) -> bool:
    """Whether the desk does not receive on a day: a holiday where it is, or one of its closures."""
    closed = any(closure.first_day <= day <= closure.last_day for closure in closures)
    return closed or closing_reason(desk.municipality, day) is not None


def closed_days(since: date) -> Subquery:
    """A column of desks that `closures_of` reads: their closures of a day and after."""
    rows = DeskClosure.objects.filter(desk=OuterRef("pk"), last_day__gte=since).order_by()
    told = JSONBAgg(JSONObject(first_day="first_day", last_day="last_day", reason="reason"))
    return Subquery(rows.values("desk").annotate(found=told).values("found"))


def closures_of(desk: Desk) -> list[Closure]:
    """The closures of a desk, of today and to come; no query if it was read with `closed_days=closed_days(...)`, else one."""
    if not hasattr(desk, "closed_days"):
        desk = Desk.objects.annotate(closed_days=closed_days(timezone.localdate())).get(pk=desk.pk)
    rows: list[dict[str, str]] = getattr(desk, "closed_days") or []  # noqa: B009  an annotation
    return [
        Closure(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]), row["reason"])
        for row in rows
    ]


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
    found: dict[UUID, dict[tuple[Sex, AgeBand], int]] = {}
    for place, sex, band, number in counts.order_by().values_list("municipality_id", "sex", "age_band", "count"):
        found.setdefault(place, {})[Sex(sex), AgeBand(band)] = number
    return {place: Residents(year, numbers) for place, numbers in found.items()}


def _desks(day: date) -> QuerySet[Desk]:
    desks = Desk.objects.annotate(closed_days=closed_days(day)).select_related("municipality", "sub_area", "managed_by")
    return desks.prefetch_related(
        Prefetch("opening_hours", queryset=OpeningHours.objects.order_by("weekday", "opens")),
        "serves",
    )


def point_of(place: Municipality | Point | None) -> Point | None:
    """A point itself, or the centre of a municipality; None for nothing, and where the centre is not known."""
    if isinstance(place, Municipality):
        if place.latitude is None or place.longitude is None:
            return None
        return Point(place.latitude, place.longitude)
    return place


def desk_for(municipality: Municipality) -> Desk | None:
    """The desk that receives a resident: the nearest that serves the municipality, else the nearest of all."""
    return next((card.desk for card in desk_cards(near=municipality) if card.receives), None)
