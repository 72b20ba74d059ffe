"""Nobody who knows the rules and everything that is told of a territory can tell a hidden count."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.protect import Area, Geography, Shown, Table, Vector, protect
from tests.support.attack import Attack, is_narrow

THRESHOLD = 5


def geography(several: Mapping[str, str], places: str = "abcd", sizes: Mapping[str, int] | None = None) -> Geography:
    """Places of one letter; `several` names areas by the letters that they hold, in the order in which they are given up."""
    singles = {place: Area(place, frozenset(place)) for place in places}
    return Geography(singles, tuple(Area(key, frozenset(held)) for key, held in several.items()), sizes or {})


def counts_of(map_: Geography, rows: Mapping[str, Vector]) -> dict[str, Vector]:
    """The counts of every area, where nobody is counted in two places."""
    return {
        key: tuple(map(sum, zip(*(rows[place] for place in area.places), strict=True)))
        for key, area in map_.areas.items()
    }


def shown(several: Mapping[str, str], numbers: Sequence[int], **options: int) -> set[str]:
    """The areas whose count is told."""
    map_ = geography(several, "abcdefgh"[: len(numbers)])
    rows = {place: (n,) for place, n in zip(map_.singles, numbers, strict=True)}
    found = protect(Table(map_, counts_of(map_, rows), options.get("threshold", THRESHOLD)))
    return {key for key in map_.areas if found.tells(key, 0)}


def test_large_counts_and_zeros_are_told() -> None:
    assert shown({"pact": "abcd"}, [5, 40, 0, 7]) == {"pact", *"abcd"}


def test_a_small_count_hides_with_its_block_and_the_sum_is_told() -> None:
    assert shown({"pact": "abcd"}, [30, 40, 3, 50]) == {"pact", *"ab"}


def test_blocks_are_neighbours_by_residents() -> None:
    map_ = geography({"pact": "abcd"}, sizes={"a": 9, "b": 2, "c": 8, "d": 1})
    counts = counts_of(map_, {"a": (3,), "b": (30,), "c": (40,), "d": (50,)})
    assert protect(Table(map_, counts, THRESHOLD)).areas == {"pact", *"bd"}


def test_a_small_sum_takes_another_block_with_it() -> None:
    assert shown({"pact": "abcdef"}, [1, 2, 30, 40, 50, 60]) == {"pact", *"ef"}


def test_a_small_area_hides_with_what_would_give_it_back() -> None:
    assert shown({"pact": "abcd"}, [1, 1, 1, 1]) == set()


def test_a_pact_less_its_zone_is_not_one_person() -> None:
    """The zone is given up first, and the smallest block of the pact covers the place that it leaves alone."""
    assert shown({"zone": "bcde", "pact": "abcde"}, [1, 30, 40, 50, 60]) == {"pact", *"de"}


def test_the_common_part_of_two_pacts_is_a_part_like_the_others() -> None:
    assert shown({"east": "abc", "north": "cde"}, [30, 40, 2, 50, 60]) == {"north", "a", "b"}


def test_a_count_of_nobody_covers_nothing() -> None:
    assert shown({"pact": "abcd"}, [3, 0, 0, 40]) == {"pact"}


def test_what_adds_up_is_told_though_the_rule_would_not_need_it() -> None:
    assert shown({"zone": "ab", "pact": "abcd"}, [30, 40, 2, 50]) == {"zone", "pact", *"ab"}


def test_a_threshold_that_hides_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="hides nothing"):
        shown({}, [1, 2], threshold=2)


class Both(NamedTuple):
    """Totals and their breakdown, protected one under the other."""

    total: Table
    parts: Table
    totals_shown: Shown
    parts_shown: Shown

    @classmethod
    def of(
        cls,
        map_: Geography,
        counts: Mapping[str, Vector],
        *,
        hides_sameness: bool = False,
        before: "Sequence[Both]" = (),
    ) -> "Both":
        total = Table(map_, {key: (sum(vector),) for key, vector in counts.items()}, THRESHOLD)
        parts = Table(map_, counts, THRESHOLD, hides_sameness)
        totals_shown = protect(total, told=[both.told(both.total, both.totals_shown) for both in before])
        parts_shown = protect(
            parts,
            parent=totals_shown,
            parent_table=total,
            told=[both.told(both.parts, both.parts_shown) for both in before],
        )
        return cls(total, parts, totals_shown, parts_shown)

    @property
    def levels(self) -> list[tuple[str, Table, Shown]]:
        return [("total", self.total, self.totals_shown), ("part", self.parts, self.parts_shown)]

    @staticmethod
    def told(table: Table, shown: Shown) -> dict[str, Vector]:
        width = len(next(iter(table.counts.values())))
        return {k: v for k, v in table.counts.items() if all(shown.tells(k, i) for i in range(width))}


def sexes(
    women: Sequence[int], men: Sequence[int], several: Mapping[str, str], *, hides_sameness: bool = False
) -> Both:
    map_ = geography(several, "abcdefgh"[: len(women)])
    rows = dict(zip(map_.singles, zip(women, men, strict=True), strict=True))
    return Both.of(map_, counts_of(map_, rows), hides_sameness=hides_sameness)


def test_a_small_sex_hides_the_other_and_those_of_a_neighbour() -> None:
    both = sexes([3, 30, 20, 25], [40, 30, 20, 25], {"pact": "abcd"})
    assert both.totals_shown.areas == {"pact", *"abcd"}
    assert both.parts_shown.areas == {"pact", *"cd"}


def test_a_breakdown_hides_under_a_hidden_total_and_stands_under_nobody() -> None:
    both = sexes([1, 30, 20, 0], [1, 30, 20, 0], {"pact": "abcd"})
    assert both.parts_shown.areas | {area for area, _ in both.parts_shown.cells} == {"pact", *"cd"}


def test_women_alone_are_told_where_everybody_knows_that_there_are_no_men() -> None:
    both = sexes([3, 30], [0, 0], {"pact": "ab"})
    assert both.parts_shown.cells == {("a", 1), ("b", 1)}


def test_all_or_none_of_them_is_not_told_of_an_outcome() -> None:
    """That everybody of a municipality missed the appointments says what each of them did."""
    for kept, missed in ((30, 0), (0, 30)):
        both = sexes([kept, 30, 30, 30], [missed, 30, 30, 30], {"pact": "abcd"}, hides_sameness=True)
        assert both.parts_shown.areas == {"pact", *"cd"}


def test_a_small_change_keeps_what_was_told_before() -> None:
    map_ = geography({"pact": "ab"})
    before = Both.of(geography({"pact": "ab"}, "ab"), {"a": (20, 20), "b": (30, 30), "pact": (50, 50)})
    now = Both.of(before.total.geography, {"a": (21, 20), "b": (40, 30), "pact": (61, 50)}, before=[before])
    assert map_.order == list("abcd")
    assert (now.totals_shown.areas, now.totals_shown.kept) == (frozenset({"pact"}), frozenset({"a"}))
    assert (now.parts_shown.areas, now.parts_shown.kept) == (frozenset({"pact"}), frozenset({"a"}))


def test_what_was_hidden_stays_hidden() -> None:
    map_ = geography({"pact": "ab"}, "ab")
    before = Both.of(map_, {"a": (2, 1), "b": (30, 30), "pact": (32, 31)})
    now = Both.of(map_, {"a": (20, 10), "b": (30, 30), "pact": (50, 40)}, before=[before])
    assert now.totals_shown.areas == {"pact"}


def test_a_neighbour_that_nobody_is_in_any_more_does_not_tell_a_small_change() -> None:
    """That the zone less its empty municipality is the other one, everybody can reckon: one more than before."""
    map_ = geography({"zone": "ab", "whole": "abc"}, "abc")
    rows = {"a": (13, 5, 0), "b": (6, 9, 0), "c": (40, 40, 0)}
    later = {"a": (14, 9, 0), "b": (0, 0, 0), "c": (50, 50, 1)}
    before = Both.of(map_, counts_of(map_, rows))
    now = Both.of(map_, counts_of(map_, later), before=[before])
    assert now.totals_shown.areas == {"whole", "zone", *"abc"}
    assert now.parts_shown.areas == {"b"}


def test_what_everybody_can_reckon_again_is_told_again() -> None:
    map_ = geography({"whole": "abc", "zone": "ab"}, "abc")
    counts = counts_of(map_, {"a": (9, 0), "b": (0, 0), "c": (0, 1)})
    before = Both.of(map_, counts)
    now = Both.of(map_, counts, before=[before])
    assert now.totals_shown.areas == {"zone", *"ab"}
    assert now.parts_shown.areas == {"zone", *"ab"}


def test_a_pact_written_down_later_is_told_where_its_municipalities_were() -> None:
    before = {"a": (20,), "b": (30,), "c": (3,), "d": (40,)}
    map_ = geography({"new": "ab", "other": "bc"})
    rows = {"a": (20,), "b": (30,), "c": (30,), "d": (40,)}
    told = {key: count for key, count in before.items() if key in "ab"}
    assert protect(Table(map_, counts_of(map_, rows), THRESHOLD), told=[told]).areas == {"new", "a", "b"}


def attack(versions: Sequence[Both]) -> Attack:
    """What the attacker knows: everything told of every version, but not which numbers were left as they were."""
    found = Attack(versions[0].total.geography)
    for number, both in enumerate(versions):
        width = len(next(iter(both.parts.counts.values())))
        for level, size in (("total", 1), ("part", width)):
            found.add_level(f"{level}{number}", size)
        found.know_sums(f"part{number}", width, f"total{number}")
        for level, table, told in both.levels:
            for key, vector in table.counts.items():
                for i in range(len(vector)):
                    if told.tells(key, i) and key not in told.kept:
                        found.know_cell(f"{level}{number}", key, i, table.counts)
    return found


@st.composite
def registers(draw: st.DrawFn, *, most: int = 3) -> tuple[Geography, dict[str, Vector]]:
    """A territory with up to `most` areas that overlap as they like, as desks, zones and pacts do; some people are counted in two of
    its places."""
    places = "abcdefgh"[: draw(st.integers(3, 7))]
    areas = draw(st.lists(st.frozensets(st.sampled_from(places), min_size=2), min_size=1, max_size=most, unique=True))
    several = {"whole": places} | {f"area{i}": "".join(sorted(held)) for i, held in enumerate(areas)}
    map_ = geography(several, places, {place: draw(st.integers(1, 9)) for place in places})
    width = draw(st.sampled_from([2, 3]))
    numbers = st.sampled_from([0, 0, 1, 2, 3, 5, 7, 9, 20])
    rows = {place: tuple(draw(numbers) for _ in range(width)) for place in places}
    counts = counts_of(map_, rows)
    for area in map_.several:
        twice = [draw(st.integers(0, 1)) for _ in range(width)]
        least = [max(rows[place][i] for place in area.places) for i in range(width)]
        counts[area.key] = tuple(map(max, least, (n - t for n, t in zip(counts[area.key], twice, strict=True))))
    return map_, counts


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(registers(most=6), st.booleans())
def test_no_hidden_count_is_bounded_closer_than_the_threshold(
    register: tuple[Geography, dict[str, Vector]], hides_sameness: bool
) -> None:
    map_, counts = register
    both = Both.of(map_, counts, hides_sameness=hides_sameness)
    attacker = attack([both])
    for level, table, told in both.levels:
        for key, vector in table.counts.items():
            for i, count in enumerate(vector):
                if told.tells(key, i):
                    assert not 0 < count < THRESHOLD
                else:
                    bounds = attacker.bounds_of(attacker.cell(f"{level}0", key, i))
                    assert not is_narrow(bounds, THRESHOLD), (level, key, i, bounds)


def is_told_openly(attacker: Attack, level: str, places: frozenset[str], position: int) -> bool:
    """Whether what everybody can reckon of a change is none, large, or the sum of two such changes: those of a part and of the rest."""
    known: dict[int, float] = {}
    for place in places:
        known |= attacker.cell(f"{level}1", place, position)
        known |= dict.fromkeys(attacker.cell(f"{level}0", place, position), -1.0)
    least, most = attacker.bounds_of(known)
    if most - least > 1e-6:
        return False
    if abs(least) < 1e-6 or abs(least) >= THRESHOLD - 1e-6:
        return True
    return any(
        part and rest and all(is_told_openly(attacker, level, half, position) for half in (part, rest))
        for area in attacker.geography.areas.values()
        for part, rest in [(places & area.places, places - area.places)]
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(registers(), st.data())
def test_no_small_change_is_told_by_two_versions(
    register: tuple[Geography, dict[str, Vector]], data: st.DataObject
) -> None:
    map_, counts = register
    rows = {place: counts[place] for place in map_.singles}
    later = {
        place: tuple(max(0, n + data.draw(st.sampled_from([0, 0, 0, 1, 2, -1, 6, 10, -20]))) for n in vector)
        for place, vector in rows.items()
    }
    first = Both.of(map_, counts_of(map_, rows))
    versions = [first, Both.of(map_, counts_of(map_, later), before=[first])]
    attacker = attack(versions)
    for (level, before, _), (_, after, told) in zip(versions[0].levels, versions[1].levels, strict=True):
        for key, vector in after.counts.items():
            for i, count in enumerate(vector):
                now = attacker.cell(f"{level}1", key, i)
                then = dict.fromkeys(attacker.cell(f"{level}0", key, i), -1.0)
                least, most = attacker.bounds_of({**now, **then})
                if most - least < 1e-6:
                    assert is_told_openly(attacker, level, map_.areas[key].places, i), (level, key, i, before, after)
                else:
                    assert not is_narrow((least, most), THRESHOLD)
                # A hidden zero of a later version may be reckoned: it speaks of nobody.
                if not told.tells(key, i) and count:
                    assert not is_narrow(attacker.bounds_of(now), THRESHOLD)


def test_nobody_is_told_under_a_small_total() -> None:
    """Four hidden municipalities under a total of at most four would be one person each."""
    assert shown({"pact": "abcdefgh"}, [1, 0, 1, 0, 0, 0, 1, 1]) == set()


@pytest.mark.parametrize(
    ("several", "places", "most", "threshold"),
    [
        ({"pact": "ab"}, 2, 30, 5),
        ({"pact": "abc"}, 3, 20, 5),
        ({"pact": "abcd"}, 4, 20, 5),
        ({"zone": "bc", "pact": "abc"}, 3, 24, 5),
        ({"east": "abc", "north": "bcd"}, 4, 20, 4),
    ],
)
def test_who_knows_the_rule_itself_cannot_undo_it(
    several: Mapping[str, str], places: int, most: int, threshold: int
) -> None:
    """Every register of so many places with up to `most` people: those that are told alike never agree on a hidden count.

    Registers near the limit are not judged: larger ones that are told alike were not tried.
    """
    map_ = geography(several, "abcd"[:places])
    told_alike: dict[tuple[int | None, ...], list[set[int]]] = {}
    judged = set()
    for numbers in product(range(most + 1), repeat=places):
        if sum(numbers) > most:
            continue
        counts = counts_of(map_, {place: (n,) for place, n in zip(map_.singles, numbers, strict=True)})
        found = protect(Table(map_, counts, threshold))
        told = tuple(vector[0] if found.tells(key, 0) else None for key, vector in counts.items())
        if sum(numbers) <= most - 2 * threshold:
            judged.add(told)
        values = told_alike.setdefault(told, [set() for _ in counts])
        for possible, vector in zip(values, counts.values(), strict=True):
            possible.add(vector[0])
    undone = [
        (told, told_alike[told])
        for told in judged
        if any(n is None and len(possible) == 1 for n, possible in zip(told, told_alike[told], strict=True))
    ]
    assert (undone, any(None in told for told in judged)) == ([], True)
