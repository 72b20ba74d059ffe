"""Hints on incentives as people read them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from employers.engine.incentives import Incentive, ending
from employers.rules import incentives


@dataclass(frozen=True)
class Hint:
    """One incentive in the reader's language."""

    row: Incentive
    name: str
    concerns: str
    amount: str


def _hint(row: Incentive) -> Hint:
    if (get_language() or "").startswith("en"):
        return Hint(row, row.name_en, row.concerns_en, row.amount_en)
    return Hint(row, row.name, row.concerns, row.amount)


def hints(*, on: date, contract: str = "", hours: str = "") -> list[Hint]:
    """What holds on the day, for a job of that contract and those hours where they are given; what has ended is gone by itself."""
    return [_hint(row) for row in incentives() if row.holds_on(on) and row.concerns_job(contract=contract, hours=hours)]


def ending_hints(*, on: date, within_days: int) -> list[Hint]:
    """What ends soon, the nearest end first."""
    return [_hint(row) for row in ending(incentives(), on=on, within_days=within_days)]
