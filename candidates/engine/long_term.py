"""Long-term unemployment: one dated rule for each programme, never one boolean.

Some count the days of the status, others the months without regularly paid work, which need no declaration (D.M. 17 October 2017).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from candidates.engine.events import WORK, Event, EventKind
from candidates.engine.unemployment import (
    COUNTED,
    DAY,
    EMPLOYEE_LIMIT,
    SELF_EMPLOYED_LIMIT,
    Rule,
    Rules,
    Verdict,
    rule_on,
)

AT_LEAST_DAYS: Final = ("long_term_unemployed_days", "gol_long_term_unemployed_days")
"""Reached with so many days of the status."""

FEWER_DAYS: Final = ("dul_phase_five_max_unemployed_days",)
"""Met with fewer days: here long unemployment excludes."""

MONTHS_WITHOUT_REGULAR_PAY: Final = (
    "no_regular_pay_months_disadvantaged",
    "no_regular_pay_months_severely_disadvantaged_with_condition",
    "no_regular_pay_months_severely_disadvantaged",
)

REGULAR_JOB_MONTHS: Final = 6
"""A subordinate job of so many months is regularly paid work: part of the definition in D.M. 17 October 2017, lett. a)."""


@dataclass(frozen=True)
class LongTerm:
    """What one rule says on the day: `counted` days or months of the `rule.value` asked; `from_day` is when it is or would be met.

    `met` and `counted` are None when nothing on file tells the work that the rule asks about.
    """

    rule: Rule
    met: bool | None
    counted: int | None
    from_day: date | None


def long_term(verdict: Verdict, rules: Rules) -> list[LongTerm]:
    """One answer for each rule that was in force on the day of the verdict."""
    found = []
    for key in AT_LEAST_DAYS:
        if rule := _in_force(rules, key, verdict.on):
            lacking = rule.value - verdict.seniority_days
            counts = verdict.state in COUNTED
            day = verdict.on + lacking * DAY if counts and lacking > 0 else _day_number(verdict, rule.value)
            found.append(LongTerm(rule, verdict.declared is not None and lacking <= 0, verdict.seniority_days, day))
    for key in FEWER_DAYS:
        if rule := _in_force(rules, key, verdict.on):
            met = verdict.declared is not None and verdict.seniority_days < rule.value
            found.append(LongTerm(rule, met, verdict.seniority_days, verdict.declared if met else None))
    last = _last_regular_day(verdict.events, verdict.on, rules)
    worked = any(event.kind in WORK for event in verdict.events)
    for key in MONTHS_WITHOUT_REGULAR_PAY:
        if rule := _in_force(rules, key, verdict.on):
            if last is None:
                found.append(LongTerm(rule, True if worked else None, rule.value if worked else None, None))
            else:
                day = last + DAY + relativedelta(months=rule.value)
                found.append(LongTerm(rule, day <= verdict.on, _whole_months(last + DAY, verdict.on), day))
    return found


def _in_force(rules: Rules, key: str, day: date) -> Rule | None:
    for rule in rules.get(key, ()):
        if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
            return rule
    return None


def _day_number(verdict: Verdict, number: int) -> date | None:
    """The day that was the `number`th of the status as it stands."""
    for period in verdict.periods:
        if verdict.declared is None or period.declared != verdict.declared:
            continue
        if period.state in COUNTED:
            if number <= period.days:
                return period.begins + timedelta(days=number - 1)
            number -= period.days
    return None


def _last_regular_day(events: Iterable[Event], on: date, rules: Rules) -> date | None:
    """The last day, up to `on`, of work that counts as regularly paid; None without any."""
    days = [
        min(last, on) for first, last in _jobs(events) if first + relativedelta(months=REGULAR_JOB_MONTHS) <= last + DAY
    ]
    limits = {EventKind.SELF_EMPLOYMENT: SELF_EMPLOYED_LIMIT, EventKind.COLLABORATION: EMPLOYEE_LIMIT}
    for event in events:
        if event.kind in limits:
            limit = rule_on(rules, limits[event.kind], event.begins).value
            if event.yearly_pay is None or event.yearly_pay > limit:
                days.append(min(event.ends or on, on))
    return max(days, default=None)


def _jobs(events: Iterable[Event]) -> list[tuple[date, date]]:
    """First and last day of each stretch of subordinate work; one that goes on has no end in sight."""
    stretches: list[tuple[date, date]] = []
    for event in sorted((e for e in events if e.kind == EventKind.JOB), key=lambda e: e.begins):
        last = event.ends or date.max - DAY
        if stretches and event.begins <= stretches[-1][1] + DAY:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], last))
        else:
            stretches.append((event.begins, last))
    return stretches


def _whole_months(first: date, on: date) -> int:
    months = max(0, (on.year - first.year) * 12 + on.month - first.month)
    return months if first + relativedelta(months=months) <= on else max(0, months - 1)
