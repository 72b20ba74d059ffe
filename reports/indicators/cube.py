"""All counts of a semester at once, protected as one: each measure, every area, every breakdown (`reports.protect`)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reports.indicators.counting import Counts, Tally, dimensions_of, members_of, refined_in, tallied
from reports.indicators.lasting import durations_told
from reports.indicators.layers import Layer, Layers, Stack, Told, nobody
from reports.indicators.measures import Measure, Window
from reports.indicators.survival import Spells
from reports.protect import Cell, Geography, Shown, Table
from reports.queries.areas import WHOLE, Places
from reports.rules import ALONE, Dimension

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
    others: Layers | None = None,
) -> Told:
    """What may be told of one measure: its totals first, then each breakdown under them. Counts of public measures are told whole,
    but for the steps that refine their outcomes.

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
    layers = Stack(measure, geography, counts, threshold=rules.threshold_of(measure), earlier=earlier, others=others)
    if ALONE.intersection(measure.dimensions):
        for cell in next(iter(counts.values())):
            if cell.dimension in ALONE:
                layers.tell(cell, [(cell,)])
        return _of_wide(layers.told, geography) if measure.only_wide else layers.told
    total = Cell(measure.key)
    above = layers.tell(total, [(total,)], dominated=_dominance(employers, rules) if measure.employers else nobody)
    outcomes = None
    for dimension in dimensions_of(measure):
        whole = Cell(measure.key, dimension)
        cells = [Cell(measure.key, dimension, member) for member in members_of(measure, dimension)]
        if dimension is Dimension.AGE:
            groups = _groups(cells)
            between = layers.tell(whole, groups, above=above)
            for position, group in enumerate(groups):
                layers.tell(group[0], [(cell,) for cell in group], above=between.at(position))
            continue
        layer = layers.tell(
            whole,
            [(cell,) for cell in cells],
            above=above,
            hides_sameness=dimension is not Dimension.SEX,
        )
        if dimension is Dimension.OUTCOME:
            outcomes = layer
        _tell_steps(measure, layers, layer, dimension)
    return _with_durations(
        layers.told, measure, geography, spells, rules=rules, earlier=earlier, above=above, outcomes=outcomes
    )


def _tell_steps(measure: Measure, layers: Stack, layer: Layer, dimension: Dimension) -> None:
    """The steps of the members of a table, each under its own."""
    for table, member, steps in refined_in(measure):
        if table is dimension:
            fine = [(Cell(measure.key, Dimension.STEP, step),) for step in steps]
            above = layer.at(members_of(measure, dimension).index(member))
            layers.tell(Cell(measure.key, Dimension.STEP, member), fine, above=above, hides_sameness=True)


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
    layers = Stack(measure, geography, counts, threshold=threshold, earlier=earlier, others={})
    known = frozenset(geography.areas)
    for outcome, steps in measure.refined.items():
        whole = Cell(measure.key, Dimension.OUTCOME, outcome)
        table = Table(geography, {area: (cells[whole],) for area, cells in counts.items()}, threshold)
        layers.tell(
            Cell(measure.key, Dimension.STEP, outcome),
            [(Cell(measure.key, Dimension.STEP, step),) for step in steps],
            above=Layer([(whole,)], table, Shown(known, candidates=known)),
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
    above: Layer | None = None,
    outcomes: Layer | None = None,
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
