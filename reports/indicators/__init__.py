"""The figures of the semester report: what each one says, and how they are made from what may be told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reports.indicators.equity import EQUITY
from reports.indicators.fairness import FAIRNESS
from reports.indicators.layers import Told
from reports.indicators.registry import INDICATORS
from reports.indicators.stays import with_turnover
from reports.indicators.work import with_mismatch
from reports.protect import Cell
from reports.rules import Dimension, Indicator

__all__ = ["FROZEN", "INDICATORS", "ProtectedFigure", "cells_of", "figures_of", "told_by"]

FROZEN = (*INDICATORS, *EQUITY, *FAIRNESS)
"""Everything that a freeze keeps; the editions print the first ones."""


@dataclass(frozen=True)
class ProtectedFigure:
    """One figure as it may be kept: without its numbers where it is suppressed."""

    indicator: str
    dimension: str
    member: str
    numerator: int | None
    denominator: int | None

    @property
    def suppressed(self) -> bool:
        return self.numerator is None


def cells_of(indicator: Indicator, dimension: str = "", member: str = "") -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """The cells that a figure's two numbers sum up. "appointments_due.kept" is one outcome of a measure, "followed_3.in_work+worked"
    two of them together, "referrals.step:offer+hired" one of them with a step of another, "contracts.hours:thirty" a member of another
    table under the same total; outcomes have no other breakdown. "searches:months:12" is another cell of a measure, which a breakdown by
    months replaces, while what it is measured against stays the same, as all posts and people do under the skills."""

    def cells(name: str) -> tuple[Cell, ...]:
        measure, _dot, outcomes = name.partition(".")
        if ":" in measure:
            measure, kind, fixed = measure.split(":")
            return (Cell(measure, kind, member if kind == dimension else fixed),)
        if not outcomes:
            is_whole = dimension == Dimension.MONTHS or (dimension == Dimension.SKILL and name == indicator.denominator)
            return (Cell(measure, *("", "") if is_whole else (dimension, member)),) if measure else ()
        parts = (outcome.rpartition(":") for outcome in outcomes.split("+"))
        return tuple(Cell(measure, kind or Dimension.OUTCOME, part) for kind, _colon, part in parts)

    return cells(indicator.numerator), cells(indicator.denominator)


def figures_of(
    told: Told, *, residents: Mapping[str, Mapping[Cell, int]], small_denominator: int
) -> dict[str, list[ProtectedFigure]]:
    """The figures of every area, from what is told of its cells and its residents.

    A rate whose denominator is under `small_denominator` is suppressed; one over nothing, or over residents that nobody counted, is
    left out.
    """
    found = {}
    for area, cells in told.items():
        known = {**with_turnover(with_mismatch(cells)), **residents.get(area, {})}
        found[area] = [
            figure
            for indicator in FROZEN
            for dimension, member in _breakdown(indicator, known)
            if (figure := _figure(indicator, dimension, member, known, small_denominator))
        ]
    return found


def _breakdown(indicator: Indicator, cells: Iterable[Cell]) -> Iterator[tuple[str, str]]:
    # Of members that share people or posts there is no total.
    wanted = (*([Dimension.TOTAL] if indicator.has_total else []), *indicator.dimensions)
    measure = indicator.numerator.partition(".")[0].partition(":")[0]
    yield from sorted((c.dimension, c.member) for c in cells if c.measure == measure and c.dimension in wanted)


def _figure(
    indicator: Indicator, dimension: str, member: str, cells: dict[Cell, int | None], small_denominator: int
) -> ProtectedFigure | None:
    above, under = cells_of(indicator, dimension, member)
    if any(cell not in cells for cell in above):
        return None  # a quantile that was not reached
    numerator, denominator = _sum(cells, above), None
    if under:
        # Residents that nobody counted are none; a rate left out would say that a hidden denominator is zero.
        denominator = _sum(cells, under) if under[0] in cells else 0
        if denominator == 0:
            return None
        if denominator is None or denominator < small_denominator:
            numerator = None
    if numerator is None:
        denominator = None
    return ProtectedFigure(indicator.key, dimension, member, numerator, denominator)


def _sum(cells: Mapping[Cell, int | None], wanted: Iterable[Cell]) -> int | None:
    numbers = [cells[cell] for cell in wanted]
    return None if None in numbers else sum(number for number in numbers if number is not None)


def told_by(figures: Iterable[tuple[str, ProtectedFigure]]) -> Told:
    """What the figures of a freeze, each with its area, tell of the cells that they are made of."""
    by_key = {indicator.key: indicator for indicator in FROZEN}
    sums: dict[str, list[tuple[tuple[Cell, ...], int | None]]] = {}
    for area, figure in figures:
        if figure.indicator in by_key:
            above, under = cells_of(by_key[figure.indicator], figure.dimension, figure.member)
            sums.setdefault(area, []).extend([(above, figure.numerator), (under, figure.denominator)])
    told: Told = {}
    for area, known in sums.items():
        cells = told.setdefault(area, {})
        # From single cells to longer sums: what one sum has more than the cells known before is known as well.
        for group, number in sorted(known, key=lambda row: len(row[0])):
            unknown = [cell for cell in group if cells.get(cell) is None]
            if len(unknown) == 1 and number is not None:
                cells[unknown[0]] = number - sum(cells.get(cell) or 0 for cell in group)
            else:
                cells.update(dict.fromkeys(unknown))
    return told
