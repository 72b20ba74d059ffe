"""Tables for spreadsheets, as text (semicolons, UTF-8 with its mark) and as workbooks: nothing in them that a program would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
"""What spreadsheets take for the beginning of a formula, or hide one behind (OWASP ASVS 5.0, 1.2.10)."""


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as a file; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def write_workbook(
    file: BinaryIO,
    *,
    about: tuple[str, Sequence[Sequence[object]]],
    rows: tuple[str, Sequence[str], Iterable[Sequence[object]]],
) -> None:
    """An Excel workbook of two sheets: what it is (name, rows), then the table (name, header, rows), written row by row.

    Texts stay texts, whatever they begin with; numbers and dates are written as such, None as an empty cell.
    """
    # Imported here: only who downloads a workbook needs it.
    from xlsxwriter import Workbook

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with Workbook(file, options) as workbook:
        bold = workbook.add_format({"bold": True})
        title, facts = about
        sheet = workbook.add_worksheet(title)
        sheet.set_column(0, 1, 40)
        for number, fact in enumerate(facts):
            _write_row(sheet, number, fact)
        title, header, table = rows
        sheet = workbook.add_worksheet(title)
        sheet.set_column(0, len(header) - 1, 22)
        sheet.freeze_panes(1, 0)
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, bold)
        for number, row in enumerate(table, start=1):
            _write_row(sheet, number, row)


def _write_row(sheet: Any, number: int, row: Sequence[object]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, (int, float, date)) or value is None:
            sheet.write(number, column, value)
        else:
            sheet.write_string(number, column, str(value))


def safe_cell(value: object) -> str:
    """The value as text, with a quote before what a spreadsheet would run."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
