"""Dated hints on hiring incentives: which hold on a day, which soon end, which concern a kind of contract. Pure.

The rows are data (`employers/data/incentives.csv`, see the README beside it).
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path


@dataclass(frozen=True)
class Incentive:
    """One hint. `contracts` and `hours` are codes, empty for all; `valid_to` is the last day, None while no act ends it."""

    code: str
    name: str
    name_en: str
    concerns: str
    concerns_en: str
    amount: str
    amount_en: str
    contracts: frozenset[str]
    hours: frozenset[str]
    valid_from: date
    valid_to: date | None
    citation: str
    indicative: bool

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def concerns_job(self, *, contract: str, hours: str) -> bool:
        """Whether a job of that contract and those hours may have it; what a job does not say yet excludes nothing."""
        return (not contract or not self.contracts or contract in self.contracts) and (
            not hours or not self.hours or hours in self.hours
        )


def load_incentives(folder: Path) -> tuple[Incentive, ...]:
    """The rows of the file, in its order."""
    with (folder / "incentives.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_incentives(csv.DictReader(lines)))


def _incentives(rows: Iterable[dict[str, str]]) -> Iterator[Incentive]:
    for row in rows:
        yield Incentive(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            concerns=row["concerns"],
            concerns_en=row["concerns_en"],
            amount=row["amount"],
            amount_en=row["amount_en"],
            contracts=frozenset(row["contracts"].split("|")) - {""},
            hours=frozenset(row["hours"].split("|")) - {""},
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            citation=row["citation"],
            indicative=row["indicative"] == "true",
        )


def ending(incentives: Iterable[Incentive], *, on: date, within_days: int) -> list[Incentive]:
    """Those that hold on the day and end within so many days, the first to end first."""
    last = on + timedelta(days=within_days)
    near = [(row.valid_to, row) for row in incentives if row.holds_on(on) and row.valid_to and row.valid_to <= last]
    return [row for _end, row in sorted(near, key=lambda found: (found[0], found[1].code))]
