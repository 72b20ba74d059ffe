"""A new value of a rule ends the one before; nothing past moves, and the files leave it alone."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from sportello.accounts.scope import Scope
from sportello.reference.models import RuleParameter
from sportello.reference.rules import parameter
from sportello.reference.services.curated import load_curated
from sportello.reference.services.rules import RuleAlreadyBegun, UnknownRule, add_rule_value

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")
KEY = "vacancy_close_days"


def add(valid_from: date, value: Any = 75, key: str = KEY, **fields: Any) -> RuleParameter:
    facts = {"citation": "Delibera 3/2027", "indicative": False, **fields}
    return add_rule_value(key=key, value=value, valid_from=valid_from, by=BY, **facts)


def periods(key: str = KEY) -> list[tuple[Any, date, date | None]]:
    return list(
        RuleParameter.objects.filter(key=key).order_by("valid_from").values_list("value", "valid_from", "valid_to")
    )


@pytest.mark.usefixtures("vocabulary")
def test_the_value_before_ends_the_day_before() -> None:
    add(date(2027, 1, 1))
    assert periods() == [(90, date(2020, 1, 1), date(2026, 12, 31)), (75, date(2027, 1, 1), None)]
    assert [parameter(KEY, on=day).value for day in (date(2026, 12, 31), date(2027, 1, 1))] == [90, 75]


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2020, 1, 1)])
def test_what_has_begun_is_not_written_over(day: date) -> None:
    before = periods()
    with pytest.raises(RuleAlreadyBegun):
        add(day)
    assert periods() == before


@pytest.mark.usefixtures("vocabulary")
def test_a_second_value_comes_after_the_first() -> None:
    add(date(2027, 1, 1))
    with pytest.raises(RuleAlreadyBegun):
        add(date(2026, 12, 1))
    add(date(2027, 3, 1), value=60)
    assert [value for value, _first, _last in periods()] == [90, 75, 60]


def test_keys_come_with_the_program() -> None:
    with pytest.raises(UnknownRule):
        add(date(2027, 1, 1), key="invented")


@pytest.mark.usefixtures("vocabulary")
def test_loading_the_files_again_leaves_the_administrators_row_and_the_closing() -> None:
    add(date(2027, 1, 1))
    before = list(RuleParameter.objects.filter(key=KEY).order_by("valid_from").values())
    load_curated()
    assert list(RuleParameter.objects.filter(key=KEY).order_by("valid_from").values()) == before


@pytest.mark.usefixtures("vocabulary")
def test_the_same_number_from_the_same_day_keeps_the_administrators_citation() -> None:
    """The files give 8,500 from 2024 as indicative; here the administrator confirmed it first, with the act."""
    key = "unemployment_income_limit_employee"
    RuleParameter.objects.filter(key=key, valid_from=date(2024, 1, 1)).delete()
    add(date(2024, 1, 1), value=8500, key=key, citation="Circolare 1/2024")
    load_curated()
    row = RuleParameter.objects.get(key=key, valid_from=date(2024, 1, 1))
    assert (row.citation, row.indicative, row.is_local) == ("Circolare 1/2024", False, True)


@pytest.mark.usefixtures("vocabulary")
def test_both_rows_are_in_the_history() -> None:
    add(date(2027, 1, 1))
    history = apps.get_model("reference", "RuleParameterEvent")._default_manager
    said = history.filter(key=KEY, pgh_context__metadata__reason="rule.add").order_by("valid_from")
    assert [(e.pgh_label, e.value, e.valid_to) for e in said] == [
        ("update", 90, date(2026, 12, 31)),
        ("insert", 75, None),
    ]
