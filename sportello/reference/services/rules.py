"""A new dated value of a rule: the past stays as it was."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from sportello.core import audit
from sportello.reference.models import RuleParameter


class RuleAlreadyBegun(Exception):
    """A value of this rule begins on that day or later: what has been written is not written over."""


class UnknownRule(Exception):
    """No value of this key was ever loaded: keys come with the program that reads them."""


@audit.service("rule.add")
def add_rule_value(
    *, key: str, value: Any, valid_from: date, citation: str, indicative: bool, by: audit.Actor
) -> RuleParameter:
    """Open a new value from `valid_from`, without end; the one before it ends the day before, its number unchanged.

    The row belongs to this portal: loading the reference files leaves it. Raises UnknownRule, RuleAlreadyBegun.
    """
    rows = list(RuleParameter.objects.select_for_update(of=("self",)).filter(key=key).order_by("valid_from"))
    if not rows:
        raise UnknownRule(key)
    last = rows[-1]
    if last.valid_from >= valid_from:
        raise RuleAlreadyBegun
    if last.valid_to is None or last.valid_to >= valid_from:
        last.valid_to = valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    try:
        with transaction.atomic():
            return RuleParameter.objects.create(
                key=key, value=value, valid_from=valid_from, citation=citation, indicative=indicative, is_local=True
            )
    except IntegrityError as error:  # somebody was quicker
        raise RuleAlreadyBegun from error
