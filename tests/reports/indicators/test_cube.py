"""What may be told of one measure, through all its breakdowns."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from reports.indicators.counting import Counts, dimensions_of, members_of
from reports.indicators.cube import Disclosure, Told, cube, protected
from reports.indicators.measures import MEASURES
from reports.protect import Area, Cell, Geography
from sportello.territory.enums import AgeBand
from tests.support.queries import queries_of
from tests.support.reports import Register, places_of, window

RULES = Disclosure(threshold=5, small_denominator=20, least_employers=3, largest_share=75)
BY_KEY = {measure.key: measure for measure in MEASURES}


def geography(places: str) -> Geography:
    singles = {place: Area(place, frozenset(place)) for place in places}
    return Geography(singles, (Area("whole", frozenset(places)),))


def told(key: str, dimension: str, rows: Mapping[str, Mapping[str, int]], **options: object) -> Told:
    """What is told of a measure whose places have these members; other dimensions are left empty."""
    measure, map_ = BY_KEY[key], geography("".join(rows))
    members = next(iter(rows.values()))
    other = [Cell(key, d, member) for d in dimensions_of(measure) for member in members_of(measure, d)]
    counts: Counts = {}
    for area in map_.areas.values():
        cells = {Cell(key, dimension, m): sum(rows[place].get(m, 0) for place in area.places) for m in members}
        counts[area.key] = dict.fromkeys(other, 0) | {Cell(key): sum(cells.values())} | cells
    return protected(measure, counts, map_, options.pop("employers", {}), rules=RULES, **options)  # type: ignore[arg-type]


def ages(*numbers: int) -> dict[str, int]:
    return dict(zip(AgeBand.values, numbers, strict=True))


def numbers(found: Told, area: str, dimension: str) -> list[int | None]:
    return [n for cell, n in found[area].items() if cell.dimension == dimension]


def test_a_small_band_hides_its_neighbours_and_the_others_stay() -> None:
    few, many = ages(0, 30, 40, 50, 20, 10, 2), ages(0, 30, 40, 50, 20, 10, 9)
    found = told("registrations", "age", {"a": few, "b": many, "c": many, "d": many})
    assert numbers(found, "a", "age") == [0, 30, 40, 50, None, None, None]
    assert numbers(found, "b", "age") == [0, 30, 40, 50, None, None, None]
    assert numbers(found, "c", "age") == list(many.values())
    assert found["a"][Cell("registrations")] == sum(few.values())


def test_outcomes_hide_where_all_ended_alike() -> None:
    rows = {place: {"in_time": 30, "late": 20} for place in "abcd"} | {"a": {"in_time": 30, "late": 0}}
    found = told("first_contacts", "outcome", rows)
    assert [numbers(found, place, "outcome") for place in "abcd"] == [[None, None], [None, None], [30, 20], [30, 20]]


def test_public_measures_are_told_whole() -> None:
    assert told("vacancies", "none", {"a": {"x": 1}, "b": {"x": 30}})["a"][Cell("vacancies")] == 1


@pytest.mark.parametrize(
    ("employers", "is_told"),
    [
        ({"x": 20, "y": 10, "z": 10}, True),
        ({"x": 30, "y": 5, "z": 5}, True),
        ({"x": 31, "y": 5, "z": 4}, False),
        ({"x": 20, "y": 20}, False),
    ],
)
def test_a_count_of_few_employers_is_not_told(employers: Mapping[str, int], is_told: bool) -> None:
    rows = {place: {"F": 20, "M": 20} for place in "abcd"}
    shares = {place: Counter({f"{place}{n}": 10 for n in range(4)}) for place in "bcd"} | {"a": Counter(employers)}
    found = told("contracts", "sex", rows, employers=shares)
    assert found["a"][Cell("contracts")] == (40 if is_told else None)
    assert found["c"][Cell("contracts")] == 40


def test_a_later_version_keeps_a_number_that_would_change_by_few() -> None:
    first = told("registrations", "age", {place: ages(0, 30, 40, 50, 20, 10, 9) for place in "ab"})
    now = {"a": ages(0, 30, 40, 51, 20, 10, 9), "b": ages(0, 30, 40, 70, 20, 10, 9)}
    found = told("registrations", "age", now, earlier=[first])
    total = Cell("registrations")
    # Twenty-one more in all, of which twenty in one place: the other stays, and so does the place that would give it back.
    assert (found["whole"][total], found["a"][total], found["b"][total]) == (339, 159, None)


def test_an_unknown_group_of_bands_is_reckoned_from_the_total() -> None:
    """Else bands that were hidden would hide all the others for good."""
    rows = {place: ages(0, 30, 40, 50, 20, 10, 2) for place in "abcd"}
    first = told("registrations", "age", rows)
    found = told("registrations", "age", rows, earlier=[first])
    assert found == first


@pytest.mark.django_db
def test_the_cube_asks_as_many_queries_as_there_are_measures_and_employers() -> None:
    asked: list[Sequence[str]] = []
    for number in (1, 4):
        places = places_of(*(Register() for _ in range(number)))
        with queries_of() as queries:
            found = cube(MEASURES, window(), places, rules=RULES)
        asked.append(queries)
        assert found.keys() == places.geography.areas.keys()
    assert [len(queries) for queries in asked] == [len(MEASURES) + 2] * 2
