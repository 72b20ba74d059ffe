"""Goals and rules: numbers that can be, in the shape in which they are kept."""

from datetime import date
from typing import Any

import pytest

from reports.rules import Semester
from sportello.reference.enums import RuleTopic, RuleUnit
from sportello.reference.rules import RuleKind
from sportello.workspaces.forms import LARGEST_RULE, LARGEST_TARGET, GoalForm, RetireGoalForm, RuleForm
from tests.support.reports import make_pact
from tests.support.territory import make_municipality

TODAY = date(2026, 8, 3)


def goal(**fields: Any) -> GoalForm:
    data = {"title": "Cento contratti", "indicator": "contracts", "target": "100", "semester": "2026-2", **fields}
    return GoalForm(data, pact=make_pact([make_municipality()]), today=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, set()),
        ({"target": "0"}, {"target"}),
        ({"target": str(LARGEST_TARGET)}, set()),
        ({"target": str(LARGEST_TARGET + 1)}, {"target"}),
        ({"indicator": "appointments_kept_rate", "target": "100"}, set()),
        ({"indicator": "appointments_kept_rate", "target": "101"}, {"target"}),
        ({"indicator": "coverage", "target": "1000"}, set()),
        ({"indicator": "coverage", "target": "1001"}, {"target"}),
        ({"indicator": "appointments_kept_rate", "target": "molti"}, {"target"}),
        ({"indicator": "happiness"}, {"indicator"}),
        ({"indicator": "no_show_rate"}, {"indicator"}),
        ({"indicator": "tightness"}, {"indicator"}),
        ({"semester": "2026-1"}, {"semester"}),
        ({"semester": "2029-1"}, {"semester"}),
    ],
)
def test_a_goal_is_a_number_of_the_report_that_can_be_reached(fields: dict[str, str], wrong: set[str]) -> None:
    form = goal(**fields)
    assert set(form.errors) == wrong
    assert form["title"].value() == "Cento contratti"


@pytest.mark.django_db
def test_a_goal_already_due_keeps_its_semester_on_the_page() -> None:
    form = GoalForm(pact=make_pact([make_municipality()]), today=TODAY, initial={"semester": "2025-1"})
    values = [value for value, _ in form.fields["semester"].choices]  # type: ignore[attr-defined]
    assert values == ["2025-1", *(f"{s.year}-{s.half}" for s in Semester.span(TODAY, date(2028, 12, 31)))]


FROM = {"valid_from_day": "1", "valid_from_month": "1", "valid_from_year": "2027", "citation": "Delibera 12/2026"}


def rule(unit: RuleUnit, minimum: int, fields: dict[str, str]) -> RuleForm:
    return RuleForm({**FROM, **fields}, kind=RuleKind(RuleTopic.HIRING, unit, "Prova", minimum=minimum))


@pytest.mark.parametrize(
    ("unit", "numbers", "value"),
    [
        (RuleUnit.DAYS, {"value": "5"}, 5),
        (RuleUnit.AGES, {"first": "16", "last": "29"}, [16, 29]),
        (RuleUnit.AGES, {"first": "16", "last": "16"}, [16, 16]),
        (RuleUnit.DISTANCE, {"km": "50", "minutes": "80"}, {"km": 50, "minutes": 80}),
        (RuleUnit.CALENDAR_DAY, {"day": "31", "month": "1"}, [31, 1]),
    ],
)
def test_a_rule_has_as_many_numbers_as_its_unit_wants(unit: RuleUnit, numbers: dict[str, str], value: object) -> None:
    form = rule(unit, 1, numbers)
    assert form.is_valid(), form.errors
    assert form.rule_value == value


@pytest.mark.parametrize(
    ("unit", "numbers", "errors"),
    [
        (RuleUnit.AGES, {"first": "30", "last": "29"}, {"last"}),
        (RuleUnit.AGES, {"first": "30"}, {"last"}),
        (RuleUnit.CALENDAR_DAY, {"day": "31", "month": "4"}, {"day"}),
        (RuleUnit.CALENDAR_DAY, {"day": "29", "month": "3"}, set()),
        (RuleUnit.CALENDAR_DAY, {"day": "5", "month": "13"}, {"month"}),
        (RuleUnit.DAYS, {"value": "2"}, {"value"}),
        (RuleUnit.DAYS, {"value": str(LARGEST_RULE + 1)}, {"value"}),
        (RuleUnit.DAYS, {"value": "5", "citation": ""}, {"citation"}),
    ],
)
def test_a_rule_without_source_or_with_a_slip_of_the_keys_is_refused(
    unit: RuleUnit, numbers: dict[str, str], errors: set[str]
) -> None:
    assert set(rule(unit, 3, numbers).errors) == errors


def test_a_goal_is_given_up_with_a_reason() -> None:
    assert set(RetireGoalForm({"reason": ""}).errors) == {"reason"}
