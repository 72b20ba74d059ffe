"""Rules as people read them."""

import csv
from datetime import date
from typing import Any

import pytest

from sportello.reference.enums import RuleTopic, RuleUnit
from sportello.reference.models import RuleParameter
from sportello.reference.render import rule_chapters, shown_value
from sportello.reference.rules import RULE_KINDS
from sportello.reference.services.curated import DATA


def test_every_key_of_the_files_has_a_name_and_no_other() -> None:
    with (DATA / "rule_parameters.csv").open(encoding="utf-8", newline="") as lines:
        assert {row["key"] for row in csv.DictReader(lines)} == set(RULE_KINDS)


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (RuleUnit.DAYS, 1, "1 giorno"),
        (RuleUnit.DAYS, 30, "30 giorni"),
        (RuleUnit.MONTHS, 24, "24 mesi"),
        (RuleUnit.AGE, 16, "16 anni"),
        (RuleUnit.AGES, [15, 24], "da 15 a 24 anni"),
        (RuleUnit.HOURS, [20, 8], "dalle 20 alle 8"),
        (RuleUnit.EURO, 8500, "8.500 euro"),
        (RuleUnit.PERCENT, 80, "80 %"),
        (RuleUnit.PEOPLE, 5, "5"),
        (RuleUnit.ISCED, 3, "livello ISCED 3"),
        (RuleUnit.CALENDAR_DAY, [31, 1], "31 gennaio"),
        (RuleUnit.CALENDAR_DAY, [29, 2], "29 febbraio"),
        (RuleUnit.DISTANCE, {"km": 50, "minutes": 80}, "50 km o 80 minuti"),
    ],
)
def test_a_number_is_shown_with_its_unit(unit: RuleUnit, value: Any, text: str) -> None:
    assert shown_value(unit, value) == text


def row(key: str, value: Any, first: date, last: date | None = None, citation: str = "Legge 1") -> RuleParameter:
    return RuleParameter(key=key, value=value, valid_from=first, valid_to=last, citation=citation)


ROWS = [
    row("retention_months", 36, date(2020, 1, 1), date(2025, 12, 31)),
    row("retention_months", 24, date(2026, 1, 1), date(2026, 12, 31), "Codice di condotta"),
    row("retention_months", 12, date(2027, 1, 1)),
    row("did_contact_days", 30, date(2015, 9, 24), citation="D.Lgs. 150/2015"),
]


def test_values_stand_newest_first_and_say_when_they_hold() -> None:
    found = dict(rule_chapters(ROWS, words="", today=date(2026, 8, 3)))
    assert list(found) == [RuleTopic.UNEMPLOYMENT, RuleTopic.DATA]
    assert [(v.shown, v.is_past, v.is_future) for v in found[RuleTopic.DATA][0].values] == [
        ("12 mesi", False, True),
        ("24 mesi", False, False),
        ("36 mesi", True, False),
    ]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("CONSERVAZIONE", ["retention_months"]),
        ("condotta dati", ["retention_months"]),
        ("150", ["did_contact_days"]),
        ("attività", ["retention_months"]),
        ("nessuna parola", []),
    ],
)
def test_search_looks_at_names_and_acts(words: str, keys: list[str]) -> None:
    chapters = rule_chapters(ROWS, words=words, today=date(2026, 8, 3))
    assert [rule.key for _topic, rules in chapters for rule in rules] == keys
