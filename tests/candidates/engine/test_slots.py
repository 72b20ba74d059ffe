"""No slot outside the opening, none on a holiday, none that overlaps, local clock times across the change of the hour."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.engine.slots import Busy, Hours, Pattern, Slot, free_slots

ROME = ZoneInfo("Europe/Rome")
MONDAY = date(2026, 3, 2)
MORNING = Hours(1, time(9), time(12, 30))


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ROME)


def shown(slots: list[Slot]) -> list[str]:
    return [f"{slot.starts_at.astimezone(ROME):%d %H:%M}" for slot in slots]


def slots(
    *patterns: Pattern, opening: tuple[Hours, ...] = (MORNING,), busy: tuple[Busy, ...] = (), days: int = 6
) -> list[Slot]:
    return free_slots(
        patterns=patterns,
        opening=opening,
        busy=busy,
        is_closing_day=lambda day: False,
        first_day=MONDAY,
        last_day=MONDAY + timedelta(days=days),
        zone=ROME,
    )


def pattern(begins: time = time(9), ends: time = time(11), minutes: int = 45, **fields: object) -> Pattern:
    return Pattern("anna", Hours(1, begins, ends), minutes, "phone", MONDAY, **fields)  # type: ignore[arg-type]


def test_meetings_follow_one_another_and_the_last_is_whole() -> None:
    assert shown(slots(pattern())) == ["02 09:00", "02 09:45"]
    assert [(slot.ends_at - slot.starts_at, slot.operator, slot.mode) for slot in slots(pattern())] == [
        (timedelta(minutes=45), "anna", "phone")
    ] * 2


def test_the_door_of_the_desk_cuts_and_two_openings_that_touch_are_one() -> None:
    assert shown(slots(pattern(time(8), time(10), 60))) == ["02 09:00"]
    assert shown(slots(pattern(time(12), time(14), 60))) == []
    long = (MORNING, Hours(1, time(12, 30), time(18)))
    assert shown(slots(pattern(time(12), time(14), 60), opening=long)) == ["02 12:00", "02 13:00"]


@pytest.mark.parametrize(
    ("starts", "ends", "left"),
    [
        ((9, 0), (9, 45), ["02 09:45"]),
        ((9, 44), (9, 46), []),
        ((10, 30), (12, 0), ["02 09:00", "02 09:45"]),
        ((0, 0), (23, 0), []),
    ],
)
def test_what_keeps_the_operator_busy_is_not_offered(
    starts: tuple[int, int], ends: tuple[int, int], left: list[str]
) -> None:
    assert shown(slots(pattern(), busy=(Busy("anna", local(MONDAY, *starts), local(MONDAY, *ends)),))) == left
    other = Busy("bruno", local(MONDAY, *starts), local(MONDAY, *ends))
    assert shown(slots(pattern(), busy=(other,))) == ["02 09:00", "02 09:45"]


def test_a_pattern_holds_between_its_days() -> None:
    assert shown(slots(pattern(minutes=120), days=20)) == ["02 09:00", "09 09:00", "16 09:00"]
    assert shown(slots(pattern(minutes=120, valid_to=date(2026, 3, 9)), days=20)) == ["02 09:00", "09 09:00"]


def test_the_lost_hour_is_not_offered_and_the_hour_lived_twice_is_two() -> None:
    def night(day: date) -> list[Slot]:
        hours = Hours(7, time(1), time(4))
        return free_slots(
            patterns=[Pattern("anna", hours, 30, "phone", date(2026, 1, 1))],
            opening=[hours],
            busy=[],
            is_closing_day=lambda day: False,
            first_day=day,
            last_day=day,
            zone=ROME,
        )

    spring = [text[3:] for text in shown(night(date(2026, 3, 29)))]
    assert spring == ["01:00", "01:30", "03:00", "03:30"]
    autumn = [text[3:] for text in shown(night(date(2026, 10, 25)))]
    assert autumn == ["01:00", "01:30", "02:00", "02:00", "02:30", "03:00", "03:30"]


times = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
hours = st.builds(lambda weekday, a, b: Hours(weekday, min(a, b), max(a, b)), st.integers(1, 7), times, times).filter(
    lambda span: span.begins < span.ends
)
operators = st.sampled_from(["anna", "bruno"])
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
patterns = st.builds(
    Pattern,
    operators,
    hours,
    st.sampled_from([20, 30, 45, 60]),
    st.sampled_from(["phone", "in_person"]),
    st.dates(date(2025, 12, 1), date(2027, 12, 31)),
    st.none() | st.dates(date(2026, 6, 1), date(2028, 1, 1)),
)


@st.composite
def blocks(draw: st.DrawFn, day: date) -> Busy:
    starts = datetime.combine(day, time(0), tzinfo=UTC) + timedelta(minutes=draw(st.integers(-600, 14 * 1440)))
    return Busy(draw(operators), starts, starts + timedelta(minutes=draw(st.integers(1, 4000))))


@given(st.data(), days, st.lists(patterns, max_size=6), st.lists(hours, max_size=8))
def test_whatever_is_offered_every_slot_keeps_the_rules(
    data: st.DataObject, first: date, offered: list[Pattern], opening: list[Hours]
) -> None:
    busy = data.draw(st.lists(blocks(first), max_size=5))
    closed = data.draw(st.sets(st.integers(0, 13).map(lambda n: first + timedelta(days=n))))
    last = first + timedelta(days=13)
    found = free_slots(
        patterns=offered,
        opening=opening,
        busy=busy,
        is_closing_day=lambda day: day in closed,
        first_day=first,
        last_day=last,
        zone=ROME,
    )
    assert found == sorted(found, key=lambda slot: slot.starts_at)
    for slot in found:
        begins, ends = slot.starts_at.astimezone(ROME), slot.ends_at.astimezone(ROME)
        day = begins.date()
        assert first <= day <= last
        assert day not in closed
        assert _covered(begins, ends, [span for span in opening if span.weekday == day.isoweekday()])
        assert any(
            p.operator == slot.operator
            and p.mode == slot.mode
            and p.holds_on(day)
            and p.hours.begins <= begins.time()
            and ends.time() <= p.hours.ends
            and slot.ends_at - slot.starts_at == timedelta(minutes=p.minutes)
            for p in offered
        )
        assert not any(
            b.operator == slot.operator and b.starts_at < slot.ends_at and slot.starts_at < b.ends_at for b in busy
        )
    for a, b in combinations(found, 2):
        assert a.operator != b.operator or a.ends_at <= b.starts_at or b.ends_at <= a.starts_at


def _covered(begins: datetime, ends: datetime, opening: list[Hours]) -> bool:
    """Whether every minute of a meeting falls in some opening."""
    minute = begins.astimezone(UTC)
    while minute < ends.astimezone(UTC):
        now = minute.astimezone(ROME).time()
        if not any(span.begins <= now < span.ends for span in opening):
            return False
        minute += timedelta(minutes=5)
    return True


@given(st.lists(patterns, max_size=4), st.lists(hours, max_size=6), days)
def test_the_less_is_busy_the_more_is_free(offered: list[Pattern], opening: list[Hours], day: date) -> None:
    def ask(busy: list[Busy]) -> set[tuple[datetime, object]]:
        found = free_slots(
            patterns=offered,
            opening=opening,
            busy=busy,
            is_closing_day=lambda day: False,
            first_day=day,
            last_day=day,
            zone=ROME,
        )
        return {(slot.starts_at, slot.operator) for slot in found}

    noon = datetime.combine(day, time(12), tzinfo=ROME)
    left = {who for _start, who in ask([Busy("anna", noon - timedelta(days=2), noon + timedelta(days=2))])}
    assert left <= {"bruno"}
    assert {(start, who) for start, who in ask([]) if who == "bruno"} == {
        (start, who)
        for start, who in ask([Busy("anna", noon - timedelta(days=2), noon + timedelta(days=2))])
        if who == "bruno"
    }
