"""What may be told of how long something lasts: some quantiles in days, and how many still last after some months.

A quantile is a day that single people made, so more is asked of it than of a count (docs/adr/0011): every part that readers may know
holds at least the smallest denominator of a rate, and on either side of the day there are as many as the smallest count that is
told. The share that lasts after some months is told where the numbers of those for whom it was over in each span of months are.
"""

from collections.abc import Iterator, Mapping, Sequence

from reports.indicators.events import Duration
from reports.indicators.survival import Curve, Spells
from reports.protect import Cell, Geography, Shown, Table, protect
from reports.rules import Dimension

Told = Mapping[str, Mapping[Cell, int | None]]


def durations_told(
    key: str,
    duration: Duration,
    spells: Mapping[str, Spells],
    geography: Geography,
    *,
    total: tuple[Shown, Table] | None,
    outcomes: Shown | None,
    threshold: int,
    small_denominator: int,
    earlier: Sequence[Told],
) -> Iterator[tuple[str, Cell, int | None]]:
    """By area and cell the days of a quantile, or how many of all would still last; None where it is hidden.

    A quantile that was not reached is left out. `total` is the table under which the durations stand, None for a public one; `outcomes`
    what is told of the measure's outcomes.
    """
    curves = {area: Curve.of(spells.get(area, {})) for area in geography.areas}
    table = Table(geography, {area: (curve.total,) for area, curve in curves.items()}, small_denominator)
    parent, parent_table = total or (None, None)
    shown = protect(table, parent=parent, parent_table=parent_table)
    for area, curve in curves.items():
        before = [freeze.get(area, {}) for freeze in earlier]
        is_kept = parent is not None and area in parent.kept
        for percent in duration.quantiles:
            cell = Cell(key, Dimension.QUANTILE, str(percent))
            if is_kept:
                found: int | str | None = before[-1].get(cell, "")
            elif area in shown.areas and all(then.get(cell, "") is not None for then in before):
                found = _quantile(curve, percent, threshold, before[-1].get(cell) if before else None)
            else:
                found = None
            if not isinstance(found, str):
                yield area, cell, found
        for month, days in duration.marks.items():
            cell = Cell(key, Dimension.MONTHS, month)
            if outcomes is not None and area in outcomes.kept:
                yield area, cell, before[-1].get(cell)
            elif outcomes is not None and area in outcomes.areas and curve.beyond(days) >= threshold:
                yield area, cell, round(curve.total * curve.lasting_after(days))
            else:
                yield area, cell, None


def _quantile(curve: Curve, percent: int, threshold: int, before: int | None) -> int | str | None:
    """The day; "" where it was not reached, None where it may not be told. An earlier day stays while it is wrong by few people."""
    step = curve.quantile(percent)
    if before is not None:
        wanted = curve.total * (1 - percent / 100)
        longest, shortest = (curve.total * curve.lasting_after(day) for day in (before - 1, before))
        if longest > wanted - threshold and shortest < wanted + threshold:
            return before
    if step is None:
        return ""
    return step.day if step.ended >= threshold and curve.beyond(step.day) >= threshold else None
