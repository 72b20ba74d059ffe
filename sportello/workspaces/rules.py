"""Pure judgements of pages that join several rooms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from employers.queries.settlements import Demand


@dataclass(frozen=True)
class MonthGap:
    """From a month on `headcount` more people are needed, `total` with those of before; `gap` of them are not on file."""

    month: date
    headcount: int
    total: int
    gap: int


@dataclass(frozen=True)
class GroupGap:
    """People needed in a group of occupations beside those who look for such a job.

    `people` is None where they are too few to be told; the gaps are then the least they can be.
    """

    group: str
    headcount: int
    people: int | None
    gap: int
    months: tuple[MonthGap, ...]


def gaps(demands: Iterable[Demand], people: Mapping[str, int], *, threshold: int) -> list[GroupGap]:
    """The gap of each group, the widest first; a count of people between 1 and `threshold` - 1 is not told.

    A month's gap is what all forecasts up to it lack: the same people cannot be hired twice.
    """
    by_group: dict[str, dict[date, int]] = {}
    for demand in demands:
        months = by_group.setdefault(demand.group, {})
        months[demand.month] = months.get(demand.month, 0) + demand.headcount
    found = [_gap(group, sorted(months.items()), people.get(group, 0), threshold) for group, months in by_group.items()]
    return sorted(found, key=lambda g: (-g.gap, g.group))


def _gap(group: str, months: list[tuple[date, int]], people: int, threshold: int) -> GroupGap:
    is_hidden = 0 < people < threshold
    # Whoever reads the gap could subtract: it is reckoned with the most that the hidden number can be.
    reckoned = threshold - 1 if is_hidden else people
    totals = accumulate(headcount for _month, headcount in months)
    rows = tuple(
        MonthGap(month, headcount, total, max(0, total - reckoned))
        for (month, headcount), total in zip(months, totals, strict=True)
    )
    return GroupGap(group, rows[-1].total, None if is_hidden else people, rows[-1].gap, rows)
