"""The status of unemployment from dated events: days counted as art. 19 D.Lgs. 150/2015 and circular ANPAL 1/2019 say.

Pure: events and dated rules in, a verdict out, with every period, every rule and every input. The desk neither issues the declaration
nor decides the status: the verdict is an indication.

How days are counted. The day of the declaration is the first; the day of a revocation is not counted any more. The first and the last
day of a job are days of the job. A job suspends for as many continuous days as the rule allows, jobs that touch or overlap being one; on
the day after, it ends the status. Work whose pay stays within the limit conserves the status from its first day: its days count, and it
never suspends. Work without a subordinate bond never suspends: above the limit it ends the status on its first day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from candidates.engine.events import DECLARATIONS, WORK, Event, EventKind, in_order

DAY: Final = timedelta(days=1)

SUSPENSION_DAYS: Final = "unemployment_suspension_max_days"
EMPLOYEE_LIMIT: Final = "unemployment_income_limit_employee"
SELF_EMPLOYED_LIMIT: Final = "unemployment_income_limit_self_employed"
CONTACT_DAYS: Final = "did_contact_days"
CONTACT_DAYS_AFTER_CLAIM: Final = "did_contact_days_after_benefit_claim"


class State(StrEnum):
    """Where the person stands on a day; NONE before any declaration."""

    NONE = "none"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CONSERVED = "conserved"
    LAPSED = "lapsed"


COUNTED: Final = frozenset({State.ACTIVE, State.CONSERVED})
"""The states whose days make the seniority."""


class Cause(StrEnum):
    """Why a period is what it is."""

    NO_DECLARATION = "no_declaration"
    DECLARED = "declared"
    BACK_FROM_WORK = "back_from_work"
    WORKING_UP_TO_THE_LIMIT_OF_DAYS = "working_up_to_the_limit_of_days"
    PAY_WITHIN_THE_LIMIT = "pay_within_the_limit"
    SUSPENDED_BY_EVENT = "suspended_by_event"
    WORKING_TOO_LONG = "working_too_long"
    PAY_ABOVE_THE_LIMIT = "pay_above_the_limit"
    REVOKED = "revoked"


_STATE_OF: Final = {
    Cause.PAY_WITHIN_THE_LIMIT: State.CONSERVED,
    Cause.PAY_ABOVE_THE_LIMIT: State.LAPSED,
    Cause.WORKING_UP_TO_THE_LIMIT_OF_DAYS: State.SUSPENDED,
}


@dataclass(frozen=True)
class Rule:
    """A number of the law in force from `valid_from` to `valid_to`, both included."""

    key: str
    value: int
    valid_from: date
    valid_to: date | None
    citation: str
    indicative: bool = False


Rules = Mapping[str, Sequence[Rule]]
"""Key -> its versions, oldest first."""


@dataclass(frozen=True)
class Period:
    """Consecutive days of one state and one cause; `ends` is the last day judged. `events` are numbers of the events behind it;
    `declared` is the day of the declaration it rests on, None once that has lapsed.

    `pay_unknown` says that the pay of a work was not told: it was taken as above the limit, which the desk must check.
    """

    state: State
    cause: Cause
    begins: date
    ends: date
    events: tuple[int, ...]
    rules: tuple[Rule, ...]
    declared: date | None = None
    pay_unknown: bool = False

    @property
    def days(self) -> int:
        return (self.ends - self.begins).days + 1


@dataclass(frozen=True)
class Deadline:
    """A term to meet: the event that starts it, its last day, whether it was met in time; None while nobody knows."""

    rule: Rule
    event: int
    due: date
    met: bool | None


@dataclass(frozen=True)
class Verdict:
    """Where a person stands on the day `on`: `since` that day in the same state, declared on `declared`, with the days that count.

    `lapses_on` is the day on which the status would end if nothing changes. A verdict is an indication.
    """

    on: date
    state: State
    since: date | None
    declared: date | None
    seniority_days: int
    suspended_days: int
    lapses_on: date | None
    periods: tuple[Period, ...]
    deadlines: tuple[Deadline, ...]
    events: tuple[Event, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that the verdict rests on, once, in the order of use."""
        used = [rule for period in self.periods for rule in period.rules] + [d.rule for d in self.deadlines]
        return tuple(dict.fromkeys(used))


def rule_on(rules: Rules, key: str, day: date) -> Rule:
    """The version of a day; before the first one, the first: what came earlier was another law, and the verdict is an indication.

    KeyError for an unknown key.
    """
    versions = rules[key]
    return next((rule for rule in reversed(versions) if rule.valid_from <= day), versions[0])


def judge(events: Iterable[Event], on: date, rules: Rules) -> Verdict:
    """The verdict on a day; later events are not looked at. The order of the events does not matter."""
    known = in_order(event for event in events if event.begins <= on)
    periods = _joined(_walk(known, on, rules))
    last = periods[-1] if periods else None
    declared = last.declared if last else None
    standing = [period for period in periods if declared is not None and period.declared == declared]
    since = None
    for period in reversed(periods):
        if last is None or period.state != last.state:
            break
        since = period.begins
    return Verdict(
        on=on,
        state=last.state if last else State.NONE,
        since=since,
        declared=declared,
        seniority_days=sum(period.days for period in standing if period.state in COUNTED),
        suspended_days=sum(period.days for period in standing if period.state == State.SUSPENDED),
        lapses_on=_lapses_on(periods, known, on, rules),
        periods=tuple(periods),
        deadlines=tuple(_deadlines(known, on, rules)),
        events=tuple(known),
    )


def _walk(events: list[Event], on: date, rules: Rules) -> Iterable[Period]:
    """The periods between the days on which something begins or ends."""
    declared: date | None = None
    cause = Cause.NO_DECLARATION
    worked = 0  # continuous days of the suspension by work
    for begins, after in pairwise(_breaks(events, on, rules)):
        today = [event for event in events if event.begins == begins]
        revoked = [event for event in today if event.kind == EventKind.REVOCATION]
        if declared and revoked:
            declared, cause = None, Cause.REVOKED
        if not declared and any(event.kind in DECLARATIONS for event in today):
            declared, worked, cause = begins, 0, Cause.DECLARED
        if declared:
            stretch = list(_stretch(events, (begins, after - DAY), worked, cause, rules))
            by_work = [p for p in stretch if p.cause == Cause.WORKING_UP_TO_THE_LIMIT_OF_DAYS]
            worked = worked + sum(p.days for p in by_work) if by_work else 0
            for period in stretch:
                yield replace(period, declared=declared if period.state != State.LAPSED else None)
            cause = stretch[-1].cause
            if stretch[-1].state == State.LAPSED:
                declared = None
        elif cause != Cause.NO_DECLARATION:
            yield Period(State.LAPSED, cause, begins, after - DAY, _numbers(revoked), ())


def _stretch(events: list[Event], days: tuple[date, date], worked: int, cause: Cause, rules: Rules) -> Iterable[Period]:
    """What the days from the first to the last of `days` are, on all of which the same work runs, after `worked` days of it on end."""
    begins, last = days
    running = [event for event in events if event.runs_on(begins) and event.kind in WORK]
    if not running:
        pauses = [event for event in events if event.runs_on(begins) and event.kind == EventKind.SUSPENSION]
        if pauses:
            yield Period(State.SUSPENDED, Cause.SUSPENDED_BY_EVENT, begins, last, _numbers(pauses), ())
        else:
            said = [event for event in events if event.begins == begins and event.kind in DECLARATIONS]
            cause = Cause.DECLARED if cause == Cause.DECLARED else Cause.BACK_FROM_WORK
            yield Period(State.ACTIVE, cause, begins, last, _numbers(said), ())
        return
    cause, used, unknown = _judge_work(running, begins, rules)
    period = Period(_STATE_OF[cause], cause, begins, last, _numbers(running), used, pay_unknown=unknown)
    if cause != Cause.WORKING_UP_TO_THE_LIMIT_OF_DAYS:
        yield period
        return
    end = begins + (used[0].value - worked) * DAY
    if end > begins:
        yield replace(period, ends=min(last, end - DAY))
    if end <= last:
        yield replace(period, state=State.LAPSED, cause=Cause.WORKING_TOO_LONG, begins=end)


def _breaks(events: list[Event], on: date, rules: Rules) -> list[date]:
    """Days on which something changes, and the day after the last one judged."""
    days = {event.begins for event in events} | {event.ends + DAY for event in events if event.ends}
    if days:
        first = min(days)
        for key in (SUSPENSION_DAYS, EMPLOYEE_LIMIT, SELF_EMPLOYED_LIMIT):
            days |= {rule.valid_from for rule in rules[key] if rule.valid_from > first}
    return [*sorted(day for day in days if day <= on), on + DAY] if days else []


def _judge_work(running: list[Event], day: date, rules: Rules) -> tuple[Cause, tuple[Rule, ...], bool]:
    """What the work of a day does to the status, the rules used (the decisive one first), whether a pay is unknown."""
    employee, own = rule_on(rules, EMPLOYEE_LIMIT, day), rule_on(rules, SELF_EMPLOYED_LIMIT, day)
    is_own = [event.kind == EventKind.SELF_EMPLOYMENT for event in running]
    limits = (*([employee] if not all(is_own) else []), *([own] if any(is_own) else []))
    unknown = any(event.yearly_pay is None for event in running)
    if not unknown:
        earned = sum(event.yearly_pay or 0 for event in running)
        own_earned = sum(event.yearly_pay or 0 for event, own_work in zip(running, is_own, strict=True) if own_work)
        # Of two kinds of work the wider limit holds for the sum, and its own for the work without a bond.
        if earned <= limits[0].value and own_earned <= own.value:
            return Cause.PAY_WITHIN_THE_LIMIT, limits, False
    if any(event.kind != EventKind.JOB for event in running):
        free = sum(event.yearly_pay or 0 for event in running if event.kind != EventKind.JOB)
        free_unknown = any(event.yearly_pay is None for event in running if event.kind != EventKind.JOB)
        own_free = sum(event.yearly_pay or 0 for event in running if event.kind == EventKind.SELF_EMPLOYMENT)
        if free_unknown or free > limits[0].value or own_free > own.value:
            return Cause.PAY_ABOVE_THE_LIMIT, limits, free_unknown
    return Cause.WORKING_UP_TO_THE_LIMIT_OF_DAYS, (rule_on(rules, SUSPENSION_DAYS, day), *limits), unknown


def _joined(periods: Iterable[Period]) -> list[Period]:
    """Neighbours that say the same become one."""
    joined: list[Period] = []
    for period in periods:
        before = joined[-1] if joined else None
        if before and (before.state, before.cause, before.declared) == (period.state, period.cause, period.declared):
            joined[-1] = replace(
                before,
                ends=period.ends,
                events=tuple(dict.fromkeys(before.events + period.events)),
                rules=tuple(dict.fromkeys(before.rules + period.rules)),
                pay_unknown=before.pay_unknown or period.pay_unknown,
            )
        else:
            joined.append(period)
    return joined


def _lapses_on(periods: list[Period], events: list[Event], on: date, rules: Rules) -> date | None:
    """The day on which the job that suspends would end the status, if it lasts as far as is known."""
    last = periods[-1] if periods else None
    if last is None or last.cause != Cause.WORKING_UP_TO_THE_LIMIT_OF_DAYS:
        return None
    end = last.begins + rule_on(rules, SUSPENSION_DAYS, on).value * DAY
    covered = on
    for event in sorted((e for e in events if e.kind == EventKind.JOB), key=lambda e: e.begins):
        if event.begins <= covered + DAY and (event.ends is None or event.ends > covered):
            covered = event.ends or end
    return end if covered >= end else None


def _deadlines(events: list[Event], on: date, rules: Rules) -> Iterable[Deadline]:
    """Contact with the job centre after each declaration: shorter after a claim for the benefit."""
    done = [event.begins for event in events if event.kind == EventKind.DID_VALIDATION]
    for event in events:
        if event.kind in DECLARATIONS:
            key = CONTACT_DAYS_AFTER_CLAIM if event.kind == EventKind.NASPI_CLAIM else CONTACT_DAYS
            rule = rule_on(rules, key, event.begins)
            due = event.begins + rule.value * DAY
            met = next((day <= due for day in done if day >= event.begins), False if on > due else None)
            yield Deadline(rule, event.number, due, met)


def _numbers(events: Iterable[Event]) -> tuple[int, ...]:
    return tuple(event.number for event in events)
