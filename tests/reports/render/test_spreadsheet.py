"""The figures for spreadsheets."""

import csv
import io
from datetime import date

import pytest

from reports.indicators import INDICATORS
from reports.queries.issues import reading_of
from reports.render.spreadsheet import figures_csv
from reports.services.freeze import freeze_issue
from reports.services.issue import open_issue
from sportello.accounts.scope import Scope
from sportello.territory.enums import Sex
from tests.support.reports import Register, make_rules, segrate_quarter

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def rows_of(register: Register) -> list[dict[str, str]]:
    issue = freeze_issue(issue=open_issue(territory=register.place, year=2026, half=1, by=BY), by=BY)
    content = figures_csv(reading_of(issue), INDICATORS)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_rates_have_a_comma_and_both_their_numbers() -> None:
    (rate,) = [r for r in rows_of(segrate_quarter()) if r["indicatore"] == "placement_rate" and not r["dimensione"]]
    assert (rate["valore"], rate["numeratore"], rate["denominatore"], rate["stato"]) == ("15,7773", "68", "431", "a")


def test_hidden_figures_carry_no_number() -> None:
    make_rules()
    register = Register()
    register.intakes(register.people(3, Sex.FEMALE) + register.people(30, Sex.MALE), date(2026, 2, 2))
    hidden = [row for row in rows_of(register) if row["stato"] == "c"]
    assert {(row["valore"], row["numeratore"], row["denominatore"]) for row in hidden} == {("", "", "")}
    assert {(row["indicatore"], row["voce"]) for row in hidden if row["dimensione"] == "sex"} >= {
        ("users", "F"),
        ("users", "M"),
    }
