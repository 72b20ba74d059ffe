"""Tables for spreadsheets: semicolons, UTF-8 with its mark, nothing that a program would run."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
"""What spreadsheets take for the beginning of a formula, or hide one behind (OWASP ASVS 5.0, 1.2.10)."""


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as a file; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def safe_cell(value: object) -> str:
    """The value as text, with a quote before what a spreadsheet would run."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
