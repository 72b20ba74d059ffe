"""The status counted by hand, and what must hold of every life."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.engine.events import WORK, Event, EventKind
from candidates.engine.unemployment import Cause, Rule, Rules, State, Verdict, judge, rule_on
from tests.candidates.engine.rules import RULES

DAY = timedelta(days=1)


def did(day: date, kind: EventKind = EventKind.DID) -> Event:
    return Event(kind, day, day)


def job(first: date, last: date | None, pay: int | None = 20_000, kind: EventKind = EventKind.JOB) -> Event:
    return Event(kind, first, last, yearly_pay=pay)


def stands(verdict: Verdict) -> tuple[State, int, int]:
    return verdict.state, verdict.seniority_days, verdict.suspended_days


D = date(2025, 1, 1)


def test_before_any_declaration_there_is_no_status() -> None:
    assert judge([], D, RULES) == judge([did(D + DAY)], D, RULES)
    verdict = judge([job(D, None)], D + 30 * DAY, RULES)
    assert (verdict.state, verdict.since, verdict.periods) == (State.NONE, None, ())


@pytest.mark.parametrize(
    ("declared", "day", "days"),
    [
        (date(2025, 1, 1), date(2025, 1, 1), 1),
        (date(2025, 1, 1), date(2025, 12, 31), 365),
        (date(2025, 1, 1), date(2026, 1, 1), 366),
        (date(2024, 1, 1), date(2024, 12, 31), 366),  # a leap year
        (date(2024, 2, 29), date(2025, 2, 28), 366),
    ],
)
def test_the_day_of_the_declaration_is_the_first(declared: date, day: date, days: int) -> None:
    verdict = judge([did(declared)], day, RULES)
    assert stands(verdict) == (State.ACTIVE, days, 0)
    assert (verdict.declared, verdict.since) == (declared, declared)


def test_the_day_of_a_revocation_does_not_count_and_a_new_declaration_begins_anew() -> None:
    events = [did(D), did(D + 10 * DAY, EventKind.REVOCATION)]
    assert stands(judge(events, D + 9 * DAY, RULES)) == (State.ACTIVE, 10, 0)
    assert stands(judge(events, D + 10 * DAY, RULES)) == (State.LAPSED, 0, 0)
    again = judge([*events, did(D + 20 * DAY)], D + 21 * DAY, RULES)
    assert (stands(again), again.declared) == ((State.ACTIVE, 2, 0), D + 20 * DAY)


def test_revoked_and_declared_again_on_one_day_begins_anew() -> None:
    events = [did(D), did(D + 10 * DAY, EventKind.REVOCATION), did(D + 10 * DAY)]
    again = judge(events, D + 11 * DAY, RULES)
    assert (stands(again), again.declared) == ((State.ACTIVE, 2, 0), D + 10 * DAY)


def test_a_second_declaration_changes_nothing() -> None:
    assert stands(judge([did(D), did(D + 30 * DAY)], D + 59 * DAY, RULES)) == (State.ACTIVE, 60, 0)


def test_the_first_and_the_last_day_of_a_job_suspend() -> None:
    events = [did(D), job(D + 10 * DAY, D + 19 * DAY)]
    assert stands(judge(events, D + 9 * DAY, RULES)) == (State.ACTIVE, 10, 0)
    assert stands(judge(events, D + 10 * DAY, RULES)) == (State.SUSPENDED, 10, 1)
    assert stands(judge(events, D + 19 * DAY, RULES)) == (State.SUSPENDED, 10, 10)
    back = judge(events, D + 20 * DAY, RULES)
    assert (stands(back), back.since) == ((State.ACTIVE, 11, 10), D + 20 * DAY)
    assert [(p.state, p.cause, p.days) for p in back.periods] == [
        (State.ACTIVE, Cause.DECLARED, 10),
        (State.SUSPENDED, Cause.WORKING_UP_TO_THE_LIMIT_OF_DAYS, 10),
        (State.ACTIVE, Cause.BACK_FROM_WORK, 1),
    ]


def test_a_job_of_180_days_suspends_and_its_181st_day_ends_the_status() -> None:
    exact = [did(D), job(D, D + 179 * DAY)]
    assert stands(judge(exact, D + 179 * DAY, RULES)) == (State.SUSPENDED, 0, 180)
    assert stands(judge(exact, D + 180 * DAY, RULES)) == (State.ACTIVE, 1, 180)
    longer = [did(D), job(D, D + 180 * DAY)]
    assert judge(longer, D + 179 * DAY, RULES).lapses_on == D + 180 * DAY
    lapsed = judge(longer, D + 180 * DAY, RULES)
    assert (stands(lapsed), lapsed.since, lapsed.declared) == ((State.LAPSED, 0, 0), D + 180 * DAY, None)
    assert judge(longer, D + 400 * DAY, RULES).state == State.LAPSED


def test_jobs_that_touch_are_one_and_a_day_between_them_begins_anew() -> None:
    touching = [did(D), job(D, D + 99 * DAY), job(D + 100 * DAY, D + 199 * DAY)]
    assert judge(touching, D + 180 * DAY, RULES).state == State.LAPSED
    apart = [did(D), job(D, D + 99 * DAY), job(D + 101 * DAY, D + 199 * DAY)]
    assert stands(judge(apart, D + 199 * DAY, RULES)) == (State.SUSPENDED, 1, 199)
    overlapping = [did(D), job(D, D + 99 * DAY), job(D + 50 * DAY, D + 149 * DAY)]
    assert stands(judge(overlapping, D + 150 * DAY, RULES)) == (State.ACTIVE, 1, 150)


@pytest.mark.parametrize(("day", "limit"), [(date(2020, 6, 1), 8145), (date(2023, 6, 1), 8174)])
def test_pay_within_the_limit_of_its_year_conserves_from_the_first_day(day: date, limit: int) -> None:
    assert stands(judge([did(day), job(day, None, limit)], day + 60 * DAY, RULES)) == (State.CONSERVED, 61, 0)
    assert stands(judge([did(day), job(day, None, limit + 1)], day + 60 * DAY, RULES)) == (State.SUSPENDED, 0, 61)


def test_pays_of_one_time_are_summed() -> None:
    half = [did(D), job(D, None, 5000)]
    assert judge(half, D, RULES).state == State.CONSERVED
    assert judge([*half, job(D, None, 5000)], D, RULES).state == State.SUSPENDED
    own = job(D, None, 3000, EventKind.SELF_EMPLOYMENT)
    assert judge([did(D), own, job(D, None, 5000)], D, RULES).state == State.CONSERVED


def test_work_without_a_bond_conserves_or_ends() -> None:
    def by(pay: int | None, kind: EventKind) -> State:
        return judge([did(D), job(D + DAY, None, pay, kind)], D + DAY, RULES).state

    assert by(5500, EventKind.SELF_EMPLOYMENT) == State.CONSERVED
    assert by(5501, EventKind.SELF_EMPLOYMENT) == State.LAPSED
    assert by(8500, EventKind.COLLABORATION) == State.CONSERVED
    assert by(8501, EventKind.COLLABORATION) == State.LAPSED


def test_a_pay_that_nobody_told_is_taken_as_above_the_limit_and_said() -> None:
    verdict = judge([did(D), job(D, D + 3 * DAY, None)], D, RULES)
    assert (verdict.state, verdict.periods[-1].pay_unknown) == (State.SUSPENDED, True)
    assert not judge([did(D), job(D, None, 1)], D, RULES).periods[-1].pay_unknown


@pytest.mark.parametrize("kind", [EventKind.INTERNSHIP, EventKind.PUBLIC_UTILITY])
def test_internships_and_public_utility_change_nothing(kind: EventKind) -> None:
    alone = judge([did(D)], D + 300 * DAY, RULES)
    beside = judge([did(D), job(D, None, None, kind)], D + 300 * DAY, RULES)
    assert (stands(beside), beside.since) == (stands(alone), alone.since)


def test_an_explicit_suspension_does_not_count_and_never_ends_the_status() -> None:
    events = [did(D), Event(EventKind.SUSPENSION, D + 10 * DAY, D + 309 * DAY)]
    assert stands(judge(events, D + 310 * DAY, RULES)) == (State.ACTIVE, 11, 300)


def test_a_claim_for_the_benefit_is_a_declaration_with_a_shorter_term() -> None:
    verdict = judge([did(D, EventKind.NASPI_CLAIM)], D, RULES)
    assert verdict.state == State.ACTIVE
    assert [(d.due, d.met) for d in verdict.deadlines] == [(D + 15 * DAY, None)]
    late = judge([did(D), did(D + 31 * DAY, EventKind.DID_VALIDATION)], D + 31 * DAY, RULES)
    assert [(d.due, d.met) for d in late.deadlines] == [(D + 30 * DAY, False)]
    timely = judge([did(D), did(D + 30 * DAY, EventKind.DID_VALIDATION)], D + 99 * DAY, RULES)
    assert [d.met for d in timely.deadlines] == [True]


def test_every_rule_used_is_cited_once() -> None:
    verdict = judge([did(D), job(D, D + 9 * DAY), job(D + 20 * DAY, None)], D + 30 * DAY, RULES)
    keys = [rule.key for rule in verdict.rules]
    assert sorted(keys) == sorted(set(keys))
    assert {"unemployment_suspension_max_days", "unemployment_income_limit_employee", "did_contact_days"} == set(keys)


def test_before_its_first_version_a_rule_holds_as_in_the_first() -> None:
    assert rule_on(RULES, "unemployment_income_limit_employee", date(2010, 1, 1)).value == 8145
    rules: Rules = {
        "k": (Rule("k", 1, date(2020, 1, 1), date(2020, 12, 31), "a"), Rule("k", 2, date(2021, 1, 1), None, "b"))
    }
    assert [rule_on(rules, "k", date(2020, 12, 31) + n * DAY).value for n in (0, 1)] == [1, 2]


spells = st.builds(
    lambda kind, start, length, pay: Event(
        kind, D + start * DAY, None if length is None else D + (start + length) * DAY, yearly_pay=pay
    ),
    st.sampled_from(sorted(WORK | {EventKind.INTERNSHIP, EventKind.SUSPENSION})),
    st.integers(-100, 600),
    st.none() | st.integers(0, 400),
    st.sampled_from([None, 0, 3000, 6000, 9000, 30_000]),
)
moments = st.builds(
    lambda kind, start: did(D + start * DAY, kind),
    st.sampled_from([EventKind.DID, EventKind.NASPI_CLAIM, EventKind.REVOCATION, EventKind.DID_VALIDATION]),
    st.integers(-100, 600),
)
lives = st.lists(spells | moments, max_size=8).map(
    lambda events: [replace(event, number=number) for number, event in enumerate(events, start=1)]
)


@given(lives, st.integers(-50, 900), st.randoms())
@settings(max_examples=300)
def test_the_days_add_up_and_their_order_does_not_matter(events: list[Event], after: int, chance: object) -> None:
    on = D + after * DAY
    verdict = judge(events, on, RULES)
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge(shuffled, on, RULES) == verdict
    assert verdict.seniority_days >= 0
    assert verdict.suspended_days >= 0
    for before, period in zip(verdict.periods, verdict.periods[1:], strict=False):
        assert before.ends + DAY == period.begins
    if verdict.periods:
        assert verdict.periods[-1].ends == on
        assert verdict.since is not None
    if verdict.declared is not None:
        assert verdict.seniority_days + verdict.suspended_days == (on - verdict.declared).days + 1
    else:
        assert (verdict.seniority_days, verdict.suspended_days) == (0, 0)
        assert verdict.state in (State.NONE, State.LAPSED)


@given(lives, st.integers(0, 900))
@settings(max_examples=200)
def test_a_day_more_adds_a_day_or_ends_the_status(events: list[Event], after: int) -> None:
    today, tomorrow = (judge(events, D + n * DAY, RULES) for n in (after, after + 1))
    grown = tomorrow.seniority_days + tomorrow.suspended_days
    if tomorrow.declared is None:
        assert grown == 0
    elif tomorrow.declared == today.declared:
        assert grown == today.seniority_days + today.suspended_days + 1
    else:
        assert grown == 1


@given(lives, st.integers(0, 900), st.integers(1, 300))
@settings(max_examples=200)
def test_a_job_split_in_two_adjacent_ones_is_the_same_job(events: list[Event], after: int, cut: int) -> None:
    on = D + after * DAY
    split: list[Event] = []
    for event in events:
        middle = event.begins + cut * DAY
        if event.kind == EventKind.JOB and event.runs_on(middle):
            split += [replace(event, ends=middle - DAY), replace(event, begins=middle)]
        else:
            split.append(event)
    whole, parts = judge(events, on, RULES), judge(split, on, RULES)
    assert (stands(parts), parts.since, parts.declared) == (stands(whole), whole.since, whole.declared)


@given(lives, st.integers(0, 900))
@settings(max_examples=200)
def test_one_more_internship_never_matters(events: list[Event], after: int) -> None:
    on = D + after * DAY
    internship = Event(EventKind.INTERNSHIP, D, D + 100 * DAY, number=99)
    assert stands(judge([*events, internship], on, RULES)) == stands(judge(events, on, RULES))
