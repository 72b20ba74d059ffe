"""An attacker with linear programs: how closely what is told of a territory bounds what is hidden.

The attacker reads every edition of every area and each earlier version, knows that counts are not negative, that parts add up, and,
for free, how many people are counted in two municipalities. What they reckon is exact: each hidden count lies somewhere from the
least to the largest value that all told numbers allow (HiGHS, through scipy).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from reports.indicators.counting import Counts, dimensions_of, members_of
from reports.indicators.cube import Told
from reports.indicators.measures import Measure
from reports.protect import Cell, Geography, Vector


@dataclass
class Attack:
    """Unknown counts: one for each level, place and position. A level's counts sum up to those of its parent level."""

    geography: Geography
    unknowns: dict[tuple[str, str, int], int] = field(default_factory=dict)
    rows: list[dict[int, float]] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)

    def add_level(self, level: str, width: int) -> None:
        for place in self.geography.order:
            for position in range(width):
                self.unknowns[level, place, position] = len(self.unknowns)

    def know_sums(self, level: str, width: int, parent: str, position: int = 0) -> None:
        """The counts of a level add up to one count of its parent, in every place."""
        for place in self.geography.order:
            row = {self.unknowns[level, place, i]: 1.0 for i in range(width)}
            self.know(row | {self.unknowns[parent, place, position]: -1.0}, 0)

    def know_cell(self, level: str, area: str, position: int, truth: Mapping[str, Vector]) -> None:
        """What is told of an area, less the people counted in several of its places."""
        self.know(self.cell(level, area, position), self.apparent(area, position, truth))

    def know(self, row: dict[int, float], total: float) -> None:
        self.rows.append(row)
        self.sums.append(total)

    def cell(self, level: str, area: str, position: int) -> dict[int, float]:
        return {self.unknowns[level, place, position]: 1.0 for place in self.geography.areas[area].places}

    def apparent(self, area: str, position: int, truth: Mapping[str, Vector]) -> int:
        return sum(truth[self.geography.singles[place].key][position] for place in self.geography.areas[area].places)

    def bounds_of(self, target: Mapping[int, float]) -> tuple[float, float]:
        """The least and the largest value of a sum of unknowns; infinite where nothing bounds it."""
        entries = [(r, column, value) for r, row in enumerate(self.rows) for column, value in row.items()]
        number = len(self.unknowns)
        known = None
        if entries:
            r, c, v = zip(*entries, strict=True)
            known = coo_array((v, (r, c)), shape=(len(self.rows), number)).tocsr()
        wanted = np.zeros(number)
        wanted[list(target)] = list(target.values())
        least, largest = (
            linprog(sign * wanted, A_eq=known, b_eq=self.sums or None, bounds=(0, None), method="highs")
            for sign in (1, -1)
        )
        if least.status not in (0, 3) or largest.status not in (0, 3):
            raise ArithmeticError(least.message)
        return (
            float(least.fun) if least.status == 0 else -np.inf,
            -float(largest.fun) if largest.status == 0 else np.inf,
        )


def is_narrow(bounds: Sequence[float], threshold: int) -> bool:
    """Whether the bounds are closer together than the threshold."""
    return bounds[1] - bounds[0] < threshold - 1e-6


def holes_in(
    measure: Measure, counts: Counts, told: Told, geography: Geography, *, threshold: int, step: int
) -> list[str]:
    """Hidden cells of a measure that the attacker bounds closer than the threshold, trying every `step`-th of them."""
    attack = Attack(geography)
    attack.add_level("", 1)
    where = {Cell(measure.key): ("", 0)}
    for dimension in dimensions_of(measure):
        members = members_of(measure, dimension)
        attack.add_level(dimension, len(members))
        attack.know_sums(dimension, len(members), "")
        where |= {Cell(measure.key, dimension, member): (dimension, i) for i, member in enumerate(members)}
    hidden = []
    for area, cells in told.items():
        for cell, number in cells.items():
            if number is None:
                hidden.append((area, cell))
            else:
                level, i = where[cell]
                singles = (geography.singles[place].key for place in geography.areas[area].places)
                attack.know(attack.cell(level, area, i), sum(counts[key][cell] for key in singles))
    return [
        f"{area} {cell}"
        for area, cell in hidden[::step]
        if is_narrow(attack.bounds_of(attack.cell(where[cell][0], area, where[cell][1])), threshold)
    ]
