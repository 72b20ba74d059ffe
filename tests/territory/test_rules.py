"""Distances, opening hours and holidays."""

import math
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sportello.territory.rules import (
    EARTH_RADIUS_KM,
    HORIZON_DAYS,
    HoursEndTooEarly,
    HoursOverlap,
    Opening,
    Point,
    Span,
    UnreadableHours,
    great_circle_km,
    opening_at,
    parse_spans,
    patron_of,
    public_holidays,
    spans_text,
    week_lines,
)

ROME = ZoneInfo("Europe/Rome")
MORNING = Span(1, time(9), time(13))
AFTERNOON = Span(1, time(14, 30), time(17))

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def monday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute, tzinfo=ROME)


def never(day: date) -> bool:
    return False


class TestGreatCircle:
    def test_known_distances(self) -> None:
        segrate, milano, roma = Point(45.4936, 9.2997), Point(45.4642, 9.1900), Point(41.8933, 12.4829)
        assert great_circle_km(milano, roma) == pytest.approx(477, abs=1)
        assert great_circle_km(segrate, milano) == pytest.approx(9.16, abs=0.05)

    @given(points, points)
    def test_symmetric_never_negative_never_over_half_the_globe(self, a: Point, b: Point) -> None:
        distance = great_circle_km(a, b)
        assert distance == pytest.approx(great_circle_km(b, a), abs=1e-6)
        assert 0 <= distance <= math.pi * EARTH_RADIUS_KM + 1e-6

    @given(points)
    def test_no_distance_from_itself(self, a: Point) -> None:
        assert great_circle_km(a, a) == 0

    @given(points, points, points)
    def test_no_detour_is_shorter(self, a: Point, b: Point, c: Point) -> None:
        assert great_circle_km(a, c) <= great_circle_km(a, b) + great_circle_km(b, c) + 1e-3

    @given(points, st.floats(0, 90))
    def test_a_degree_of_latitude_is_a_minute_mile_arc(self, a: Point, degrees: float) -> None:
        there = Point(max(a.latitude - degrees, -90), a.longitude)
        expected = math.radians(a.latitude - there.latitude) * EARTH_RADIUS_KM
        assert great_circle_km(a, there) == pytest.approx(expected, abs=1e-3)


class TestOpening:
    @pytest.mark.parametrize(
        ("moment", "closes_at", "opens_at"),
        [
            (monday(8, 59), None, monday(9)),
            (monday(9), monday(13), None),
            (monday(12, 59), monday(13), None),
            (monday(13), None, monday(14, 30)),
            (monday(16), monday(17), None),
            (monday(17), None, monday(9) + timedelta(days=7)),
        ],
    )
    def test_limits_of_a_day(self, moment: datetime, closes_at: datetime | None, opens_at: datetime | None) -> None:
        assert opening_at([AFTERNOON, MORNING], moment, never) == Opening(moment, closes_at, opens_at)

    def test_spans_that_touch_are_one(self) -> None:
        spans = [MORNING, Span(1, time(13), time(18))]
        assert opening_at(spans, monday(10), never).closes_at == monday(18)

    def test_closing_day_is_skipped(self) -> None:
        opening = opening_at([MORNING], monday(10), lambda day: day == date(2026, 3, 2))
        assert opening == Opening(monday(10), opens_at=monday(9) + timedelta(days=7))
        assert (opening.is_open, opening.days_away) == (False, 7)

    def test_no_opening_foreseen(self) -> None:
        assert opening_at([], monday(10), never) == Opening(monday(10))
        assert opening_at([MORNING], monday(10), lambda day: True).opens_at is None

    def test_moment_without_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            opening_at([MORNING], datetime(2026, 3, 2, 9), never)  # noqa: DTZ001 - the point of the test

    def test_hours_are_clock_hours_when_the_clock_changes(self) -> None:
        saturday = datetime(2026, 3, 28, 20, tzinfo=ROME)
        opening = opening_at([Span(7, time(9), time(12))], saturday, never)
        assert opening.opens_at is not None
        assert opening.opens_at.isoformat() == "2026-03-29T09:00:00+02:00"

    @given(
        st.lists(st.tuples(st.integers(1, 7), st.integers(0, 21), st.integers(1, 2)), max_size=8),
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(ROME)),  # noqa: DTZ001
        st.sets(st.integers(0, 6)),
    )
    def test_open_exactly_when_a_span_holds_the_moment(
        self, hours: list[tuple[int, int, int]], moment: datetime, shut_weekdays: set[int]
    ) -> None:
        spans = [Span(day, time(start), time(start + length)) for day, start, length in hours]

        def is_closing_day(day: date) -> bool:
            return day.weekday() in shut_weekdays

        opening = opening_at(spans, moment, is_closing_day)
        held = any(span.weekday == moment.isoweekday() and span.opens <= moment.time() < span.closes for span in spans)
        assert opening.is_open == (held and not is_closing_day(moment.date()))
        if opening.opens_at:
            assert moment < opening.opens_at <= moment + timedelta(days=HORIZON_DAYS + 1)
            assert opening_at(spans, opening.opens_at, is_closing_day).is_open


class TestHolidays:
    def test_saint_ambrose_is_of_milan(self) -> None:
        saint_ambrose = date(2026, 12, 7)
        assert saint_ambrose in public_holidays(2026, "MI")
        assert saint_ambrose not in public_holidays(2026)
        assert saint_ambrose not in public_holidays(2026, "MB")

    def test_national_days_have_italian_names(self) -> None:
        days = public_holidays(2026)
        assert days[date(2026, 4, 25)] == "Anniversario della Liberazione"
        assert date(2026, 4, 6) in days
        assert date(2026, 4, 7) not in days

    def test_unknown_province_adds_nothing(self) -> None:
        assert public_holidays(2026, "XX") == public_holidays(2026)

    def test_patron_is_of_the_capital_alone(self) -> None:
        assert patron_of(municipality_name="Milano", province_code="MI", province_name="Milano") == "MI"
        assert patron_of(municipality_name="Segrate", province_code="MI", province_name="Milano") is None


times = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(st.lists(times, max_size=8, unique=True).map(sorted))
def test_hours_are_read_as_they_are_shown(moments: list[time]) -> None:
    spans = tuple(Span(3, opens, closes) for opens, closes in zip(moments[::2], moments[1::2], strict=False))
    assert parse_spans(spans_text(spans), 3) == spans


@pytest.mark.parametrize(
    "text", ["9-12.30, 14:00 – 17", "14-17 e 9:00-12:30", " 9.00-12.30;14.00-17.00 ", "9-12:30/14-17"]
)
def test_hours_are_read_as_people_write_them(text: str) -> None:
    assert parse_spans(text, 1) == (Span(1, time(9), time(12, 30)), Span(1, time(14), time(17)))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("mattina", UnreadableHours),
        ("9-25", UnreadableHours),
        ("9:75-12", UnreadableHours),
        ("9:00", UnreadableHours),
        ("12-9", HoursEndTooEarly),
        ("9-9", HoursEndTooEarly),
        ("9-12, 11:59-13", HoursOverlap),
    ],
)
def test_what_no_desk_can_keep_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_spans(text, 1)


def test_spans_may_touch() -> None:
    assert len(parse_spans("9-13, 13-17", 1)) == 2


MORNINGS = [f"{day}-morning" for day in range(1, 6)]


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ([], []),
        (["7-night"], [("domenica", ("Notte",))]),
        (["2-evening", "1-evening"], [("lunedì e martedì", ("Sera",))]),
        ([*MORNINGS, "6-night"], [("da lunedì a venerdì", ("Mattina",)), ("sabato", ("Notte",))]),
        (
            [*MORNINGS, "3-afternoon"],
            [
                ("lunedì e martedì", ("Mattina",)),
                ("mercoledì", ("Mattina", "Pomeriggio")),
                ("giovedì e venerdì", ("Mattina",)),
            ],
        ),
        ([f"{day}-night" for day in range(1, 8)], [("tutti i giorni", ("Notte",))]),
        (["1-morning", "3-morning"], [("lunedì", ("Mattina",)), ("mercoledì", ("Mattina",))]),
    ],
)
def test_days_in_a_row_that_are_alike_are_said_together(
    keys: list[str], lines: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert week_lines(keys) == lines
