"""Dated parameters, and how the name of a job is written."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sportello.reference.models import RuleParameter
from sportello.reference.rules import MissingParameterError, parameter, parameters, shown_label


def _rule(value: int, valid_from: date, valid_to: date | None = None, citation: str = "art. 1") -> RuleParameter:
    return RuleParameter.objects.create(
        key="days", value=value, valid_from=valid_from, valid_to=valid_to, citation=citation
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "value"),
    [(date(2021, 1, 1), 1), (date(2021, 12, 31), 1), (date(2022, 1, 1), 2), (date(2099, 1, 1), 2)],
)
def test_the_row_of_the_day_is_read(on: date, value: int) -> None:
    _rule(1, date(2021, 1, 1), date(2021, 12, 31))
    _rule(2, date(2022, 1, 1))
    assert parameter("days", on=on).value == value


@pytest.mark.django_db
def test_a_day_without_a_row_is_an_error_that_names_it() -> None:
    _rule(1, date(2021, 1, 1))
    with pytest.raises(MissingParameterError, match="days valid on 2020-12-31"):
        parameter("days", on=date(2020, 12, 31))


@pytest.mark.django_db
def test_several_parameters_cost_one_query(django_assert_num_queries: object, vocabulary: object) -> None:
    keys = ("did_contact_days", "disclosure_threshold", "vacancy_close_days")
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = parameters(*keys, on=date(2026, 11, 22))
    assert {key: row.value for key, row in found.items()} == dict(zip(keys, (30, 5, 90), strict=True))


@pytest.mark.django_db
def test_the_database_refuses_two_values_on_one_day() -> None:
    _rule(1, date(2021, 1, 1), date(2021, 12, 31))
    with pytest.raises(IntegrityError, match="rule_valid_once_at_a_time"), transaction.atomic():
        _rule(2, date(2021, 12, 31))


@pytest.mark.django_db
def test_the_database_refuses_a_rule_without_citation() -> None:
    with pytest.raises(IntegrityError, match="rule_has_a_citation"), transaction.atomic():
        _rule(1, date(2021, 1, 1), citation="")


@pytest.mark.parametrize(
    ("masculine", "feminine", "label"),
    [
        ("cuoco", "cuoca", "cuoco/a"),
        ("muratore", "muratrice", "muratore/trice"),
        ("barista", "barista", "barista"),
        ("barman", "barlady", "barman/barlady"),
        ("operaio generico", "operaia generica", "operaio/a generico/a"),
        ("addetto alle pulizie", "addetta alle pulizie", "addetto/a alle pulizie"),
        ("steward", "hostess di terra", "steward/hostess di terra"),
    ],
)
def test_both_genders_are_shown(masculine: str, feminine: str, label: str) -> None:
    assert shown_label(masculine, feminine) == label
