"""Disclosure control: which counts of one edition must not be printed.

The law asks for a minimum value of the published cells, at least three and higher for sensitive matters (Regole
deontologiche, G.U. 11 of 14 January 2019, art. 5): the threshold is a dated rule parameter. Whoever reads the edition knows each
total and each shown part, so hiding a small part alone would give it back by subtraction: others are hidden with it.

Zero is shown. An empty cell describes nobody, and hiding the many zeros of small municipalities would hide the whole table. Only
under a hidden total, and in the block of a small part, zeros are hidden too: there they would say how few the others can be.

The rule is public, as this source is, so what is hidden must not tell by itself what the numbers are. Hence parts are never chosen
by their size: few small parts take with them the block of neighbours in which they stand, in an order that no count decides; many
small parts cover each other.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

MANY: Final = 4
"""From so many on, small parts cover each other. With fewer the reader could tell some of them from their sum and from the rule:
the tests try every register."""

BLOCK: Final = 2
"""Neighbours that hide together; one left over joins the last block. Of three parts the last stands alone: the others may hide
without it, it not without them."""


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


def breakdowns(cells: Iterable[Cell], sizes: Mapping[str, int] | None = None) -> list[Sum]:
    """The sums that the cells themselves form: one for each dimension of each measure.

    Parts stand by the size of their member (0 when `sizes` does not tell it), then by its name: a size that everybody knows, as the
    residents of a municipality, makes small parts neighbours and keeps the large ones shown.
    """
    known = sizes or {}
    parts: dict[tuple[str, str], list[Cell]] = {}
    for cell in sorted(cells, key=lambda c: (known.get(c.member, 0), c)):
        if cell.dimension:
            parts.setdefault((cell.measure, cell.dimension), []).append(cell)
    return [Sum(Cell(measure), tuple(members)) for (measure, _), members in parts.items()]


def hidden_cells(
    counts: Mapping[Cell, int],
    *,
    threshold: int,
    sums: Iterable[Sum],
    public: Collection[str] = (),
    hidden_elsewhere: Collection[Cell] = (),
) -> frozenset[Cell]:
    """Cells whose count must not be printed, nor anything made from it.

    A count from 1 to `threshold` - 1 is hidden; with a hidden total goes its whole breakdown; in a shown total the hidden parts reach
    the threshold together, and neither their sum nor the rule gives one of them back. Measures in `public` are known to everybody
    anyway and hidden never; `hidden_elsewhere` are cells that another edition of the same days hides. Cells that a sum names must
    be in `counts`. ValueError for a threshold under three: a hidden count would be known to be one.
    """
    if threshold < 3:
        raise ValueError(f"a threshold of {threshold} hides nothing")
    relations = [s for s in sums if s.total.measure not in public]
    hidden = {cell for cell, count in counts.items() if 0 < count < threshold} | set(hidden_elsewhere)
    hidden = {cell for cell in hidden if cell.measure not in public}
    while True:
        added = {cell for relation in relations for cell in _needed(relation, counts, hidden, threshold)} - hidden
        if not added:
            return frozenset(hidden)
        hidden |= added


def _needed(relation: Sum, counts: Mapping[Cell, int], hidden: set[Cell], threshold: int) -> set[Cell]:
    """What one sum asks to hide, with what is hidden already."""
    if relation.total in hidden:
        return set(relation.parts)
    covered = [part for part in relation.parts if part in hidden]
    total = sum(counts[part] for part in covered)
    if len(covered) >= MANY and all(0 < counts[part] < threshold for part in covered):
        # All ones, or all as large as a small count can be: their sum would say so.
        if total in (len(covered), len(covered) * (threshold - 1)):
            return {relation.total, *relation.parts}
        if total >= threshold:
            return set(covered)
    blocks = _blocks(relation.parts)
    chosen = [block for block in blocks if hidden.intersection(block)]
    if len(blocks[-1]) < BLOCK and blocks[-1] in chosen:
        chosen = blocks
    spare = [block for block in blocks if block not in chosen and any(counts[part] for part in block)]
    while chosen and spare and sum(counts[part] for block in chosen for part in block) < threshold:
        chosen.append(spare.pop(0))
    return {part for block in chosen for part in block}


def _blocks(parts: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """Neighbours by `BLOCK`, in the order in which they are given; never none."""
    if len(parts) == BLOCK + 1:
        return [parts[:BLOCK], parts[BLOCK:]]
    number = max(len(parts) // BLOCK, 1)
    return [parts[BLOCK * i : BLOCK * (i + 1) if i + 1 < number else None] for i in range(number)]
