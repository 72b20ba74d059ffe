"""Hard rules, one by one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.constraints import HOURS, LEGAL_BASIS, LIFTABLE, RULES, WEEK, Rule, accepted_hours
from matching.engine.features import PersonFeatures, VacancyFeatures
from matching.engine.scoring import weigh_people
from sportello.territory.enums import WEEK_BANDS
from tests.support.engine import CONTRACTS, FIT, JOB, LICENCES, PLACES, TODAY, VOCABULARY


def first_failed(vacancy: VacancyFeatures, person: PersonFeatures) -> Rule | None:
    return weigh_people(VOCABULARY, vacancy, [person], today=TODAY)[0].excluded_by


def test_who_meets_all_is_not_excluded() -> None:
    assert first_failed(JOB, FIT) is None


@pytest.mark.parametrize(
    ("person", "rule"),
    [
        (replace(FIT, may_work=False), Rule.MAY_WORK),
        (replace(FIT, contract_types=frozenset({CONTRACTS[1]})), Rule.CONTRACT),
        (replace(FIT, hours_wanted="part_time"), Rule.HOURS),
        (replace(FIT, point=PLACES[1], max_travel_km=11), Rule.DISTANCE),
    ],
)
def test_each_rule_excludes_by_itself(person: PersonFeatures, rule: Rule) -> None:
    assert first_failed(JOB, person) == rule
    assert LEGAL_BASIS[rule] != ""


def test_every_licence_demanded_is_needed() -> None:
    job = replace(JOB, licences=frozenset(LICENCES[:2]))
    assert first_failed(job, replace(FIT, licences=frozenset(LICENCES[:1]))) == Rule.LICENCES
    assert first_failed(job, replace(FIT, licences=frozenset(LICENCES))) is None


def test_distance_at_the_limit_and_unknown_do_not_exclude() -> None:
    person = replace(FIT, point=PLACES[1])
    metres = weigh_people(VOCABULARY, JOB, [person], today=TODAY)[0].distance_m
    assert metres is not None
    assert 11_000 < metres < 12_000
    assert first_failed(JOB, replace(person, max_travel_km=12)) is None
    assert first_failed(JOB, replace(person, point=None, max_travel_km=1)) is None
    assert first_failed(replace(JOB, point=None), replace(person, max_travel_km=1)) is None


def test_the_contract_among_those_accepted_passes_and_none_chosen_accepts_all() -> None:
    assert first_failed(JOB, replace(FIT, contract_types=frozenset(CONTRACTS[:2]))) is None
    assert first_failed(replace(JOB, contract_type=None), replace(FIT, contract_types=frozenset(CONTRACTS))) is None


def test_every_part_of_the_week_that_is_asked_is_needed_of_who_said_when_they_can() -> None:
    job = replace(JOB, bands=frozenset({"1-morning", "7-night"}))
    assert first_failed(job, replace(FIT, windows=frozenset({"1-morning", "7-evening"}))) == Rule.WEEK
    assert first_failed(job, replace(FIT, windows=frozenset({"1-morning", "7-night", "3-evening"}))) is None
    assert first_failed(job, replace(FIT, windows=frozenset())) is None
    assert first_failed(JOB, replace(FIT, windows=frozenset({"2-night"}))) is None
    assert (LEGAL_BASIS[Rule.WEEK], Rule.WEEK in LIFTABLE) == ("Scelta della persona", True)


@given(st.frozensets(st.sampled_from(WEEK), min_size=1), st.frozensets(st.sampled_from(WEEK), min_size=1))
def test_the_week_gives_no_points_and_refuses_whom_a_part_lacks(asked: frozenset[str], told: frozenset[str]) -> None:
    job = replace(JOB, bands=asked)
    (silent,), (talking,) = (
        weigh_people(VOCABULARY, job, [replace(FIT, windows=windows)], today=TODAY) for windows in (frozenset(), told)
    )
    assert silent.score == talking.score
    assert (silent.excluded_by, talking.excluded_by) == (None, None if asked <= told else Rule.WEEK)


def test_the_parts_of_the_week_are_those_of_the_territory() -> None:
    assert tuple(key for key, _day, _band in WEEK_BANDS) == WEEK


def test_any_hours_are_all_hours() -> None:
    assert accepted_hours("any") == sum(HOURS.values())
    assert [accepted_hours(kind) for kind in HOURS] == list(HOURS.values())


def test_the_kernels_number_the_rules_in_their_order() -> None:
    assert RULES == (Rule.MAY_WORK, Rule.LICENCES, Rule.CONTRACT, Rule.HOURS, Rule.WEEK, Rule.DISTANCE)
