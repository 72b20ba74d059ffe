"""An attacker with linear programs: how closely what is told of a territory bounds what is hidden.

The attacker reads every edition of every area and each earlier version, knows that counts are not negative, that parts add up, and,
for free, how many people are counted in two municipalities. What they reckon is exact: each hidden count lies somewhere from the
least to the largest value that all told numbers allow (HiGHS, through scipy).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from reports.indicators.counting import Counts, dimensions_of, members_of, refined_in
from reports.indicators.cube import Disclosure
from reports.indicators.layers import Told
from reports.indicators.measures import Measure
from reports.protect import Cell, Geography, Vector
from reports.rules import ALONE, Dimension


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

    def know_more(self, level: str, terms: Mapping[tuple[str, int], int]) -> str:
        """A sum of counts, each by its level and position so many times, is in every place not negative: a level by itself."""
        self.add_level(level, 1)
        for place in self.geography.order:
            row = {self.unknowns[name, place, i]: float(times) for (name, i), times in terms.items()}
            self.know(row | {self.unknowns[level, place, 0]: -1.0}, 0)
        return level

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


@dataclass(frozen=True)
class Published:
    """A measure with its true counts and what is told of them; `dominated` are the areas of which one employer has nearly all."""

    measure: Measure
    counts: Counts
    told: Told
    dominated: frozenset[str] = frozenset()


AS_MANY_AS: Final = {"referrals": "people_referred", "services": "served_people", "contracts": "people_placed"}
"""Things of which each of the people of another measure has at least one."""

Target = tuple[str, dict[int, float], int]
"""What is attacked: its name, its unknowns, and how wide its bounds have to be."""


def holes_in(published: Sequence[Published], geography: Geography, *, rules: Disclosure, step: int) -> list[str]:
    """Hidden cells of some measures that the attacker bounds closer than their threshold, trying every `step`-th of them.

    Each measure with `part_of` is a part of the one of that name, or of its total; what is left of the whole is attacked as well, where the whole is
    told, and so is what is left where a member is a part of a sum of measures (`leaves`). Things are at least as many as their people.
    Of durations the attacker knows what is told of the counts under them; what days say is judged by tests of their own. Of the steps
    of a public outcome everybody knows the most that they can be: a small one must be as open as it is to who reads nothing else.
    """
    attack = Attack(geography)
    where: dict[Cell, tuple[str, int]] = {}
    for each in published:
        where |= _levels(attack, each)
    hidden: list[Target] = []
    for each in published:
        threshold = rules.threshold_of(each.measure)
        for area, cells in each.told.items():
            # Of the areas that have no long lists nothing is told, and all of it may be reckoned.
            long_list = dict.fromkeys(
                c for c in where if each.measure.only_wide and c[:2] == (each.measure.key, Dimension.SKILL)
            )
            for cell, number in (long_list | cells).items():
                if cell not in where:
                    continue
                level, i = where[cell]
                if number is None:
                    # Of two measures a large count may be reckoned that is hidden: it could be told, and then nothing small follows.
                    true, is_dominated = each.counts[area][cell], area in each.dominated and not cell.dimension
                    room = _room(each, area, cell, threshold)
                    if room and (len(published) == 1 or 0 < true < threshold or is_dominated):
                        hidden.append((f"{area} {cell}", attack.cell(level, area, i), room))
                else:
                    singles = (geography.singles[place].key for place in geography.areas[area].places)
                    attack.know(attack.cell(level, area, i), sum(each.counts[key][cell] for key in singles))
    if len(published) > 1:
        hidden += _rests(attack, published, where, rules)
        hidden += _left(attack, published, where, rules)
        _know_things(attack, where)
    return [name for name, target, room in hidden[::step] if is_narrow(attack.bounds_of(target), room)]


def _room(each: Published, area: str, cell: Cell, threshold: int) -> int:
    """How far apart the bounds of a hidden count must be; 0 for a large one under a public total, which could be told."""
    if not each.measure.is_public:
        return threshold
    (outcome,) = (of for of, steps in each.measure.refined.items() if cell.member in steps)
    known = each.counts[area][Cell(cell.measure, Dimension.OUTCOME, outcome)]
    return min(threshold, known) if each.counts[area][cell] < threshold else 0


def _levels(attack: Attack, each: Published) -> dict[Cell, tuple[str, int]]:
    """The unknowns of a measure: where each of its cells stands."""
    key = each.measure.key
    attack.add_level(key, 1)
    where = {Cell(key): (key, 0)}
    for dimension in dimensions_of(each.measure):
        level = f"{key} {dimension}"
        if dimension in ALONE:
            members: Sequence[str] = sorted({c.member for c in each.told["whole"] if c.dimension == dimension})
            attack.add_level(level, len(members))
        else:
            members = members_of(each.measure, dimension)
            attack.add_level(level, len(members))
            attack.know_sums(level, len(members), key)
        where |= {Cell(key, dimension, member): (level, i) for i, member in enumerate(members)}
    for dimension, member, steps in refined_in(each.measure):
        level = f"{key} {member}"
        attack.add_level(level, len(steps))
        position = members_of(each.measure, dimension).index(member)
        attack.know_sums(level, len(steps), f"{key} {dimension}", position)
        where |= {Cell(key, Dimension.STEP, step): (level, i) for i, step in enumerate(steps)}
    return where


def _know_things(attack: Attack, where: Mapping[Cell, tuple[str, int]]) -> None:
    """In every place no fewer things than people, in all and of each sex."""
    for cell in where:
        people = cell._replace(measure=AS_MANY_AS.get(cell.measure, ""))
        if people in where:
            attack.know_more(f"more of {cell}", {where[cell]: 1, where[people]: -1})


def _left(
    attack: Attack, published: Sequence[Published], where: Mapping[Cell, tuple[str, int]], rules: Disclosure
) -> list[Target]:
    """That a member is a part of a sum of measures becomes known; found are the few who are left of it, or nobody."""
    counts = {each.measure.key: each.counts for each in published}
    found = []
    for each in published:
        for part in where:
            whole = each.measure.leaves.get(part.member, {})
            if part.measure != each.measure.key or not whole or any(Cell(key) not in where for key in whole):
                continue
            left = attack.know_more(
                f"left of {part}", {where[Cell(k)]: n for k, n in whole.items()} | {where[part]: -1}
            )
            threshold = rules.threshold_of(each.measure)
            for area in attack.geography.areas:
                held = sum(n * counts[key][area][Cell(key)] for key, n in whole.items())
                # Of few everybody reckons anyway how few can be left.
                if held >= threshold > held - each.counts[area][part]:
                    found.append((f"{area} {left}", attack.cell(left, area, 0), threshold))
    return found


def _rests(
    attack: Attack, published: Sequence[Published], where: Mapping[Cell, tuple[str, int]], rules: Disclosure
) -> list[Target]:
    """That no rest of a whole is negative becomes known; found are the small rests, which nobody may know."""
    found = []
    wholes = {each.measure.key: each for each in published}
    for each in published:
        whole = wholes.get(each.measure.part_of)
        for cell in where if whole else ():
            of = Cell(each.measure.part_of) if cell.dimension in ALONE else cell._replace(measure=each.measure.part_of)
            if whole is None or cell.measure != each.measure.key or of not in where:
                continue
            if ALONE.intersection(each.measure.dimensions) and cell.dimension not in ALONE:
                continue  # a sum of members that share people
            rest = attack.know_more(f"rest of {cell}", {where[of]: 1, where[cell]: -1})
            for area in attack.geography.areas:
                if 0 < whole.counts[area][of] - each.counts[area][cell] < rules.threshold_of(each.measure):
                    found.append((f"{area} {rest}", attack.cell(rest, area, 0), rules.threshold_of(each.measure)))
    return found
