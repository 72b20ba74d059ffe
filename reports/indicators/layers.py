"""The tables of a measure, protected one under the other and beside those of other measures (`reports.protect`)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.indicators.counting import Counts, members_of
from reports.indicators.measures import Measure
from reports.protect import Cell, Cramped, Geography, Shown, Table, Vector, protect
from reports.rules import ALONE, Dimension

Told = dict[str, dict[Cell, int | None]]
"""By area, what is told of each cell; None for a hidden one."""

Layers = dict[Cell, "Layer"]
"""Each protected table, by the cell that names it."""


def nobody(_places: Iterable[str]) -> bool:
    """No employer matters."""
    return False


@dataclass(frozen=True)
class Layer:
    """A protected table; `positions` are the cells that each number of its vectors sums up, `above` has the sums of the vectors."""

    positions: Sequence[tuple[Cell, ...]]
    table: Table
    shown: Shown
    above: "Layer | None" = None

    def at(self, position: int) -> "Layer":
        """One number of the vectors, as the total of the layer under it."""
        counts = {area: (vector[position],) for area, vector in self.table.counts.items()}
        return Layer([self.positions[position]], replace(self.table, counts=counts), self.shown)


class Stack:
    """Protects the tables of one measure one under the other, and gathers what they tell."""

    def __init__(
        self,
        measure: Measure,
        geography: Geography,
        counts: Counts,
        *,
        threshold: int,
        earlier: Sequence[Told],
        others: Layers,
    ) -> None:
        self.told: Told = {area: {} for area in counts}
        self._others = others
        self._measure = measure
        self._geography = geography
        self._counts = counts
        self._threshold = threshold
        self._earlier = earlier

    def tell(
        self,
        name: Cell,
        positions: Sequence[tuple[Cell, ...]],
        *,
        above: Layer | None = None,
        hides_sameness: bool = False,
        dominated: Callable[[Iterable[str]], bool] = nobody,
    ) -> Layer:
        """Protect one table and write down the cells that stand alone in their position; `name` is where others find it."""
        counts = {
            area: tuple(sum(cells[cell] for cell in group) for group in positions)
            for area, cells in self._counts.items()
        }
        table = Table(self._geography, counts, self._threshold, hides_sameness, dominated, self._cramped(name))
        # A version that knew the total and not yet the table told nothing of it.
        may_be_new = name.dimension in {*self._measure.tables, Dimension.STEP}
        earlier = [before for before in self._earlier if not may_be_new or _knows(before, positions)]
        told = [_vectors(before, positions, above) for before in earlier]
        of = Cell(self._measure.part_of)
        whole = self._others.get(of if name.dimension in ALONE else name._replace(measure=of.measure))
        if whole is None:
            shown = protect(
                table,
                parent=above.shown if above else None,
                parent_table=above.table if above else None,
                told=told,
            )
        else:
            shown = self._within(whole, table, earlier, told, above)
        shown = self._with_others(name, shown)
        layer = self._others[name] = Layer(positions, table, shown, above)
        for area, vector in counts.items():
            kept = earlier[-1][area] if area in shown.kept else None
            for position, group in enumerate(positions):
                if len(group) == 1:
                    number = kept[group[0]] if kept else vector[position]
                    self.told[area][group[0]] = number if shown.tells(area, position) else None
        return layer

    def _cramped(self, name: Cell) -> Cramped:
        """Whether members that are a part of what other measures make up (`leaves`) leave too few of it.

        In a place such a member is at most its own total, and at most the other sum: the smaller of the two. What a hidden place can
        have of it is between what the others cannot hold and what itself can: as wide as the smallest of what all can hold and do
        not, of what itself can hold, and of what the others can.
        """
        table = members_of(self._measure, Dimension(name.dimension))
        wholes = [
            (Cell(*name[:2], member), [(times, self._others[Cell(key)].table.counts) for key, times in whole.items()])
            for member, whole in self._measure.leaves.items()
            if member in table
        ]

        def is_cramped(places: Collection[str], *, of_hidden: bool) -> bool:
            areas = [self._geography.singles[place].key for place in places]
            own = Cell(self._measure.key)
            for part, whole in wholes:
                most = [
                    min(self._counts[area][own], sum(times * counts[area][0] for times, counts in whole))
                    for area in areas
                ]
                left = sum(most) - sum(self._counts[area][part] for area in areas)
                others = sum(most) - max(most) if of_hidden and len(areas) > 1 else self._threshold
                if min(left, others) < self._threshold:
                    return True
            return False

        return is_cramped

    def _within(
        self,
        whole: Layer,
        table: Table,
        earlier: Sequence[Told],
        told: Sequence[Mapping[str, Vector]],
        above: Layer | None,
    ) -> Shown:
        """What may be told of a part beside the table of its whole: the two tell the rest as well, so the rest is judged with it.

        Of a member that stands alone it may not be told either that all of the whole, or none, are in it.
        """
        width = len(whole.positions)
        both = {
            area: (*vector, *(of - part for of, part in zip(whole.table.counts[area], vector, strict=True)))
            for area, vector in table.counts.items()
        }
        before = [
            {
                area: (*vector, *(of - part for of, part in zip(wholes[area], vector, strict=True)))
                for area, vector in parts.items()
                if area in wholes
            }
            for parts, wholes in zip(
                told, (_vectors(each, whole.positions, whole.above) for each in earlier), strict=True
            )
        ]
        parent = _common(whole.shown, above.shown) if above else whole.shown
        if self._measure.only_wide:
            parent = replace(parent, candidates=parent.candidates & self._geography.wide)
        shown = protect(
            replace(table, counts=both, hides_sameness=ALONE.intersection(self._measure.dimensions) != set()),
            parent=parent,
            parent_table=(whole.above or whole).table,
            told=before,
        )
        return replace(shown, cells=frozenset((area, i) for area, i in shown.cells if i < width))

    def _with_others(self, name: Cell, shown: Shown) -> Shown:
        """Less what the table of the people does not show."""
        if not self._measure.only_with:
            return shown
        same = name._replace(measure=self._measure.only_with)
        people = self._others[same if same in self._others else Cell(same.measure)].shown
        found = _common(shown, people)
        return replace(found, kept=shown.kept & (people.areas | people.kept))


def _knows(told: Told, positions: Sequence[Iterable[Cell]]) -> bool:
    """Whether a version told or hid any cell of a table."""
    table = {cell for group in positions for cell in group}
    return any(not table.isdisjoint(cells) for cells in told.values())


def _common(one: Shown, other: Shown) -> Shown:
    """What both tables tell."""
    return Shown(
        one.areas & other.areas,
        frozenset(cell for cell in one.cells if other.tells(*cell)),
        one.kept & other.kept,
        one.candidates & other.candidates,
    )


def _vectors(told: Told, positions: Sequence[tuple[Cell, ...]], above: Layer | None) -> dict[str, Vector]:
    """The vectors of a table that an earlier version told, by area; one unknown sum follows from the total."""
    found = {}
    for area, cells in told.items():
        sums = [_sum(cells, group) for group in positions]
        total = _sum(cells, above.positions[0]) if above and len(above.positions) == 1 else None
        known = [number for number in sums if number is not None]
        if len(sums) - len(known) == 1 and total is not None:
            sums[sums.index(None)] = total - sum(known)
        if None not in sums:
            found[area] = tuple(number for number in sums if number is not None)
    return found


def _sum(cells: Mapping[Cell, int | None], group: Iterable[Cell]) -> int | None:
    numbers = [cells.get(cell) for cell in group]
    return None if None in numbers else sum(number for number in numbers if number is not None)
