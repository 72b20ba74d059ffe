"""The figures for spreadsheets."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from reports.indicators import FROZEN
from reports.queries.issues import reading_of
from reports.render.spreadsheet import figures_csv, write_figures
from reports.services.freeze import freeze_issue
from reports.services.issue import open_issue
from sportello.accounts.scope import Scope
from sportello.territory.enums import Sex
from tests.support.reports import Register, make_rules, segrate_quarter

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def rows_of(register: Register) -> list[dict[str, str]]:
    issue = freeze_issue(issue=open_issue(territory=register.place, year=2026, half=1, by=BY), by=BY)
    content = figures_csv(reading_of(issue), FROZEN)
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


def test_the_workbook_holds_the_same_numbers_and_says_how_to_read_them() -> None:
    register = segrate_quarter()
    issue = freeze_issue(issue=open_issue(territory=register.place, year=2026, half=1, by=BY), by=BY)
    file = io.BytesIO()
    write_figures(file, reading_of(issue), FROZEN)
    book = load_workbook(file, read_only=True)
    assert book.sheetnames == ["Leggimi", "Dati"]
    facts = dict(list(row[:2]) for row in book["Leggimi"].values)
    assert (facts["Edizione"], facts["Dati fino al"]) == (issue.code, "30 giugno 2026")
    assert {str(indicator.label) for indicator in FROZEN} < facts.keys()
    versions = {row[0]: row[2] for row in book["Leggimi"].values if len(row) > 2}
    assert (versions["Persone seguite"], versions["Cercano ancora dopo 12 mesi"]) == (1, 2)
    explained = {row[0]: row[3:5] for row in book["Leggimi"].values if len(row) > 4}
    assert explained["Persone seguite"] == ("Il semestre, dal primo all'ultimo giorno", "nessuno: è un conteggio")
    assert explained["Cercano ancora dopo 12 mesi"] == (
        "I due anni fino all'ultimo giorno",
        "la regola «Rapporti: denominatore più piccolo di una percentuale pubblicata»",
    )
    written = csv.reader(io.StringIO(figures_csv(reading_of(issue), FROZEN).decode("utf-8-sig")), delimiter=";")
    header, *rows = book["Dati"].values
    assert list(header) == next(written)
    assert [list(row) for row in rows] == [_typed(row) for row in written]


def _typed(row: list[str]) -> list[object]:
    """A line of the text with its three numbers as numbers, None where there is none."""
    number = {8, 9, 10}
    return [
        value if n not in number else float(value.replace(",", ".")) if value else None for n, value in enumerate(row)
    ]
