"""All counts of a semester at once, protected as one: each measure, every area, every breakdown (`reports.protect`)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reports.indicators.counting import Counts, Tally, dimensions_of, members_of, tallied
from reports.indicators.lasting import durations_told
from reports.indicators.measures import Measure, Window
from reports.indicators.survival import Spells
from reports.protect import Cell, Geography, Shown, Table, Vector, protect
from reports.queries.areas import WHOLE, Places
from reports.rules import ALONE, Dimension

Told = dict[str, dict[Cell, int | None]]
"""By area, what is told of each cell; None for a hidden one."""

Layers = dict[Cell, "_Layer"]
"""Each protected table, by the cell that names it."""

Each = Callable[[Callable[[Measure], Tally], Sequence[Measure]], Iterable[Tally]]
"""What goes through the measures to count them: `map`, or something that counts several at a time."""

NEIGHBOURS: Final = 2
"""Members of a long dimension that hide together; one left over joins the last ones. A reader may reckon the sum of each group."""


@dataclass(frozen=True)
class Disclosure:
    """The rules of disclosure in force: dated rule parameters, in people, employers and percent."""

    threshold: int
    small_denominator: int
    least_employers: int
    largest_share: int
    disability_threshold: int

    def threshold_of(self, measure: Measure) -> int:
        """The smallest count of a measure that is told."""
        return measure.heaviest * (self.disability_threshold if measure.declares_disability else self.threshold)


def cube(
    measures: Sequence[Measure],
    window: Window,
    places: Places,
    *,
    rules: Disclosure,
    earlier: Sequence[Told] = (),
    each: Each = map,
) -> Told:
    """What may be told of every measure in every area. `earlier` is what earlier versions of the same semester told, oldest first;
    `each` counts the measures, in their order."""
    told: Told = {area: {} for area in places.geography.areas}
    shown: Layers = {}
    tallies = each(lambda measure: tallied(measure, window, places), measures)
    for measure, tally in zip(measures, tallies, strict=True):
        for area, cells in protected(
            measure,
            tally.counts,
            places.geography,
            tally.employers,
            tally.spells,
            rules=rules,
            earlier=earlier,
            others=shown,
        ).items():
            told[area] |= cells
        if measure.part_of:
            hide_like_part(told, measure)
    for measure in measures:
        if measure.told_with:
            hide_together(told, (measure.key, *measure.told_with))
    return told


def hide_together(told: Told, keys: Sequence[str]) -> None:
    """Hide what one of some measures hides in all of them: the total with everything under it, or the breakdown by sex.

    Whoever was followed before, less who left, more who came, is followed now: who knew three of these would know the fourth.
    """
    nowhere = {cell for cell, number in told[WHOLE].items() if number == 0}
    for cells in told.values():
        hidden = {cell.dimension for cell, number in cells.items() if cell.measure in keys and number is None}
        for cell in cells.keys() - nowhere:
            if cell.measure in keys and ("" in hidden or cell.dimension in hidden & {Dimension.SEX}):
                cells[cell] = None


def hide_like_part(told: Told, part: Measure) -> None:
    """Hide the breakdowns of a whole where the same of its part is hidden. Who knew the one more closely than the other would know
    how many of each may be in the part: within hidden places both must be free to change."""
    # What there is nowhere, there is in no place: everybody reckons that.
    nowhere = {cell for cell, number in told[WHOLE].items() if number == 0}
    tables = [
        group
        for dimension in dimensions_of(part)
        for cells in [[Cell(part.key, dimension, member) for member in members_of(part, dimension)]]
        for group in (_groups(cells) if dimension is Dimension.AGE else [tuple(cells)])
    ]
    for cells in told.values():
        for table in tables:
            if any(cells.get(cell, 0) is None for cell in table):
                # All of them: one that were told would give the others back under their sum.
                whole = {cell._replace(measure=part.part_of) for cell in table}
                cells.update(dict.fromkeys(cells.keys() & whole - nowhere))


def protected(
    measure: Measure,
    counts: Counts,
    geography: Geography,
    employers: Mapping[str, Counter[str]],
    spells: Mapping[str, Spells],
    *,
    rules: Disclosure,
    earlier: Sequence[Told] = (),
    others: "Layers | None" = None,
) -> Told:
    """What may be told of one measure: its totals first, then each breakdown under them. Counts of public measures are told whole.

    `others` are the layers of the measures before, to which those of this one are added. An earlier version that knew nothing of the
    measure told nothing of it.
    """
    others = {} if others is None else others
    earlier = [
        before for before in earlier if any(c.measure == measure.key for cells in before.values() for c in cells)
    ]
    if measure.is_public:
        told = _of_public(measure, counts, geography, employers, rules=rules, earlier=earlier)
        return _with_durations(told, measure, geography, spells, rules=rules, earlier=earlier)
    layers = _Layers(measure, geography, counts, threshold=rules.threshold_of(measure), earlier=earlier, others=others)
    if ALONE.intersection(measure.dimensions):
        for cell in next(iter(counts.values())):
            if cell.dimension in ALONE:
                layers.tell(cell, [(cell,)])
        return _of_wide(layers.told, geography) if measure.only_wide else layers.told
    total = Cell(measure.key)
    above = layers.tell(total, [(total,)], dominated=_dominance(employers, rules) if measure.employers else nobody)
    last = above
    for dimension in dimensions_of(measure):
        whole = Cell(measure.key, dimension)
        cells = [Cell(measure.key, dimension, member) for member in members_of(measure, dimension)]
        if dimension is Dimension.AGE:
            groups = _groups(cells)
            between = layers.tell(whole, groups, above=above)
            for position, group in enumerate(groups):
                layers.tell(group[0], [(cell,) for cell in group], above=between.at(position))
        else:
            last = layers.tell(
                whole, [(cell,) for cell in cells], above=above, hides_sameness=dimension is Dimension.OUTCOME
            )
    for outcome, steps in measure.refined.items():
        fine = [(Cell(measure.key, Dimension.STEP, step),) for step in steps]
        position = measure.outcomes.index(outcome)
        layers.tell(Cell(measure.key, Dimension.STEP, outcome), fine, above=last.at(position), hides_sameness=True)
    outcomes = last if measure.outcomes else None
    return _with_durations(
        layers.told, measure, geography, spells, rules=rules, earlier=earlier, above=above, outcomes=outcomes
    )


def _of_public(
    measure: Measure,
    counts: Counts,
    geography: Geography,
    employers: Mapping[str, Counter[str]],
    *,
    rules: Disclosure,
    earlier: Sequence[Told],
) -> Told:
    """All of a public measure but the steps that refine its outcomes: they are protected under numbers that readers know everywhere."""
    threshold = rules.threshold_of(measure)
    layers = _Layers(measure, geography, counts, threshold=threshold, earlier=earlier, others={})
    known = frozenset(geography.areas)
    for outcome, steps in measure.refined.items():
        whole = Cell(measure.key, Dimension.OUTCOME, outcome)
        table = Table(geography, {area: (cells[whole],) for area, cells in counts.items()}, threshold)
        layers.tell(
            Cell(measure.key, Dimension.STEP, outcome),
            [(Cell(measure.key, Dimension.STEP, step),) for step in steps],
            above=_Layer([(whole,)], table, Shown(known, candidates=known)),
            hides_sameness=True,
            dominated=_dominance(employers, rules) if measure.employers else nobody,
        )
    told = {area: {**cells, **layers.told[area]} for area, cells in counts.items()}
    return _of_wide(told, geography) if measure.only_wide else told


def _of_wide(told: Told, geography: Geography) -> Told:
    """Nothing of the areas that have no long lists."""
    return {area: cells if area in geography.wide else {} for area, cells in told.items()}


def _with_durations(
    told: Told,
    measure: Measure,
    geography: Geography,
    spells: Mapping[str, Spells],
    *,
    rules: Disclosure,
    earlier: Sequence[Told],
    above: "_Layer | None" = None,
    outcomes: "_Layer | None" = None,
) -> Told:
    if measure.duration is not None:
        for area, cell, number in durations_told(
            measure.key,
            measure.duration,
            spells,
            geography,
            total=(above.shown, above.table) if above else None,
            outcomes=outcomes.shown if outcomes else None,
            threshold=rules.threshold,
            small_denominator=rules.small_denominator,
            earlier=earlier,
        ):
            told[area][cell] = number
    return told


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
    """A protected table; `positions` are the cells that each number of its vectors sums up, `above` has the sums of the vectors."""

    positions: Sequence[tuple[Cell, ...]]
    table: Table
    shown: Shown
    above: "_Layer | None" = None

    def at(self, position: int) -> "_Layer":
        """One number of the vectors, as the total of the layer under it."""
        counts = {area: (vector[position],) for area, vector in self.table.counts.items()}
        return _Layer([self.positions[position]], replace(self.table, counts=counts), self.shown)


class _Layers:
    """Protects the tables of one measure one under the other, and gathers what they tell."""

    def __init__(
        self,
        measure: Measure,
        geography: Geography,
        counts: Counts,
        *,
        threshold: int,
        earlier: Sequence[Told],
        others: "Layers",
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
        above: _Layer | None = None,
        hides_sameness: bool = False,
        dominated: Callable[[Iterable[str]], bool] = nobody,
    ) -> _Layer:
        """Protect one table and write down the cells that stand alone in their position; `name` is where others find it."""
        counts = {
            area: tuple(sum(cells[cell] for cell in group) for group in positions)
            for area, cells in self._counts.items()
        }
        table = Table(self._geography, counts, self._threshold, hides_sameness, dominated)
        told = [_vectors(before, positions, above) for before in self._earlier]
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
            shown = self._within(whole, table, told, above)
        shown = self._with_others(name, shown)
        layer = self._others[name] = _Layer(positions, table, shown, above)
        for area, vector in counts.items():
            for position, group in enumerate(positions):
                if len(group) == 1:
                    self.told[area][group[0]] = self._number(shown, area, position, vector, group[0])
        return layer

    def _within(self, whole: _Layer, table: Table, told: Sequence[Mapping[str, Vector]], above: _Layer | None) -> Shown:
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
                told, (_vectors(each, whole.positions, whole.above) for each in self._earlier), strict=True
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
        people = self._others[name._replace(measure=self._measure.only_with)].shown
        found = _common(shown, people)
        return replace(found, kept=shown.kept & (people.areas | people.kept))

    def _number(self, shown: Shown, area: str, position: int, vector: Vector, cell: Cell) -> int | None:
        if not shown.tells(area, position):
            return None
        return self._earlier[-1][area][cell] if area in shown.kept else vector[position]


def _common(one: Shown, other: Shown) -> Shown:
    """What both tables tell."""
    return Shown(
        one.areas & other.areas,
        frozenset(cell for cell in one.cells if other.tells(*cell)),
        one.kept & other.kept,
        one.candidates & other.candidates,
    )


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
