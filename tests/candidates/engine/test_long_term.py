"""Long-term is what each programme says: days of the status, or months without regularly paid work."""

from datetime import date, timedelta

import pytest

from candidates.engine.events import Event, EventKind
from candidates.engine.long_term import LongTerm, long_term
from candidates.engine.unemployment import judge
from tests.candidates.engine.rules import RULES

DAY = timedelta(days=1)
D = date(2025, 1, 1)
DID = Event(EventKind.DID, D, D)


def answers(events: list[Event], on: date) -> dict[str, LongTerm]:
    return {found.rule.key: found for found in long_term(judge(events, on, RULES), RULES)}


@pytest.mark.parametrize(
    ("days", "six_months", "twelve"), [(180, False, False), (181, True, False), (365, True, False), (366, True, True)]
)
def test_six_months_are_180_days_and_one_and_twelve_365_and_one(days: int, six_months: bool, twelve: bool) -> None:
    found = answers([DID], D + (days - 1) * DAY)
    assert found["gol_long_term_unemployed_days"].met == six_months
    assert found["long_term_unemployed_days"].met == twelve
    assert found["long_term_unemployed_days"].counted == days
    assert found["long_term_unemployed_days"].from_day == D + 365 * DAY
    assert found["dul_phase_five_max_unemployed_days"].met == (days < 180)


def test_a_suspension_moves_the_day_and_without_a_status_there_is_none() -> None:
    job = Event(EventKind.JOB, D + 10 * DAY, D + 39 * DAY, yearly_pay=20_000)
    found = answers([DID, job], D + 400 * DAY)["long_term_unemployed_days"]
    assert (found.met, found.counted, found.from_day) == (True, 371, D + 395 * DAY)
    running = answers([DID, Event(EventKind.JOB, D + 10 * DAY, None)], D + 20 * DAY)
    assert (running["long_term_unemployed_days"].met, running["long_term_unemployed_days"].from_day) == (False, None)
    none = answers([], D)
    assert [none[key].met for key in ("gol_long_term_unemployed_days", "dul_phase_five_max_unemployed_days")] == [
        False,
        False,
    ]


def test_without_regular_pay_needs_no_declaration_and_short_jobs_do_not_break_it() -> None:
    long_job = Event(EventKind.JOB, date(2024, 1, 1), date(2024, 12, 31), yearly_pay=20_000)
    short_job = Event(EventKind.JOB, date(2025, 2, 1), date(2025, 4, 30), yearly_pay=20_000)
    for day, met in ((date(2025, 6, 30), False), (date(2025, 7, 1), True)):
        found = answers([long_job, short_job], day)
        assert found["no_regular_pay_months_disadvantaged"].met == met
        assert found["no_regular_pay_months_disadvantaged"].from_day == date(2025, 7, 1)
        assert not found["no_regular_pay_months_severely_disadvantaged"].met
    assert answers([long_job], date(2025, 7, 1))["no_regular_pay_months_disadvantaged"].counted == 6
    assert answers([short_job], D + 400 * DAY)["no_regular_pay_months_severely_disadvantaged"].met is True


def test_who_told_no_work_gives_no_answer_about_it() -> None:
    found = answers([DID], D + 400 * DAY)["no_regular_pay_months_disadvantaged"]
    assert (found.met, found.counted, found.from_day) == (None, None, None)


@pytest.mark.parametrize(("pay", "met"), [(5500, True), (5501, False), (None, False)])
def test_own_work_breaks_it_above_its_limit(pay: int | None, met: bool) -> None:
    own = Event(EventKind.SELF_EMPLOYMENT, D, None, yearly_pay=pay)
    assert answers([own], D + 30 * DAY)["no_regular_pay_months_disadvantaged"].met == met


def test_rules_not_yet_in_force_give_no_answer() -> None:
    assert "gol_long_term_unemployed_days" not in answers([], date(2020, 1, 1))


@pytest.mark.parametrize(
    ("last", "day"), [(date(2024, 8, 30), date(2025, 2, 28)), (date(2024, 9, 29), date(2025, 3, 30))]
)
def test_months_end_with_their_month(last: date, day: date) -> None:
    job = Event(EventKind.JOB, date(2024, 1, 1), last, yearly_pay=20_000)
    assert answers([job], D)["no_regular_pay_months_disadvantaged"].from_day == day
