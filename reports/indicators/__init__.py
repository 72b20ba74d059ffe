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


def cells_of(indicator: Indicator, dimension: str = "", member: str = "") -> tuple[Cell, Cell | None]:
    """The cells of a figure's two numbers. A measure named "appointments_due.kept" is one outcome, and has no other breakdown."""

    def cell(name: str) -> Cell:
        measure, _dot, outcome = name.partition(".")
        return Cell(measure, Dimension.OUTCOME, outcome) if outcome else Cell(measure, dimension, member)

    return cell(indicator.numerator), cell(indicator.denominator) if indicator.denominator else None


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
    numerator, denominator = cells[above], None
    if under is not None:
        denominator = cells.get(under, 0)
        # A rate left out would say that a hidden denominator is zero.
        if denominator == 0:
            return None
        if denominator is None or denominator < small_denominator:
            numerator = None
    if numerator is None:
        denominator = None
    return ProtectedFigure(indicator.key, dimension, member, numerator, denominator)


def told_by(figures: Iterable[tuple[str, ProtectedFigure]]) -> Told:
    """What the figures of a freeze, each with its area, tell of the cells that they are made of."""
    by_key = {indicator.key: indicator for indicator in INDICATORS}
    told: Told = {}
    for area, figure in figures:
        cells = told.setdefault(area, {})
        if figure.indicator in by_key:
            above, under = cells_of(by_key[figure.indicator], figure.dimension, figure.member)
            for cell, number in ((above, figure.numerator), (under, figure.denominator)):
                if cell is not None and cells.get(cell) is None:
                    cells[cell] = number
    return told
