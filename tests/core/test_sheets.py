"""Nothing in a table runs, and nothing of it is lost."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sportello.core.sheets import csv_bytes, safe_cell, write_workbook


@pytest.mark.parametrize("text", ["=1+1", "+39", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "\u00a0=1"])
def test_what_would_run_is_quoted(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [(None, ""), ("Rossi", "Rossi"), (7, "7"), ("", ""), ("a=1", "a=1")])
def test_the_rest_is_itself(value: object, text: str) -> None:
    assert safe_cell(value) == text


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\0")), min_size=1))
def test_a_table_reads_back_as_it_was_written(cells: list[str]) -> None:
    read = csv_bytes([cells]).decode("utf-8-sig")
    (row,) = csv.reader(io.StringIO(read, newline=""), delimiter=";") if any(cells) or len(cells) > 1 else ([""],)
    assert row == [safe_cell(cell) for cell in cells]


CELLS = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
def test_a_workbook_reads_back_as_it_was_written_and_nothing_in_it_is_a_formula(rows: list[list[str]]) -> None:
    file = io.BytesIO()
    dangerous = [["=1+1", "https://example.org", "0042"]]
    write_workbook(file, about=("Che cosa", [["Pratiche", 2]]), rows=("Dati", ["a", "b", "c"], [*dangerous, *rows]))
    book = load_workbook(file)
    assert book.sheetnames == ["Che cosa", "Dati"]
    assert [[cell.value for cell in row] for row in book["Che cosa"]] == [["Pratiche", 2]]
    cells = list(book["Dati"].iter_rows())
    assert [cell.value for cell in cells[0]] == ["a", "b", "c"]
    assert [(cell.value, cell.data_type) for cell in cells[1]] == [
        ("=1+1", "s"),
        ("https://example.org", "s"),
        ("0042", "s"),
    ]
    assert [[cell.value or "" for cell in row] for row in cells[2:]] == rows
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n"}


def test_dates_are_dates_and_nothing_is_empty() -> None:
    file = io.BytesIO()
    write_workbook(file, about=("A", []), rows=("B", ["x", "y"], [[date(2026, 5, 4), None]]))
    day, empty = next(iter(load_workbook(file)["B"].iter_rows(min_row=2)))
    assert (day.value.date(), empty.value) == (date(2026, 5, 4), None)
