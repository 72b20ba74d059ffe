"""Disclosure control: what of a whole territory's counts may be told, decided once for every edition at the same time.

The law asks for a minimum value of the published cells, at least three and higher for sensitive matters (Regole deontologiche,
G.U. 11 of 14 January 2019, art. 5): the thresholds are dated rule parameters.

Whoever reads all editions knows the areas that are shown, and all their differences: a pact without its shown municipalities, a zone
without the pact inside it. The shown areas cut the territory into parts, of which every reader may know the sum. One rule holds
everything: each count of each part is zero or reaches the threshold, twice the threshold less one where the part is of several hidden
places. Then a hidden count lies in an interval at least as wide as the threshold, because within a part the hidden numbers may be
exchanged freely (docs/adr/0010). Where areas overlap, their common part and what each has alone are parts like the others.

The rule is public, as this source is, so what is hidden must not tell by itself what the numbers are: municipalities hide by blocks
of neighbours that residents alone decide, and areas are given up in an order that no count decides.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, Protocol

import numpy as np

Vector = tuple[int, ...]

BLOCK: Final = 2
"""Municipalities that hide together; one left over joins the last block."""


class Cell(NamedTuple):
    """Where a count stands: the measure, the dimension that breaks it down ("" for the total), the member of the dimension."""

    measure: str
    dimension: str = ""
    member: str = ""


@dataclass(frozen=True)
class Area:
    """A territory with figures of its own: one municipality, or several."""

    key: str
    places: frozenset[str]


@dataclass(frozen=True)
class Geography:
    """Every area of a freeze. `several` are areas of more municipalities, in the order in which their figures are given up;
    `singles` has the area of each municipality by its place. `sizes` is known to everybody (residents) and forms the blocks. `wide` are
    the keys of the areas of which long lists are told."""

    singles: Mapping[str, Area]
    several: tuple[Area, ...]
    sizes: Mapping[str, int] = field(default_factory=dict)
    wide: frozenset[str] = frozenset()

    @cached_property
    def areas(self) -> dict[str, Area]:
        return {area.key: area for area in (*self.several, *self.singles.values())}

    @cached_property
    def order(self) -> list[str]:
        """Places from the smallest to the largest."""
        return sorted(self.singles, key=lambda place: (self.sizes.get(place, 0), place))

    @cached_property
    def rank(self) -> dict[str, int]:
        return {place: rank for rank, place in enumerate(self.order)}

    @cached_property
    def holders(self) -> dict[str, tuple[str, ...]]:
        """The keys of the areas that hold each place, its own last."""
        return {
            place: (*(a.key for a in self.several if place in a.places), own.key) for place, own in self.singles.items()
        }

    @cached_property
    def blocks(self) -> dict[str, tuple[str, ...]]:
        """The block of each place: neighbours by size among those that the same areas hold."""
        alike: dict[tuple[str, ...], list[str]] = {}
        for place in self.order:
            alike.setdefault(self.holders[place][:-1], []).append(place)
        found = {}
        for places in alike.values():
            number = max(len(places) // BLOCK, 1)
            for i in range(number):
                block = tuple(places[BLOCK * i : BLOCK * (i + 1) if i + 1 < number else None])
                found.update(dict.fromkeys(block, block))
            if len(places) == BLOCK + 1:
                # The two small ones may hide without the largest of three, and it not without them.
                found.update(dict.fromkeys(places[:BLOCK], tuple(places[:BLOCK])))
        return found

    def parts(self, shown: Set[str], places: Iterable[str]) -> dict[frozenset[str], list[str]]:
        """The places by the shown areas that hold them; under the empty set those of which nobody knows anything."""
        found: dict[frozenset[str], list[str]] = {}
        for place in places:
            found.setdefault(frozenset(key for key in self.holders[place] if key in shown), []).append(place)
        return found

    def combination(self, target: Set[str], shown: Sequence[str]) -> dict[str, float] | None:
        """How often each shown area stands in the places of `target`, if they make it up: "the pact less its members"."""
        if not shown:
            return None
        held = np.array([[place in self.areas[key].places for key in shown] for place in self.order], dtype=float)
        wanted = np.array([place in target for place in self.order], dtype=float)
        found = np.linalg.lstsq(held, wanted, rcond=None)[0].round(6)
        if not np.allclose(held @ found, wanted, atol=1e-4):
            return None
        return {key: float(times) for key, times in zip(shown, found, strict=True) if times}


class Cramped(Protocol):
    """Whether what other tables tell leaves too little room in some places: `of_hidden` ones together, among which it must be free."""

    def __call__(self, places: Collection[str], *, of_hidden: bool) -> bool: ...


@dataclass(frozen=True)
class Table:
    """Counts of some members in every area. `is_safe` judges a vector of counts of a set of places.

    `hides_sameness`: that all of them are in one and the same position may not be told either.
    """

    geography: Geography
    counts: Mapping[str, Vector]
    threshold: int
    hides_sameness: bool = False
    dominated: Callable[[Iterable[str]], bool] = lambda _places: False
    cramped: Cramped | None = None

    def sum_of(self, places: Iterable[str]) -> Vector:
        rows = [self.counts[self.geography.singles[place].key] for place in places]
        return tuple(map(sum, zip(*rows, strict=True)))

    def is_safe(self, places: Collection[str], counts: Vector, *, of_hidden: bool = False) -> bool:
        """Whether a vector may be known: of an area, or `of_hidden` places together, which must leave room inside it.

        Who guesses from the rule that one of the hidden places is large still knows little of the others, if their sum reaches
        twice the threshold.
        """
        if not any(counts):
            return True
        if self.hides_sameness and counts.count(0) == len(counts) - 1:
            return False
        least = 2 * self.threshold - 1 if of_hidden else self.threshold
        is_large = all(not 0 < count < least for count in counts)
        is_cramped = self.cramped is not None and self.cramped(places, of_hidden=of_hidden)
        return is_large and not is_cramped and not self.dominated(places)


@dataclass(frozen=True)
class Shown:
    """What of a table is told: `areas` whole, of others `cells` alone (area, position), `kept` areas as they were told before."""

    areas: frozenset[str]
    cells: frozenset[tuple[str, int]] = frozenset()
    kept: frozenset[str] = frozenset()
    candidates: frozenset[str] = frozenset()
    """Areas that the counts alone would show, whatever was told before."""

    def tells(self, area: str, position: int) -> bool:
        return area in self.areas or area in self.kept or (area, position) in self.cells


Judge = Callable[[Sequence[str], frozenset[str], str, Vector], bool]
"""Whether what readers know of some places may be known: by the areas shown, the places, the area ("" for a part), its counts."""


def protect(
    table: Table,
    *,
    parent: Shown | None = None,
    parent_table: Table | None = None,
    told: Sequence[Mapping[str, Vector]] = (),
) -> Shown:
    """Which areas of a table are told whole, and which single cells everybody could reckon anyway.

    `parent` is the table of the sums of the vectors (their totals): what hides there hides here. `told` has what earlier versions
    of the same semester told, oldest first, by area: what was hidden stays hidden, and no change from 1 to `threshold` - 1 is told.
    ValueError for a threshold under three: a hidden count would be known to be one.
    """
    if table.threshold < 3:
        raise ValueError(f"a threshold of {table.threshold} hides nothing")
    everything = table.geography.areas.keys()
    places = _not_empty(table.geography, parent, parent_table)
    allowed = set(parent.candidates if parent else everything)
    allowed = {key for key in allowed if all(_then(table.geography, before, key) is not None for before in told)}
    by_counts = _chosen(
        table, places, allowed, lambda _shown, where, key, counts: table.is_safe(where, counts, of_hidden=not key)
    )
    shown = by_counts
    # A total may hide for what was told of it before, though nothing was told yet of what stands under it.
    under_shown = by_counts & (parent.areas if parent else everything)
    if told or under_shown != by_counts:
        judge = _Changes(table, told, _empty_areas(table.geography, places))
        shown = _chosen(table, places, under_shown, judge.may_be_known)
    allowed &= parent.areas if parent else everything
    shown = _with_sums(table, places, shown, allowed, exactly=bool(told))
    kept = _kept(table, by_counts - shown, parent, parent_table, told)
    cells = _reckoned(table, places, shown, parent) if not told else frozenset()
    return Shown(frozenset(shown), cells | _empty(table, parent, parent_table), kept, frozenset(by_counts | shown))


def _not_empty(geography: Geography, parent: Shown | None, parent_table: Table | None) -> list[str]:
    """Places that may count somebody; of the others everybody knows that they do not."""
    if parent is None or parent_table is None:
        return geography.order
    parts = geography.parts(parent.areas, geography.order)
    empty = {place for key, part in parts.items() if key and not any(parent_table.sum_of(part)) for place in part}
    return [place for place in geography.order if place not in empty]


def _empty_areas(geography: Geography, places: Iterable[str]) -> frozenset[str]:
    """The areas of the places of which everybody knows that they count nobody."""
    return frozenset(geography.singles[place].key for place in geography.singles.keys() - set(places))


def _chosen(table: Table, places: Sequence[str], allowed: Iterable[str], judge: Judge) -> set[str]:
    """The areas to show, so that every part may be known."""
    geography = table.geography
    allowed = set(allowed)
    shown = {key for key in allowed if judge([key], geography.areas[key].places, key, table.counts[key])}
    for area in geography.several:
        # Under a small number zeros hide too: the places that are left would say by their number alone how few they have.
        if any(0 < count < table.threshold for count in table.counts[area.key]):
            shown -= {geography.singles[place].key for place in area.places}
    for place in places:
        if geography.singles[place].key in allowed - shown:
            shown -= {geography.singles[other].key for other in geography.blocks[place] if other in places}
    while (unsafe := _unsafe_part(table, places, shown, judge)) is not None:
        shown -= _given_up(table, places, shown, unsafe)
    return shown


def _unsafe_part(table: Table, places: Sequence[str], shown: set[str], judge: Judge) -> frozenset[str] | None:
    """The areas that hold the first part of which readers would know too much; None when all is well."""
    geography = table.geography
    parts = geography.parts(shown, places)
    known = sorted(((part, key) for key, part in parts.items() if key), key=lambda row: geography.rank[row[0][0]])
    for part, key in known:
        if not _is_single(geography, part, key) and not judge(sorted(shown), frozenset(part), "", table.sum_of(part)):
            return key
    # People counted in two places: the parts of an area may be large enough where the area itself is not.
    unknown = frozenset(parts.get(frozenset(), ()))
    for area in geography.several:
        if (
            area.key not in shown
            and not area.places & unknown
            and not table.is_safe(area.places, table.counts[area.key])
        ):
            inside = [(key, frozenset(part)) for part, key in known if area.places & frozenset(part)]
            cut = [table.sum_of(part) for _key, part in inside if not part <= area.places]
            if any(
                0 < count < table.threshold and not any(counts[i] for counts in cut)
                for i, count in enumerate(table.counts[area.key])
            ):
                return inside[0][0]
    return None


def _is_single(geography: Geography, part: Sequence[str], key: frozenset[str]) -> bool:
    return len(part) == 1 and geography.singles[part[0]].key in key


def _given_up(table: Table, places: Sequence[str], shown: set[str], part: frozenset[str]) -> set[str]:
    """What hides next so that a part grows: the first block beside it, or else the first area that parts it from others."""
    geography = table.geography
    parting = set(part)
    for place in places:
        own = geography.singles[place].key
        around = {key for key in geography.holders[place][:-1] if key in shown}
        if not any(table.counts[own]):
            continue
        if own in shown and around == part:
            return {geography.singles[other].key for other in geography.blocks[place]}
        if part < around and len(around - part) == 1:
            parting |= around
    given_up = next((area.key for area in geography.several if area.key in parting), None)
    return {given_up} if given_up else set(part)


def _with_sums(
    table: Table, places: Sequence[str], shown: set[str], allowed: Iterable[str], *, exactly: bool
) -> set[str]:
    """With the areas that shown parts make up whole: everybody could add them. `exactly`: only what shown areas themselves make up,
    since parts that readers do not really know have not been judged by what changed in them."""
    geography = table.geography
    parts = geography.parts(shown, places)
    whole = [frozenset(part) for key, part in parts.items() if not key or any(table.sum_of(part))]
    unknown = frozenset(parts.get(frozenset(), ()))
    added = set()
    for key in set(allowed) - shown:
        held = geography.areas[key].places
        is_sum = not held & unknown and all(part <= held or not part & held for part in whole)
        if is_sum and table.is_safe(held, table.counts[key]):
            added.add(key)
    if exactly:
        known = sorted(shown | _empty_areas(geography, places))
        added = {key for key in added if geography.combination(geography.areas[key].places, known) is not None}
    return shown | added


def _empty(table: Table, parent: Shown | None, parent_table: Table | None) -> frozenset[tuple[str, int]]:
    """Every cell under a total of nobody."""
    if parent is None or parent_table is None:
        return frozenset()
    keys = [key for key in parent.areas if not any(parent_table.counts[key])]
    return frozenset((key, i) for key in keys for i in range(len(table.counts[key])))


def _reckoned(table: Table, places: Sequence[str], shown: set[str], parent: Shown | None) -> frozenset[tuple[str, int]]:
    """Cells of hidden areas that everybody could reckon: what whole parts hold of them, and what a shown total then leaves."""
    parts = table.geography.parts(shown, places)
    unknown = frozenset(parts.get(frozenset(), ()))
    sums = [(frozenset(part), table.sum_of(part)) for key, part in parts.items() if key]
    found = set()
    for key, area in table.geography.areas.items():
        if key in shown or area.places & unknown:
            continue
        cut = [counts for part, counts in sums if part & area.places and not part <= area.places]
        positions = range(len(table.counts[key]))
        known = {i for i in positions if not any(counts[i] for counts in cut)}
        if parent and key in parent.areas:
            known = set(positions) if len(positions) - len(known) <= 1 else known
        found |= {(key, i) for i in known if not 0 < table.counts[key][i] < table.threshold}
    return frozenset(found)


def _then(geography: Geography, told: Mapping[str, Vector], key: str) -> Vector | None:
    """What an earlier version told of an area, or let everybody reckon of one that it did not know; None for a hidden one."""
    places = geography.areas[key].places
    return told[key] if key in told else _reckoned_then(geography, told, places) if len(places) > 1 else None


def _reckoned_then(geography: Geography, told: Mapping[str, Vector], places: Set[str]) -> Vector | None:
    """What an earlier version let everybody reckon of some places."""
    combination = geography.combination(places, sorted(told.keys() & geography.areas.keys()))
    return _combined(combination, told) if combination else None


def _combined(combination: Mapping[str, float], counts: Mapping[str, Vector]) -> Vector:
    rows = [[times * count for count in counts[key]] for key, times in combination.items()]
    return tuple(round(sum(column)) for column in zip(*rows, strict=True))


@dataclass(frozen=True)
class _Changes:
    """Judges what readers know by what changed since each earlier version. `empty` are areas that everybody knows to count nobody now,
    whatever they counted then."""

    table: Table
    told: Sequence[Mapping[str, Vector]]
    empty: frozenset[str]

    def may_be_known(self, shown: Sequence[str], places: frozenset[str], key: str, counts: Vector) -> bool:
        return self.table.is_safe(places, counts, of_hidden=not key) and all(
            not 0 < abs(change) < self.table.threshold
            for before in self.told
            for change in self._changes(shown, places, key, before)
        )

    def _changes(self, shown: Sequence[str], places: frozenset[str], key: str, before: Mapping[str, Vector]) -> Vector:
        geography = self.table.geography
        combination = {key: 1.0} if key else geography.combination(places, sorted({*shown, *self.empty}))
        if combination is None:
            return ()
        known = {area: _then(geography, before, area) for area in combination}
        told = {area: vector for area, vector in known.items() if vector is not None}
        then = _combined(combination, told) if len(told) == len(known) else _reckoned_then(geography, before, places)
        return _change(_combined(combination, self.table.counts), then) if then else ()


def _change(now: Vector, then: Vector) -> Vector:
    return tuple(a - b for a, b in zip(now, then, strict=True))


def _kept(
    table: Table,
    hidden: Iterable[str],
    parent: Shown | None,
    parent_table: Table | None,
    told: Sequence[Mapping[str, Vector]],
) -> frozenset[str]:
    """Areas whose small change is not told: they stay as they were. A breakdown stays only under a total that did not move."""
    if not told:
        return frozenset()
    found = set()
    for key in hidden:
        is_still = parent is None or key in parent.kept
        if parent and parent_table and key in parent.areas:
            then = told[-1].get(key)
            is_still = then is not None and sum(then) == sum(parent_table.counts[key])
        if is_still and key in told[-1]:
            change = _change(table.counts[key], told[-1][key])
            if all(abs(difference) < table.threshold for difference in change):
                found.add(key)
    return frozenset(found)
