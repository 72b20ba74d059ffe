"""The numbers of targeted placement as they stand in the rules."""

import json
from datetime import date
from decimal import Decimal

import pytest

from employers.engine.quota import Staff, quota_of
from employers.render.quota import as_data, quota_rules
from sportello.reference.services.curated import _rows
from tests.support.equality import RULES, make_rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "due_on"),
    [
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2027, 1, 31)),
        (date(2026, 11, 22), date(2027, 1, 31)),
    ],
)
def test_the_return_is_due_on_the_next_31_january(today: date, due_on: date) -> None:
    make_rules()
    assert quota_rules(on=today)[2] == due_on


def test_the_files_hold_the_law() -> None:
    rows = {row["key"]: row for row in _rows("rule_parameters") if row["key"].startswith("quota_")}
    assert {key: json.loads(row["value"]) for key, row in rows.items()} == {
        key: value for key, value in RULES.items() if key.startswith("quota_")
    }
    assert all("L. 12 marzo 1999, n. 68" in row["citation"] for row in rows.values())


def test_what_is_kept_says_by_which_rules() -> None:
    make_rules()
    rules, rows, due_on = quota_rules(on=date(2026, 11, 22))
    staff = Staff(60, 0, Decimal("10.5"), Decimal(40), 1, 0)
    told, verdict = as_data(staff, quota_of(staff, rules), rows, due_on)
    assert (told["heads"], told["part_time_hours"]) == (60, 10.5)
    assert (verdict["disabled"], verdict["disabled_to_hire"], verdict["return_due_on"]) == (4, 3, "2027-01-31")
    assert [rule["key"] for rule in verdict["rules"]] == [row.key for row in rows]
