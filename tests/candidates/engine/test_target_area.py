"""One test a rule, at its edge; what nobody said decides nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.engine.target_area import (
    CIVIL_PERCENT,
    ISEE_LIMIT,
    OVER_AGE,
    WORK_PERCENT,
    YOUTH_AGES,
    Area,
    AreaRule,
    Facts,
    judge_areas,
    proposed_area,
)
from candidates.enums import TargetArea

VALUES: dict[str, int | tuple[int, int]] = {
    ISEE_LIMIT: 10140,
    CIVIL_PERCENT: 45,
    WORK_PERCENT: 33,
    OVER_AGE: 45,
    YOUTH_AGES: (16, 29),
}
RULES = {key: AreaRule(key, value, f"Fonte di {key}") for key, value in VALUES.items()}


def met(facts: Facts) -> dict[Area, bool | None]:
    return {verdict.area: verdict.met for verdict in judge_areas(facts, RULES)}


@pytest.mark.parametrize(
    ("area", "facts", "expected"),
    [
        (Area.OVER_45, Facts(45, is_jobless=True), True),
        (Area.OVER_45, Facts(44, is_jobless=True), False),
        (Area.OVER_45, Facts(60, is_jobless=False), False),
        (Area.YOUTH, Facts(16, is_jobless=True), True),
        (Area.YOUTH, Facts(29, is_jobless=True), True),
        (Area.YOUTH, Facts(15, is_jobless=True), False),
        (Area.YOUTH, Facts(30, is_jobless=True), False),
        (Area.YOUTH, Facts(20, is_jobless=False), False),
        (Area.ECONOMIC, Facts(35, is_jobless=True, isee=10140), True),
        (Area.ECONOMIC, Facts(35, is_jobless=True, isee=10141), False),
        (Area.ECONOMIC, Facts(35, is_jobless=True), None),
        (Area.DISABLED, Facts(35, is_jobless=True, civil_percent=46), True),
        (Area.DISABLED, Facts(35, is_jobless=True, civil_percent=45), False),
        (Area.DISABLED, Facts(35, is_jobless=True, work_percent=34), True),
        (Area.DISABLED, Facts(35, is_jobless=True, work_percent=33), False),
        (Area.DISABLED, Facts(35, is_jobless=True, civil_percent=10, work_percent=34), True),
        (Area.DISABLED, Facts(35, is_jobless=True), None),
    ],
)
def test_each_area_at_its_edge(area: Area, facts: Facts, expected: bool | None) -> None:
    assert met(facts)[area] is expected


@given(
    age=st.integers(14, 99),
    is_jobless=st.booleans(),
    isee=st.none() | st.integers(0, 50_000),
    civil=st.none() | st.integers(0, 100),
)
def test_the_proposal_is_an_area_that_is_met_and_every_verdict_has_its_source(
    age: int, is_jobless: bool, isee: int | None, civil: int | None
) -> None:
    verdicts = judge_areas(Facts(age, is_jobless=is_jobless, isee=isee, civil_percent=civil), RULES)
    proposed = proposed_area(verdicts)
    assert (proposed is None) == (not any(verdict.met for verdict in verdicts))
    assert proposed is None or next(v.met for v in verdicts if v.area == proposed)
    assert all(rule.citation for verdict in verdicts for rule in verdict.rules)


def test_who_is_many_things_is_proposed_the_first() -> None:
    facts = Facts(50, is_jobless=True, isee=0, civil_percent=80)
    assert proposed_area(judge_areas(facts, RULES)) == Area.DISABLED


def test_the_areas_are_those_of_the_case() -> None:
    assert {area.value for area in Area} == set(TargetArea.values)


@pytest.mark.parametrize(("key", "value"), [(OVER_AGE, (45, 50)), (YOUTH_AGES, 29)])
def test_a_rule_of_the_wrong_shape_is_no_rule(key: str, value: int | tuple[int, int]) -> None:
    with pytest.raises(TypeError):
        judge_areas(Facts(50, is_jobless=True), {**RULES, key: AreaRule(key, value, "Fonte")})
