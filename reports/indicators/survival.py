"""How long something lasts when some of it is not over yet (Kaplan and Meier, 1958)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

Spells = Mapping[tuple[int, bool], int]
"""How many lasted so many days, by whether they are over. One that is not over has lasted at least so long."""

_ALMOST = 1e-9
"""What a product of fractions may lose: a half that was multiplied together is still a half."""


@dataclass(frozen=True)
class Step:
    """After `day` days the share `lasting`, from 0 to 1, still lasts; `ended` units of all were over by then."""

    day: int
    lasting: float
    ended: int


@dataclass(frozen=True)
class Curve:
    """The share that still lasts, day after day: it falls on each day on which something ended."""

    spells: Spells
    total: int
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, spells: Spells) -> "Curve":
        total = at_risk = sum(spells.values())
        lasting, ended, steps = 1.0, 0, []
        for day, rows in groupby(sorted(spells.items()), key=lambda row: row[0][0]):
            numbers = {is_over: number for (_day, is_over), number in rows}
            if over := numbers.get(True, 0):
                # Who was last seen on a day was still there when others ended on it.
                lasting *= 1 - over / at_risk
                ended += over
                steps.append(Step(day, lasting, ended))
            at_risk -= sum(numbers.values())
        return cls(spells, total, tuple(steps))

    def quantile(self, percent: int) -> Step | None:
        """The first step by which so many percent were over; None where fewer were."""
        return next((step for step in self.steps if step.lasting <= 1 - percent / 100 + _ALMOST), None)

    def lasting_after(self, days: int) -> float:
        """The share, from 0 to 1, that lasts longer than so many days."""
        return next((step.lasting for step in reversed(self.steps) if step.day <= days), 1.0)

    def beyond(self, days: int) -> int:
        """How many units are known to have lasted longer than so many days."""
        return sum(number for (lasted, _is_over), number in self.spells.items() if lasted > days)
