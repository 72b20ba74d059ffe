"""The duty towards targeted placement in words, with the law beside it."""

from datetime import date
from typing import Any

from employers.engine.quota import Quota, Rules, Staff
from sportello.reference.models import RuleParameter
from sportello.reference.rules import parameters

KEYS = (
    "first_staff",
    "second_staff",
    "percent_staff",
    "percent",
    "families_first_staff",
    "families_percent_staff",
    "families_percent",
    "rounding_percent",
)


def quota_rules(*, on: date) -> tuple[Rules, list[RuleParameter], date]:
    """The numbers in force on the day, their rows for people to read, and the next day of the yearly return.

    Raises MissingParameterError.
    """
    rows = parameters(*(f"quota_{key}" for key in KEYS), "quota_return_day", on=on)
    day, month = rows["quota_return_day"].value
    this_year = date(on.year, month, day)
    due_on = this_year if this_year >= on else date(on.year + 1, month, day)
    return Rules(**{key: int(rows[f"quota_{key}"].value) for key in KEYS}), list(rows.values()), due_on


def as_data(
    staff: Staff, quota: Quota, rules: list[RuleParameter], due_on: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was told and what followed, as JSON."""
    told = {name: float(value) if "hours" in name else value for name, value in vars(staff).items()}
    verdict = {
        **vars(quota),
        "return_due_on": due_on.isoformat(),
        "rules": [{"key": rule.key, "value": rule.value, "citation": rule.citation} for rule in rules],
    }
    return told, verdict
