"""All counts of a semester at once, protected as one: each measure, every area, every breakdown (`reports.protect`)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reports.indicators.counting import Counts, counted, dimensions_of, employers_of, members_of
from reports.indicators.measures import Measure, Window
from reports.protect import Cell, Geography, Shown, Table, Vector, protect
from reports.queries.areas import Places
from reports.rules import Dimension

Told = dict[str, dict[Cell, int | None]]
"""By area, what is told of each cell; None for a hidden one."""

NEIGHBOURS: Final = 2
"""Members of a long dimension that hide together; one left over joins the last ones. A reader may reckon the sum of each group."""


@dataclass(frozen=True)
class Disclosure:
    """The rules of disclosure in force: dated rule parameters, in people, employers and percent."""

    threshold: int
    small_denominator: int
    least_employers: int
    largest_share: int


def cube(
    measures: Iterable[Measure], window: Window, places: Places, *, rules: Disclosure, earlier: Sequence[Told] = ()
) -> Told:
    """What may be told of every measure in every area. `earlier` is what earlier versions of the same semester told, oldest first."""
    told: Told = {area: {} for area in places.geography.areas}
    for measure in measures:
        counts = counted(measure, window, places)
        employers = employers_of(measure, window, places)
        for area, cells in protected(
            measure, counts, places.geography, employers, rules=rules, earlier=earlier
        ).items():
            told[area] |= cells
    return told


def protected(
    measure: Measure,
    counts: Counts,
    geography: Geography,
    employers: Mapping[str, Counter[str]],
    *,
    rules: Disclosure,
    earlier: Sequence[Told] = (),
) -> Told:
    """What may be told of one measure: its totals first, then each breakdown under them. Public measures are told whole."""
    if measure.is_public:
        return {area: dict(cells) for area, cells in counts.items()}
    layers = _Layers(geography, counts, rules.threshold, earlier)
    total = Cell(measure.key)
    above = layers.tell([(total,)], dominated=_dominance(employers, rules) if measure.employers else nobody)
    for dimension in dimensions_of(measure):
        cells = [Cell(measure.key, dimension, member) for member in members_of(measure, dimension)]
        if dimension is Dimension.AGE:
            groups = _groups(cells)
            between = layers.tell(groups, above=above)
            for position, group in enumerate(groups):
                layers.tell([(cell,) for cell in group], above=between.at(position))
        else:
            layers.tell([(cell,) for cell in cells], above=above, hides_sameness=dimension is Dimension.OUTCOME)
    return layers.told


def nobody(_places: Iterable[str]) -> bool:
    """No employer matters."""
    return False


def _dominance(employers: Mapping[str, Counter[str]], rules: Disclosure) -> Callable[[Iterable[str]], bool]:
    """Whether too few employers make up a count, or one of them nearly all of it: it would tell their business."""

    def is_dominated(places: Iterable[str]) -> bool:
        shares: Counter[str] = Counter()
        for place in places:
            shares.update(employers.get(place, {}))
        largest = max(shares.values(), default=0)
        is_few = len(shares) < rules.least_employers
        return bool(shares) and (is_few or 100 * largest > rules.largest_share * shares.total())

    return is_dominated


def _groups(cells: Sequence[Cell]) -> list[tuple[Cell, ...]]:
    number = max(len(cells) // NEIGHBOURS, 1)
    return [tuple(cells[NEIGHBOURS * i : NEIGHBOURS * (i + 1) if i + 1 < number else None]) for i in range(number)]


@dataclass(frozen=True)
class _Layer:
    """A protected table; `positions` are the cells that each number of its vectors sums up."""

    positions: Sequence[tuple[Cell, ...]]
    table: Table
    shown: Shown

    def at(self, position: int) -> "_Layer":
        """One number of the vectors, as the total of the layer under it."""
        counts = {area: (vector[position],) for area, vector in self.table.counts.items()}
        return _Layer([self.positions[position]], replace(self.table, counts=counts), self.shown)


class _Layers:
    """Protects the tables of one measure one under the other, and gathers what they tell."""

    def __init__(self, geography: Geography, counts: Counts, threshold: int, earlier: Sequence[Told]) -> None:
        self.told: Told = {area: {} for area in counts}
        self._geography = geography
        self._counts = counts
        self._threshold = threshold
        self._earlier = earlier

    def tell(
        self,
        positions: Sequence[tuple[Cell, ...]],
        *,
        above: _Layer | None = None,
        hides_sameness: bool = False,
        dominated: Callable[[Iterable[str]], bool] = nobody,
    ) -> _Layer:
        """Protect one table and write down the cells that stand alone in their position."""
        counts = {
            area: tuple(sum(cells[cell] for cell in group) for group in positions)
            for area, cells in self._counts.items()
        }
        table = Table(self._geography, counts, self._threshold, hides_sameness, dominated)
        shown = protect(
            table,
            parent=above.shown if above else None,
            parent_table=above.table if above else None,
            told=[_vectors(before, positions, above) for before in self._earlier],
        )
        for area, vector in counts.items():
            for position, group in enumerate(positions):
                if len(group) == 1:
                    self.told[area][group[0]] = self._number(shown, area, position, vector, group[0])
        return _Layer(positions, table, shown)

    def _number(self, shown: Shown, area: str, position: int, vector: Vector, cell: Cell) -> int | None:
        if not shown.tells(area, position):
            return None
        return self._earlier[-1][area][cell] if area in shown.kept else vector[position]


def _vectors(told: Told, positions: Sequence[tuple[Cell, ...]], above: _Layer | None) -> dict[str, Vector]:
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
