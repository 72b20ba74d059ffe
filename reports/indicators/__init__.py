"""The figures of the semester report: what each one says, and how all of them are computed together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reports.indicators.measures import MEASURES, Window, measured, resident_counts, resident_sizes
from reports.indicators.registry import INDICATORS
from reports.protect import Cell, Sum, breakdowns, hidden_cells
from reports.rules import Dimension, Indicator, Unit

__all__ = ["INDICATORS", "ProtectedFigure", "Window", "figures", "hidden_of"]


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


def figures(
    window: Window, *, threshold: int, small_denominator: int, hidden_totals: Collection[str] = ()
) -> list[ProtectedFigure]:
    """Every figure of a territory and a period, protected; the number of queries does not depend on the number of municipalities.

    Counts under `threshold` and what would give them back are suppressed; so is a rate whose denominator is under
    `small_denominator`. So are the totals of the measures in `hidden_totals`, whatever they are. A rate over nothing, or over
    residents that nobody counted, is left out.
    """
    counts, hidden = _protected(window, threshold, hidden_totals)
    counts |= resident_counts(window)
    return [
        figure
        for indicator in INDICATORS
        for cell in sorted(counts)
        if cell.measure == indicator.numerator
        and cell.dimension in (Dimension.TOTAL, *indicator.dimensions)
        and (figure := _figure(indicator, cell, counts, hidden, small_denominator))
    ]


def hidden_of(window: Window, istat_code: str, *, threshold: int) -> frozenset[str]:
    """Measures whose count the edition about `window` hides for one of its municipalities."""
    _counts, hidden = _protected(window, threshold, ())
    return frozenset(cell.measure for cell in hidden if cell[1:] == (Dimension.MUNICIPALITY, istat_code))


def _protected(
    window: Window, threshold: int, hidden_totals: Collection[str]
) -> tuple[dict[Cell, int], frozenset[Cell]]:
    """Every count, and which of them must not be printed."""
    counts = measured(window, MEASURES)
    due = Cell("appointments_due")
    kept, missed = Cell("appointments_kept"), Cell("appointments_missed")
    counts[due] = counts[kept] + counts[missed]
    hidden = hidden_cells(
        counts,
        threshold=threshold,
        sums=[*breakdowns(counts, resident_sizes(window)), Sum(due, (kept, missed))],
        public={measure.key for measure in MEASURES if measure.is_public},
        hidden_elsewhere=[Cell(measure) for measure in hidden_totals],
    )
    return counts, hidden


def _figure(
    indicator: Indicator, cell: Cell, counts: Mapping[Cell, int], hidden: frozenset[Cell], small_denominator: int
) -> ProtectedFigure | None:
    numerator: int | None = counts[cell]
    denominator: int | None = None
    is_hidden = cell in hidden
    if indicator.unit is not Unit.COUNT:
        under = cell._replace(measure=indicator.denominator)
        denominator = counts.get(under, 0)
        # A rate left out would say that a hidden denominator is zero.
        if not denominator and under not in hidden:
            return None
        is_hidden |= under in hidden or denominator < small_denominator
    if is_hidden:
        numerator = denominator = None
    return ProtectedFigure(indicator.key, cell.dimension, cell.member, numerator, denominator)
