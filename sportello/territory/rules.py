"""Distances, opening hours and holidays: pure functions over plain values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

from django.utils.translation import gettext as _

from sportello.territory.enums import WEEK_BANDS, Weekday

# Mean radius (IUGG, R1). The error against the ellipsoid is under 0.6%, less than one municipality's own width.
EARTH_RADIUS_KM: Final = 6371.0088
# No desk that receives the public stays shut longer; past this the page says that no opening is foreseen.
HORIZON_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees, WGS 84."""

    latitude: float
    longitude: float


def great_circle_km(a: Point, b: Point) -> float:
    """Distance over the sphere in kilometres, by the haversine formula (exact also for near points)."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half_lat = math.sin((lat_b - lat_a) / 2)
    half_lon = math.sin(math.radians(b.longitude - a.longitude) / 2)
    chord = half_lat * half_lat + math.cos(lat_a) * math.cos(lat_b) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


@dataclass(frozen=True, slots=True)
class Span:
    """Hours of one day of the week: `weekday` from 1 (Monday) to 7, closed at `closes` sharp."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a desk receives at `moment`: `closes_at` is set while it is open, `opens_at` while it is not."""

    moment: datetime
    closes_at: datetime | None = None
    opens_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closes_at is not None

    @property
    def days_away(self) -> int | None:
        """Calendar days until the next opening (0 is today); None while open or when none is foreseen."""
        return (self.opens_at.date() - self.moment.date()).days if self.opens_at else None


def opening_at(spans: Iterable[Span], moment: datetime, is_closing_day: Callable[[date], bool]) -> Opening:
    """Open now, or when next. `moment` is aware and in the desk's own time zone: hours are local clock times.

    Two spans that touch (9-13 and 13-17) are one opening. Looks `HORIZON_DAYS` ahead.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment needs its time zone")
    by_day: dict[int, list[Span]] = {}
    for span in sorted(spans, key=lambda span: span.opens):
        by_day.setdefault(span.weekday, []).append(span)
    for days in range(HORIZON_DAYS + 1):
        day = moment.date() + timedelta(days=days)
        today = by_day.get(day.isoweekday(), [])
        if not today or is_closing_day(day):
            continue
        closes_at: datetime | None = None
        for span in today:
            opens = datetime.combine(day, span.opens, tzinfo=moment.tzinfo)
            closes = datetime.combine(day, span.closes, tzinfo=moment.tzinfo)
            if opens <= moment < closes or closes_at == opens:
                closes_at = closes
            elif closes_at is None and moment < opens:
                return Opening(moment, opens_at=opens)
        if closes_at is not None:
            return Opening(moment, closes_at=closes_at)
    return Opening(moment)


@lru_cache(maxsize=64)
def public_holidays(year: int, patron_of: str | None = None) -> dict[date, str]:
    """National holidays with their Italian names, and the patron's day of the province capital `patron_of` (sigla).

    A sigla the calendar does not know adds nothing.
    """
    # The calendar's package takes 0.3 s to import and most processes never ask for a holiday.
    from holidays.countries.italy import Italy

    province = patron_of if patron_of in Italy.subdivisions else None
    return dict(sorted(Italy(subdiv=province, years=year, language="it_IT").items()))  # type: ignore[no-untyped-call]


def patron_of(*, municipality_name: str, province_code: str, province_name: str) -> str | None:
    """The sigla whose patron is kept as a holiday in the municipality, or None.

    The patron's day is a holiday of the one municipality, not of its province: 7 December (Sant'Ambrogio) shuts
    offices in Milano and not in Segrate. The calendar knows the patrons of the province capitals only.
    """
    return province_code if municipality_name == province_name else None


class BadHours(ValueError):
    """A line of opening hours that cannot be kept."""


class UnreadableHours(BadHours):
    """Not hours of a day parted by a dash."""


class HoursEndTooEarly(BadHours):
    """A span closes before it opens, or in the same minute."""


class HoursOverlap(BadHours):
    """Two spans of the day share some time."""


_SPAN: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_BETWEEN_SPANS: Final = re.compile(r"\s*(?:[,;/]|\be\b)\s*")


def parse_spans(text: str, weekday: int) -> tuple[Span, ...]:
    """The spans of one day as people write them, in order: "9-12.30, 14:00-17:30". Nothing written is a closed day.

    Raises UnreadableHours, HoursEndTooEarly, HoursOverlap.
    """
    spans: list[Span] = []
    for part in filter(None, _BETWEEN_SPANS.split(text.strip())):
        found = _SPAN.fullmatch(part)
        if found is None:
            raise UnreadableHours(part)
        hours, minutes, end_hours, end_minutes = (int(number or 0) for number in found.groups())
        try:
            spans.append(Span(weekday, time(hours, minutes), time(end_hours, end_minutes)))
        except ValueError as error:  # 25:00
            raise UnreadableHours(part) from error
    spans.sort(key=lambda span: span.opens)
    if any(span.closes <= span.opens for span in spans):
        raise HoursEndTooEarly(text)
    if any(after.opens < before.closes for before, after in pairwise(spans)):
        raise HoursOverlap(text)
    return tuple(spans)


def spans_text(spans: Iterable[Span]) -> str:
    """The spans of one day as `parse_spans` reads them."""
    return ", ".join(f"{span.opens:%H:%M}-{span.closes:%H:%M}" for span in spans)


def week_lines(keys: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Parts of a week by their keys (`WEEK_BANDS`) as people say them: days in a row that are alike stand together.

    "da lunedì a venerdì" with the names of their parts, from the morning on.
    """
    worked = {day: tuple(band for key, of_day, band in WEEK_BANDS if of_day == day and key in keys) for day in Weekday}
    runs = [(bands, [day for day, _bands in days]) for bands, days in groupby(worked.items(), lambda item: item[1])]
    return [(_days(days), tuple(str(band.label) for band in bands)) for bands, days in runs if bands]


def _days(days: list[Weekday]) -> str:
    names = {"first": days[0].label, "last": days[-1].label}
    if len(days) == 1:
        return str(days[0].label)
    if len(days) == len(Weekday):
        return _("tutti i giorni")
    return (_("%(first)s e %(last)s") if len(days) == 2 else _("da %(first)s a %(last)s")) % names
