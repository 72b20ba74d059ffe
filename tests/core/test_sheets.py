"""Nothing in a table runs, and nothing of it is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sportello.core.sheets import csv_bytes, safe_cell


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
