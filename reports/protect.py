"""Disclosure control: which counts of one edition must not be printed.

The law asks for a minimum value of the published cells, at least three and higher for sensitive matters (Regole
deontologiche, G.U. 11 of 14 January 2019, art. 5): the threshold is a dated rule parameter. Whoever reads the edition knows each
total and each shown part, so hiding a small part alone would give it back by subtraction: others are hidden with it.

Zero is shown. An empty cell describes nobody, and hiding the many zeros of small municipalities would hide the whole table. Only
under a hidden total zeros are hidden too, since there they would say how few the others can be.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Cell(NamedTuple):
    """Where a count stands: the measure, the dimension that breaks it down ("" for the total), the member of the dimension."""

    measure: str
    dimension: str = ""
    member: str = ""


@dataclass(frozen=True)
class Sum:
    """A total that its parts make up, or nearly (a person served in two municipalities is one person in all)."""

    total: Cell
    parts: tuple[Cell, ...]


def breakdowns(cells: Iterable[Cell]) -> list[Sum]:
    """The sums that the cells themselves form: one for each dimension of each measure."""
    parts: dict[tuple[str, str], list[Cell]] = {}
    for cell in sorted(cells):
        if cell.dimension:
            parts.setdefault((cell.measure, cell.dimension), []).append(cell)
    return [Sum(Cell(measure), tuple(members)) for (measure, _), members in parts.items()]


def hidden_cells(
    counts: Mapping[Cell, int], *, threshold: int, sums: Iterable[Sum], public: Collection[str] = ()
) -> frozenset[Cell]:
    """Cells whose count must not be printed, nor anything made from it.

    A count from 1 to `threshold` - 1 is hidden; with a hidden total goes its whole breakdown. In a sum with hidden parts at least two
    are hidden, together they reach the threshold, and their sum leaves more than one way to share it out. Measures in `public`
    are known to everybody anyway and hidden never. Cells that a sum names must be in `counts`.
    """
    relations = [s for s in sums if s.total.measure not in public]
    hidden = {cell for cell, count in counts.items() if 0 < count < threshold and cell.measure not in public}
    while True:
        added = {cell for relation in relations for cell in _needed(relation, counts, hidden, threshold)} - hidden
        if not added:
            return frozenset(hidden)
        hidden |= added


def _needed(relation: Sum, counts: Mapping[Cell, int], hidden: set[Cell], threshold: int) -> set[Cell]:
    """What one sum asks to hide beside what is hidden already."""
    if relation.total in hidden:
        return set(relation.parts)
    covered = [part for part in relation.parts if part in hidden]
    if not covered:
        return set()
    # Small cells first: they cost the reader least. A zero would hide nothing.
    spare = sorted(
        (part for part in relation.parts if part not in hidden and counts[part]), key=lambda p: (counts[p], p)
    )
    while not _is_safe([counts[cell] for cell in covered], threshold):
        if not spare:
            return {relation.total, *relation.parts}
        covered.append(spare.pop(0))
    return set(covered)


def _is_safe(covered: list[int], threshold: int) -> bool:
    """Whether a reader who knows the sum of the covered counts, and thinks none of them is zero, still cannot tell them."""
    total = sum(covered)
    return len(covered) > 1 and total >= threshold and total > len(covered)
