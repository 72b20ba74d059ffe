"""What may be told of measures beside each other: things and their people, tables under one total, parts of what others make up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.indicators.counting import Counts
from reports.indicators.cube import Disclosure, hide_together, protected
from reports.indicators.layers import Layers, Told
from reports.indicators.measures import MEASURES, Measure
from reports.protect import Area, Cell, Geography
from reports.rules import Dimension
from tests.support.attack import Published, holes_in

RULES = Disclosure(threshold=5, small_denominator=20, least_employers=3, largest_share=75, disability_threshold=10)
BY_KEY = {measure.key: measure for measure in MEASURES}

Cells = dict[Cell, int]
Employers = Mapping[str, Mapping[str, Counter[str]]]
"""By measure and place."""


def beside(
    measures: Sequence[Measure],
    rows: Mapping[str, Cells],
    *,
    employers: Employers | None = None,
    earlier: Sequence[Told] = (),
) -> tuple[Geography, dict[str, Published]]:
    """What is told of some measures, by their key, of places with these cells, of all together, and of two pacts that share the third
    where there are more than four."""
    places = "".join(rows)
    singles = {place: Area(place, frozenset(place)) for place in places}
    several = {"whole": places} | ({"pact:east": places[:3], "pact:west": places[2:]} if len(places) > 4 else {})
    map_ = Geography(singles, tuple(Area(key, frozenset(part)) for key, part in several.items()))
    others: Layers = {}
    found = {}
    for measure in measures:
        own = [cell for cell in next(iter(rows.values())) if cell.measure == measure.key]
        counts: Counts = {
            area.key: {cell: sum(rows[place][cell] for place in area.places) for cell in own}
            for area in map_.areas.values()
        }
        shares = (employers or {}).get(measure.key, {})
        told = protected(measure, counts, map_, shares, {}, rules=RULES, earlier=earlier, others=others)
        dominated = frozenset(area for area, by in shares.items() if by and 100 * max(by.values()) > 75 * by.total())
        found[measure.key] = Published(measure, counts, told, dominated)
    together: Told = {area: dict(chain(*(e.told[area].items() for e in found.values()))) for area in map_.areas}
    for measure in measures:
        if measure.told_with:
            hide_together(together, (measure.key, *measure.told_with))
    return map_, {
        key: replace(each, told={area: {c: cells[c] for c in each.told[area]} for area, cells in together.items()})
        for key, each in found.items()
    }


def told_of(found: Mapping[str, Published], cell: Cell) -> dict[str, int | None]:
    """What is told of a cell, by area."""
    return {area: cells[cell] for area, cells in found[cell.measure].told.items()}


Hired = list[tuple[int, int]]
"""Of each employer of a place the people and their contracts."""
JOBS = [BY_KEY["people_placed"], BY_KEY["contracts"]]


def hired(rows: Mapping[str, Hired]) -> tuple[Geography, dict[str, Published]]:
    """What is told of who found a job: women at the first employer of a place, men at the others."""
    places: dict[str, Cells] = {}
    for place, employers in rows.items():
        women, men = (tuple(map(sum, zip((0, 0), *part, strict=True))) for part in (employers[:1], employers[1:]))
        cells: Cells = {}
        for i, key in enumerate(("people_placed", "contracts")):
            cells |= {Cell(key): women[i] + men[i], Cell(key, "sex", "F"): women[i], Cell(key, "sex", "M"): men[i]}
        number = women[1] + men[1]
        third, half = number // 3, number // 2
        tables = {
            Dimension.OUTCOME: {"permanent": half, "temporary": number - half},
            Dimension.HOURS: {"thirty": third, "other": number - third},
            Dimension.STEP: {
                "long": third,
                "short": number - half - third,
                "fewer": half,
                "unknown": number - third - half,
            },
        }
        cells |= {Cell("contracts", table, m): n for table, members in tables.items() for m, n in members.items()}
        places[place] = cells
    shares: dict[str, dict[str, Counter[str]]] = {
        key: {place: Counter({f"{place}{n}": e[i] for n, e in enumerate(row) if e[i]}) for place, row in rows.items()}
        for i, key in enumerate(("people_placed", "contracts"))
    }
    return beside(JOBS, places, employers=shares)


MANY = [(10, 12), (10, 12), (10, 12)]


def test_contracts_and_the_people_behind_them_are_told_together() -> None:
    """In one place an employer has nearly all contracts, but not nearly all people; in another nearly all people."""
    for employers in ([(10, 90), (5, 5), (5, 5)], [(20, 20), (2, 20), (2, 20)]):
        _map, found = hired({"a": employers} | dict.fromkeys("bcd", MANY))
        for key, expected in (("people_placed", 30), ("contracts", 36)):
            assert [told_of(found, Cell(key))[place] for place in "abcd"] == [None, None, expected, expected]
        assert told_of(found, Cell("contracts", Dimension.STEP, "fewer")) == {
            "whole": found["contracts"].counts["whole"][Cell("contracts", Dimension.STEP, "fewer")],
            **dict.fromkeys("ab"),
            **dict.fromkeys("cd", 18),
        }


employers = st.lists(
    st.tuples(st.sampled_from([0, 1, 3, 5, 9, 20]), st.sampled_from([0, 0, 1, 4, 40])).map(
        lambda row: (row[0], row[0] + row[1] if row[0] else 0)
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(employers, min_size=3, max_size=6))
def test_nobody_reckons_the_people_from_their_contracts_nor_the_contracts_from_the_people(drawn: list[Hired]) -> None:
    map_, found = hired(dict(zip("abcdef", drawn, strict=False)))
    assert holes_in([*found.values()], map_, rules=RULES, step=1) == []


Stay = tuple[int, int, int, int, int]
"""In charge for long, others in charge at the beginning who stay, those who leave, who came and stayed, who came and left."""


def stays(rows: Mapping[str, Stay]) -> tuple[Geography, dict[str, Published]]:
    alone: Any = {"dimensions": (), "outcomes": (), "only_with": ""}
    measures = [
        replace(BY_KEY["cases_opened"], **alone),
        replace(BY_KEY["closed_cases"], **alone),
        replace(BY_KEY["open_cases"], told_with=("cases_opened", "closed_cases"), **alone),
    ]
    return beside(
        measures,
        {
            place: {
                Cell("cases_opened"): came + passed,
                Cell("closed_cases"): left + passed,
                Cell("open_cases"): long + stayed + came,
                Cell("open_cases", Dimension.SINCE, "long"): long,
                Cell("open_cases", Dimension.SINCE, "recent"): stayed + came,
            }
            for place, (long, stayed, left, came, passed) in rows.items()
        },
    )


LONG = Cell("open_cases", Dimension.SINCE, "long")


def test_who_is_long_in_charge_is_not_told_where_nearly_all_of_before_are_still_there() -> None:
    """Else who was in charge at the beginning would be known to have found nothing."""
    many = (20, 10, 10, 20, 10)
    _map, found = stays({"a": (20, 4, 5, 20, 10), "b": many, "c": many, "d": many})
    assert told_of(found, Cell("open_cases")) == {"whole": 194, "a": 44} | dict.fromkeys("bcd", 50)
    assert told_of(found, LONG) == {"whole": 80, "a": None, "b": None, "c": 20, "d": 20}


stay = st.tuples(*[st.sampled_from([0, 0, 3, 5, 9, 12, 30])] * 5).filter(
    lambda row: sum(row[:3]) in (0, *range(10, 99))
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(stay, min_size=3, max_size=6))
def test_nobody_reckons_how_few_are_long_in_charge_or_how_few_of_before_are_not(drawn: list[Stay]) -> None:
    """In all, nobody or ten were in charge before: fewer were hidden when they were told (docs/adr/0011)."""
    map_, found = stays(dict(zip("abcdef", drawn, strict=False)))
    assert holes_in([*found.values()], map_, rules=RULES, step=1) == []


def test_a_table_that_an_earlier_version_did_not_have_is_told_under_the_totals_that_changed_or_stayed() -> None:
    """Who came back was not told before, so it is not hidden for that."""
    measure = replace(BY_KEY["registrations"], dimensions=(), part_of="")

    def of(again: int, first: int) -> Cells:
        by = {Cell("registrations", Dimension.ARRIVAL, m): n for m, n in (("again", again), ("first", first))}
        return {Cell("registrations"): again + first} | by

    before = {place: of(20, 20) for place in "abcd"}
    _map, first = beside([replace(measure, tables={})], before)
    _map, now = beside([measure], before | {"d": of(20, 30)}, earlier=[first["registrations"].told])
    again = Cell("registrations", Dimension.ARRIVAL, "again")
    assert told_of(now, Cell("registrations")) == {"whole": 170, "d": 50} | dict.fromkeys("abc", 40)
    assert told_of(now, again) == {"whole": 80} | dict.fromkeys("abcd", 20)
    _map, kept = beside([measure], before | {"d": of(22, 20)}, earlier=[first["registrations"].told])
    assert told_of(kept, Cell("registrations")) == {"whole": 160} | dict.fromkeys("abcd", 40)
    assert {area for area, number in told_of(kept, again).items() if number is None} == {"whole", "c", "d"}
