"""What may be told of one measure, through all its breakdowns."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.indicators.counting import Counts, dimensions_of, members_of
from reports.indicators.cube import Disclosure, cube, hide_like_part, hide_together, protected
from reports.indicators.layers import Told
from reports.indicators.measures import MEASURES
from reports.protect import Area, Cell, Geography
from reports.rules import Dimension
from sportello.territory.enums import AgeBand
from tests.support.attack import Attack, Published, holes_in, is_narrow
from tests.support.queries import queries_of
from tests.support.reports import Register, places_of, window

RULES = Disclosure(threshold=5, small_denominator=20, least_employers=3, largest_share=75, disability_threshold=10)
BY_KEY = {measure.key: measure for measure in MEASURES}


def geography(places: str) -> Geography:
    singles = {place: Area(place, frozenset(place)) for place in places}
    return Geography(singles, (Area("whole", frozenset(places)),))


def told(key: str, dimension: str, rows: Mapping[str, Mapping[str, int]], **options: object) -> Told:
    """What is told of a measure whose places have these members; other dimensions are left empty."""
    # What other measures bound is tested beside them.
    measure, map_ = replace(BY_KEY[key], leaves={}), geography("".join(rows))
    if "others" not in options:
        measure = replace(measure, only_with="")
    members = next(iter(rows.values()))
    other = [Cell(key, d, member) for d in dimensions_of(measure) for member in members_of(measure, d)]
    other += [Cell(key, Dimension.STEP, step) for steps in measure.refined.values() for step in steps]
    counts: Counts = {}
    for area in map_.areas.values():
        cells = {Cell(key, dimension, m): sum(rows[place].get(m, 0) for place in area.places) for m in members}
        counts[area.key] = dict.fromkeys(other, 0) | {Cell(key): sum(cells.values())} | cells
    return protected(measure, counts, map_, options.pop("employers", {}), {}, rules=RULES, **options)  # type: ignore[arg-type]


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


def people(**rows: tuple[int, int, int, int]) -> tuple[Told, Told]:
    """What is told of who was served and of who registered: women and men served, then women and men registered, by place."""
    map_, others = geography("".join(rows)), dict[Cell, Any]()
    found = []
    for key, first in (("users", 0), ("registrations", 2)):
        counts: Counts = {}
        for area in map_.areas.values():
            women, men = (sum(rows[place][first + i] for place in area.places) for i in (0, 1))
            bands = {Cell(key, "age", band): 0 for band in AgeBand} | {Cell(key, "age", "35-44"): women + men}
            sexes = {Cell(key, "sex", "F"): women, Cell(key, "sex", "M"): men}
            counts[area.key] = {Cell(key): women + men} | sexes | bands
        measure = replace(BY_KEY[key], tables={})
        found.append(protected(measure, counts, map_, {}, {}, rules=RULES, others=others))
    together = {area: found[0][area] | found[1][area] for area in found[0]}
    hide_like_part(together, BY_KEY["registrations"])
    served, registered = (
        {area: {c: n for c, n in cells.items() if c.measure == key} for area, cells in together.items()}
        for key in ("users", "registrations")
    )
    return served, registered


def test_who_was_served_and_did_not_register_is_not_told_as_a_difference() -> None:
    many = (40, 40, 20, 20)
    served, registered = people(a=(40, 40, 38, 40), b=many, c=many, d=many)
    assert [served[place][Cell("users")] for place in "abcd"] == [80] * 4
    assert [registered[place][Cell("registrations")] for place in "abcd"] == [None, None, 40, 40]


def test_nor_by_sex() -> None:
    many = (40, 40, 20, 20)
    served, registered = people(a=(40, 40, 38, 20), b=many, c=many, d=many)
    assert [registered[place][Cell("registrations")] for place in "abcd"] == [58, 40, 40, 40]
    assert [numbers(served, place, "sex") for place in "abcd"] == [[None] * 2, [None] * 2, [40, 40], [40, 40]]
    assert [numbers(registered, place, "sex") for place in "abcd"] == [[None] * 2, [None] * 2, [20, 20], [20, 20]]


def test_where_all_registered_both_are_told() -> None:
    served, registered = people(a=(40, 40, 40, 40), b=(40, 40, 20, 20))
    assert [registered[place][Cell("registrations")] for place in "ab"] == [80, 40]
    assert numbers(registered, "a", "sex") == numbers(served, "a", "sex") == [40, 40]


places_of_people = st.tuples(*[st.sampled_from([0, 0, 1, 2, 4, 6, 9, 15, 30])] * 4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(places_of_people, min_size=3, max_size=6))
def test_no_rest_of_a_whole_is_bounded_closer_than_the_threshold(drawn: list[tuple[int, int, int, int]]) -> None:
    """The second two numbers are how many did not register."""
    rows = {
        place: (women + other_women, men + other_men, women, men)
        for place, (women, men, other_women, other_men) in zip("abcdef", drawn, strict=False)
    }
    map_ = geography("".join(rows))
    published = []
    for key, first, told_ in zip(("users", "registrations"), (0, 2), people(**rows), strict=True):
        counts: Counts = {}
        for area in map_.areas.values():
            women, men = (sum(rows[place][first + i] for place in area.places) for i in (0, 1))
            cells = {Cell(key): women + men, Cell(key, "sex", "F"): women, Cell(key, "sex", "M"): men}
            counts[area.key] = {cell: cells.get(cell, 0) for cell in told_[area.key]}
        without_age = {area: {c: n for c, n in cells.items() if c.dimension != "age"} for area, cells in told_.items()}
        measure = replace(BY_KEY[key], dimensions=(Dimension.SEX,), tables={})
        published.append(Published(measure, counts, without_age))
    assert holes_in(published, map_, rules=RULES, step=1) == []


Ages = tuple[int, ...]
"""People of each band, from the youngest."""


def of_ages(rows: Mapping[str, tuple[Ages, Ages]]) -> list[Published]:
    """Who was served and who registered, by place: what is told by age, all of them women."""
    map_, others = geography("".join(rows)), dict[Cell, Any]()
    found = []
    for key, position in (("users", 0), ("registrations", 1)):
        measure = replace(BY_KEY[key], dimensions=(Dimension.AGE,), tables={})
        counts: Counts = {}
        for area in map_.areas.values():
            bands = [sum(column) for column in zip(*(rows[place][position] for place in area.places), strict=True)]
            by_age = {Cell(key, Dimension.AGE, band): n for band, n in zip(AgeBand.values, bands, strict=True)}
            counts[area.key] = {Cell(key): sum(bands)} | by_age
        found.append(Published(measure, counts, protected(measure, counts, map_, {}, {}, rules=RULES, others=others)))
    together = {area: found[0].told[area] | found[1].told[area] for area in found[0].told}
    hide_like_part(together, BY_KEY["registrations"])
    return [
        replace(each, told={area: {c: cells[c] for c in each.told[area]} for area, cells in together.items()})
        for each in found
    ]


def test_a_band_of_which_nearly_all_registered_hides_with_its_neighbour_and_the_others_stay() -> None:
    served = (0, 30, 40, 50, 20, 10, 9)
    few_others, many_others = (0, 30, 20, 48, 10, 5, 9), (0, 30, 20, 20, 10, 5, 9)
    found = of_ages({"a": (served, few_others)} | dict.fromkeys("bcd", (served, many_others)))
    hidden = [0, 30, None, None, 20, 10, 9], [0, 30, None, None, 10, 5, 9]
    for place, expected in zip("abcd", (hidden, hidden, (served, many_others), (served, many_others)), strict=True):
        assert [numbers(each.told, place, "age") for each in found] == [[*row] for row in expected]


bands_of_people = st.tuples(*[st.sampled_from([0, 0, 1, 3, 6, 9, 20])] * len(AgeBand))


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(bands_of_people, bands_of_people), min_size=3, max_size=4))
def test_nor_is_any_rest_of_a_band(drawn: list[tuple[Ages, Ages]]) -> None:
    """The second numbers are how many did not register."""
    rows = {
        place: (tuple(map(sum, zip(registered, others, strict=True))), registered)
        for place, (registered, others) in zip("abcd", drawn, strict=False)
    }
    map_ = geography("".join(rows))
    assert holes_in(of_ages(rows), map_, rules=RULES, step=1) == []


def test_members_that_stand_alone_hide_alone_and_under_no_total() -> None:
    rows = {place: {"PROFILING": 40, "RECEPTION": 30} for place in "abcd"} | {"a": {"PROFILING": 40, "RECEPTION": 9}}
    found = told("served_people", "service", rows)
    assert [numbers(found, place, "service") for place in "abcd"] == [[40, None], [40, None], [40, 30], [40, 30]]
    assert not any(Cell("served_people") in cells for cells in found.values())
    nobody_served: Counts = {area: {Cell("served_people"): 0} for area in ("whole", "a", "b")}
    assert protected(BY_KEY["served_people"], nobody_served, geography("ab"), {}, {}, rules=RULES) == {
        area: {} for area in nobody_served
    }


Stock = tuple[int, int, int]
"""Followed before, taken in charge, closed."""


def followed(rows: Mapping[str, Stock]) -> tuple[Geography, dict[str, Published]]:
    """What is told of who is followed, by place, in one semester after another that told the first number by the same rules."""
    map_ = geography("".join(rows))
    alone: Any = {"dimensions": (), "outcomes": (), "tables": {}, "leaves": {}}
    measures = {
        "before": replace(BY_KEY["open_cases"], key="before", told_with=(), **alone),
        **{key: replace(BY_KEY[key], only_with="", **alone) for key in (*_STOCK, *_FLOWS)},
    }
    numbers_: dict[str, Callable[[Stock], int]] = {
        "before": lambda row: row[0],
        "cases_opened": lambda row: row[1],
        "closed_cases": lambda row: row[2],
        "open_cases": lambda row: row[0] + row[1] - row[2],
    }
    found = {}
    for key, measure in measures.items():
        counts: Counts = {
            area.key: {Cell(key): sum(numbers_[key](rows[place]) for place in area.places)}
            for area in map_.areas.values()
        }
        found[key] = Published(measure, counts, protected(measure, counts, map_, {}, {}, rules=RULES))
    together: Told = {
        area: {c: n for each in found.values() for c, n in each.told[area].items()} for area in map_.areas
    }
    hide_together(together, (*_STOCK, *_FLOWS))
    return map_, {
        key: replace(each, told={area: {Cell(key): cells[Cell(key)]} for area, cells in together.items()})
        for key, each in found.items()
    }


_STOCK, _FLOWS = ("open_cases",), ("cases_opened", "closed_cases")


def test_who_is_followed_is_told_only_with_who_came_and_who_left() -> None:
    many = (40, 20, 20)
    _map, found = followed({"a": (40, 20, 3), "b": many, "c": many, "d": many})
    for key, expected in (("before", 40), ("cases_opened", 20), ("closed_cases", 20), ("open_cases", 40)):
        hidden = None if key != "before" else expected
        assert [found[key].told[p][Cell(key)] for p in "abcd"] == [hidden, hidden, expected, expected]


def test_a_hidden_total_hides_all_that_makes_it_up() -> None:
    told_: Told = {
        "whole": {Cell("one"): 40, Cell("one", "sex", "F"): 40, Cell("one", "sex", "M"): 0, Cell("other"): 40},
        "a": {Cell("one"): 20, Cell("one", "sex", "F"): 20, Cell("one", "sex", "M"): 0, Cell("other"): None},
    }
    hide_together(told_, ("one", "other"))
    assert told_["a"] == {
        Cell("one"): None,
        Cell("one", "sex", "F"): None,
        Cell("one", "sex", "M"): 0,
        Cell("other"): None,
    }
    assert None not in told_["whole"].values()


stocks = st.tuples(st.sampled_from([0, 0, 10, 15, 40]), *[st.sampled_from([0, 0, 1, 3, 5, 9, 20])] * 2)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(stocks.filter(lambda row: row[2] <= row[0] + row[1]), min_size=3, max_size=6))
def test_nobody_reckons_who_came_or_left_from_who_is_followed(drawn: list[Stock]) -> None:
    rows = dict(zip("abcdef", drawn, strict=False))
    map_, found = followed(rows)
    attack = Attack(map_)
    for key in found:
        attack.add_level(key, 1)
    for place in map_.order:
        row = {attack.unknowns[key, place, 0]: times for key, times in _BALANCE.items()}
        attack.know(row, 0)
    small = []
    for key, each in found.items():
        truth = {area: (cells[Cell(key)],) for area, cells in each.counts.items()}
        for area, (number,) in truth.items():
            if each.told[area][Cell(key)] is not None:
                attack.know_cell(key, area, 0, truth)
            elif 0 < number < RULES.threshold:
                small.append(attack.cell(key, area, 0))
    assert not any(is_narrow(attack.bounds_of(target), RULES.threshold) for target in small)


_BALANCE = {"before": 1.0, "cases_opened": 1.0, "closed_cases": -1.0, "open_cases": -1.0}


def skills(
    open_cases: Mapping[str, int], held: Mapping[str, Mapping[str, int]], earlier: Sequence[Told] = ()
) -> tuple[Geography, list[Published]]:
    """What is told of who is followed and of the skills that they have, in two pacts and in all the places."""
    places = "".join(open_cases)
    singles = {place: Area(place, frozenset(place)) for place in places}
    several = {"whole": places, "pact:east": places[:3], "pact:west": places[2:]}
    areas = tuple(Area(key, frozenset(part)) for key, part in several.items())
    map_, others = Geography(singles, areas, wide=frozenset(several)), dict[Cell, Any]()
    rows = {"open_cases": {"": open_cases}, "skilled": held}
    found = []
    for key, members in rows.items():
        dimensions = (Dimension.SKILL,) if key == "skilled" else ()
        measure = replace(BY_KEY[key], outcomes=(), tables={}, leaves={}, dimensions=dimensions)
        counts: Counts = {
            area.key: {
                Cell(key, Dimension.SKILL if skill else "", skill): sum(numbers_.get(place, 0) for place in area.places)
                for skill, numbers_ in members.items()
            }
            for area in map_.areas.values()
        }
        told_ = protected(measure, counts, map_, {}, {}, rules=RULES, others=others, earlier=earlier)
        found.append(Published(measure, counts, told_))
    return map_, found


def test_skills_are_told_of_pacts_and_of_the_whole_but_not_where_few_or_all_or_none_have_them() -> None:
    many = dict.fromkeys("abcdef", 40)
    held = {
        "cook": dict.fromkeys("abcdef", 20),
        "sing": {"a": 4},
        "walk": many,
        "fly": {},
        "weld": {"b": 30, "c": 20, "e": 36},
    }
    _map, (_open, skilled) = skills(many, held)
    told_ = {area: {cell.member: n for cell, n in cells.items()} for area, cells in skilled.told.items()}
    hidden = dict.fromkeys(("sing", "walk", "fly"))
    assert told_ == {
        **{place: {} for place in "abcdef"},
        "whole": {"cook": 120, "weld": 86} | hidden,
        "pact:east": {"cook": 60, "weld": 50} | hidden,
        "pact:west": {"cook": 80, "weld": 56} | hidden,
    }


def test_a_later_version_tells_the_same_of_skills_and_keeps_what_changed_by_few() -> None:
    many, cook = dict.fromkeys("abcdef", 40), dict.fromkeys("abcdef", 20)
    _map, first = skills(many, {"cook": cook, "sing": {"a": 4}})
    told_ = {area: {c: n for each in first for c, n in each.told[area].items()} for area in first[0].told}
    _map, again = skills(many, {"cook": cook, "sing": {"a": 4}}, [told_])
    assert [each.told for each in again] == [each.told for each in first]
    _map, (_open, later) = skills(many, {"cook": cook | {"d": 21}, "sing": {"a": 4}}, [told_])
    assert later.told["whole"] == first[1].told["whole"]


places_of_skills = st.tuples(st.integers(0, 40), st.sampled_from([0, 1, 4, 6, 20, 40]))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(places_of_skills, min_size=5, max_size=6))
def test_nobody_reckons_how_few_of_a_place_have_a_skill_or_lack_it(drawn: list[tuple[int, int]]) -> None:
    rows = {place: (followed, min(followed, held)) for place, (followed, held) in zip("abcdef", drawn, strict=False)}
    open_cases, held = ({place: row[i] for place, row in rows.items()} for i in (0, 1))
    map_, published = skills(open_cases, {"cook": held})
    assert holes_in(published, map_, rules=RULES, step=1) == []


def test_jobseekers_of_six_months_have_six_times_the_threshold() -> None:
    rows = {place: {"51": 60} for place in "abcd"} | {"a": {"51": 29}}
    assert [numbers(told("wanted", "occupation", rows), place, "occupation") for place in "abcd"] == [
        [None],
        [None],
        [60],
        [60],
    ]


def test_things_are_told_only_with_their_people() -> None:
    others: dict[Cell, Any] = {}
    few, many = {"PROFILING": 9}, {"PROFILING": 40}
    for key, rows in (
        ("served_people", dict.fromkeys("bcd", many) | {"a": few}),
        ("services", dict.fromkeys("abcd", many)),
    ):
        found = told(key, "service", dict(sorted(rows.items())), others=others)
    assert [numbers(found, place, "service") for place in "abcd"] == [[None], [None], [40], [40]]


def test_steps_between_hide_by_themselves() -> None:
    """A few offers on the way hide the steps, not how many came to an interview."""
    interview = {"interviewed": 20, "offer": 10}
    rows: dict[str, dict[str, int]] = {place: dict(interview) for place in "abcd"} | {
        "a": {"interviewed": 28, "offer": 2}
    }
    measure, map_ = BY_KEY["people_referred"], geography("abcd")
    counts: Counts = {}
    for area in map_.areas.values():
        steps = {Cell(measure.key, "step", s): sum(rows[p][s] for p in area.places) for s in interview}
        others = {Cell(measure.key, "step", s): 20 * len(area.places) for s in ("sent", "viewed")}
        numbers_ = {"proposed": 9, "agreed": 40, "interview": 30, "hired": 6}
        outcomes = {Cell(measure.key, "outcome", o): n * len(area.places) for o, n in numbers_.items()}
        counts[area.key] = {Cell(measure.key): 85 * len(area.places)} | outcomes | steps | others
    found = protected(measure, counts, map_, {}, {}, rules=RULES)
    assert numbers(found, "a", "outcome") == [9, 40, 30, 6]
    offers = [found[place][Cell(measure.key, "step", "offer")] for place in "abcd"]
    assert offers == [None, None, 10, 10]
    assert found["a"][Cell(measure.key, "step", "viewed")] == 20


def test_a_measure_that_declares_disability_has_its_own_threshold() -> None:
    areas = {"economic": 30, "disabled": 12, "over_45": 20, "youth": 20, "none": 40}
    rows = {place: dict(areas) for place in "abcd"} | {"a": areas | {"disabled": 9}}
    found = told("open_cases", "outcome", rows)
    assert [numbers(found, place, "outcome")[1] for place in "abcd"] == [None, None, 12, 12]
    assert told("open_cases", "sex", {place: {"F": 4, "M": 5} for place in "ab"})["a"][Cell("open_cases")] is None


@pytest.mark.django_db
def test_the_cube_asks_one_query_for_each_measure_and_one_for_its_employers() -> None:
    asked: list[Sequence[str]] = []
    for number in (1, 4):
        places = places_of(*(Register() for _ in range(number)))
        with queries_of() as queries:
            found = cube(MEASURES, window(), places, rules=RULES)
        asked.append(queries)
        assert found.keys() == places.geography.areas.keys()
    of_employers = [measure for measure in MEASURES if measure.employers]
    assert [len(queries) for queries in asked] == [len(MEASURES) + len(of_employers)] * 2
