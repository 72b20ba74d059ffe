"""The hours in which a person may book: what operators offer, within the desk's opening, less what is taken.

Plain values in, plain values out; nothing is stored until somebody books. Hours are local clock times of `zone`, meetings
last true minutes, so that on the two nights when the clock changes a meeting is as long as on every other.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of a day of the week: `weekday` from 1 (Monday) to 7, over at `ends` sharp."""

    weekday: int
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Pattern:
    """When an operator receives, from the day `valid_from` to `valid_to` (None: without end), in meetings of `minutes`."""

    operator: Hashable
    hours: Hours
    minutes: int
    mode: str
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (
            self.hours.weekday == day.isoweekday()
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class Busy:
    """Time in which an operator cannot receive: an absence, a meeting, a group. Aware moments, the end excluded."""

    operator: Hashable
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """A free meeting, in UTC."""

    starts_at: datetime
    ends_at: datetime
    operator: Hashable
    mode: str


def free_slots(
    *,
    patterns: Iterable[Pattern],
    opening: Iterable[Hours],
    busy: Iterable[Busy],
    is_closing_day: Callable[[date], bool],
    first_day: date,
    last_day: date,
    zone: ZoneInfo,
) -> list[Slot]:
    """The free slots from `first_day` to `last_day`, both included, in time order.

    A slot lies within one opening of the desk (two that touch are one), never on a closing day, and shares no minute with
    what keeps its operator busy, nor with another slot of the same operator.
    """
    offered = list(patterns)
    spans = _by_weekday(opening)
    taken: dict[Hashable, list[tuple[datetime, datetime]]] = {}
    for block in busy:
        taken.setdefault(block.operator, []).append((block.starts_at, block.ends_at))
    found: list[Slot] = []
    day = first_day
    while day <= last_day:
        open_now = spans.get(day.isoweekday(), [])
        today = [pattern for pattern in offered if pattern.holds_on(day)]
        if today and open_now and not is_closing_day(day):
            for pattern in sorted(today, key=lambda pattern: (pattern.hours.begins, pattern.minutes, pattern.mode)):
                mine = taken.setdefault(pattern.operator, [])
                for slot in _slots_of(pattern, day, open_now, zone):
                    if all(ends <= slot.starts_at or slot.ends_at <= starts for starts, ends in mine):
                        found.append(slot)
                        mine.append((slot.starts_at, slot.ends_at))
        day += timedelta(days=1)
    return sorted(found, key=lambda slot: (slot.starts_at, slot.mode, str(slot.operator)))


def _by_weekday(opening: Iterable[Hours]) -> dict[int, list[tuple[time, time]]]:
    """The spans of each weekday in order, those that touch or overlap joined."""
    joined: dict[int, list[tuple[time, time]]] = {}
    for hours in sorted(opening, key=lambda hours: (hours.weekday, hours.begins, hours.ends)):
        spans = joined.setdefault(hours.weekday, [])
        if spans and hours.begins <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], hours.ends))
        else:
            spans.append((hours.begins, hours.ends))
    return joined


def _slots_of(pattern: Pattern, day: date, opening: list[tuple[time, time]], zone: ZoneInfo) -> Iterator[Slot]:
    """Meetings one after the other from the pattern's beginning; those that the clock or the desk's door cut are left out."""
    length = timedelta(minutes=pattern.minutes)
    starts_at = datetime.combine(day, pattern.hours.begins, tzinfo=zone).astimezone(UTC)
    over = datetime.combine(day, pattern.hours.ends, tzinfo=zone).replace(fold=1).astimezone(UTC)
    while starts_at + length <= over:
        first, last = (moment.astimezone(zone) for moment in (starts_at, starts_at + length))
        inside = pattern.hours.begins <= first.time() and last.time() <= pattern.hours.ends
        # On the night when the clock goes back an end may read earlier than its beginning: that hour is nobody's.
        in_order = first.date() == last.date() == day and first.time() < last.time()
        if inside and in_order and any(opens <= first.time() and last.time() <= closes for opens, closes in opening):
            yield Slot(starts_at, starts_at + length, pattern.operator, pattern.mode)
        starts_at += length
