"""Calendar files (RFC 5545), for the agenda of a phone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import HttpResponse
from django.utils import timezone


@dataclass(frozen=True)
class Entry:
    """One event; `starts` and `ends` are aware moments, or both days of which the second is the first that is free again.

    `uid` stays the same when the event is told anew.
    """

    uid: str
    starts: date
    ends: date
    summary: str
    location: str = ""
    description: str = ""


def calendar_file(name: str, entries: Iterable[Entry]) -> HttpResponse:
    """The events as a download called `name`."""
    # Imported here: the library is needed by few pages.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Sportello Lavoro//IT")
    calendar.add("version", "2.0")
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", timezone.now().astimezone(UTC))
        event.add("dtstart", _plain(entry.starts))
        event.add("dtend", _plain(entry.ends))
        event.add("summary", entry.summary)
        for key, value in (("location", entry.location), ("description", entry.description)):
            if value:
                event.add(key, value)
        calendar.add_component(event)
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _plain(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment
