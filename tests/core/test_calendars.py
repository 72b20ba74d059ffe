"""Calendar files are read by what reads calendars."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from icalendar import Calendar

from sportello.core.calendars import Entry, calendar_file


def test_moments_and_days_are_told_with_what_is_known_of_them() -> None:
    starts = datetime(2026, 5, 4, 10, tzinfo=timezone.get_default_timezone())
    meeting = Entry("a@x", starts, starts + timedelta(hours=1), "Incontro", location="Via Roma 1, Segrate")
    course = Entry("b@x", date(2026, 5, 4), date(2026, 5, 5), "Corso; di lunedì", description="Riga\nseconda")
    answer = calendar_file("prova.ics", [meeting, course])
    assert answer["Content-Disposition"] == 'attachment; filename="prova.ics"'
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    first, second = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (first["uid"], first.decoded("dtstart"), first["location"]) == (
        "a@x",
        datetime(2026, 5, 4, 8, tzinfo=UTC),
        meeting.location,
    )
    assert "description" not in first
    assert (second.decoded("dtstart"), second.decoded("dtend")) == (date(2026, 5, 4), date(2026, 5, 5))
    assert (str(second["summary"]), str(second["description"])) == ("Corso; di lunedì", "Riga\nseconda")
