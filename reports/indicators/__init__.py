"""The figures of the semester report: what each one says, and how they are made from what may be told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reports.indicators.cube import Told
from reports.indicators.registry import INDICATORS
from reports.protect import Cell
from reports.rules import Dimension, Indicator

__all__ = ["INDICATORS", "ProtectedFigure", "cells_of", "figures_of", "told_by"]


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
    two of them together; outcomes have no other breakdown."""

    def cells(name: str) -> tuple[Cell, ...]:
        measure, _dot, outcomes = name.partition(".")
        if not outcomes:
            return (Cell(measure, dimension, member),) if measure else ()
        return tuple(Cell(measure, Dimension.OUTCOME, outcome) for outcome in outcomes.split("+"))

    return cells(indicator.numerator), cells(indicator.denominator)


def figures_of(told: Told, *, residents: Mapping[str, int], small_denominator: int) -> dict[str, list[ProtectedFigure]]:
    """The figures of every area, from what is told of its cells and its residents from 15 to 64 years.

    A rate whose denominator is under `small_denominator` is suppressed; one over nothing, or over residents that nobody counted, is
    left out.
    """
    found = {}
    for area, cells in told.items():
        known: dict[Cell, int | None] = {**cells}
        if area in residents:
            known[Cell("residents")] = residents[area]
        found[area] = [
            figure
            for indicator in INDICATORS
            for dimension, member in _breakdown(indicator, cells)
            if (figure := _figure(indicator, dimension, member, known, small_denominator))
        ]
    return found


def _breakdown(indicator: Indicator, cells: Iterable[Cell]) -> Iterator[tuple[str, str]]:
    wanted = (Dimension.TOTAL, *indicator.dimensions)
    measure = indicator.numerator.partition(".")[0]
    yield from sorted((c.dimension, c.member) for c in cells if c.measure == measure and c.dimension in wanted)


def _figure(
    indicator: Indicator, dimension: str, member: str, cells: dict[Cell, int | None], small_denominator: int
) -> ProtectedFigure | None:
    above, under = cells_of(indicator, dimension, member)
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
    by_key = {indicator.key: indicator for indicator in INDICATORS}
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
