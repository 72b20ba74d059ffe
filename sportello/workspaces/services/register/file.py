"""Reading the spreadsheet that a small desk keeps, however it was saved."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.utils import timezone

from sportello.core.text import search_key

COLUMNS = (
    "tipo", "data", "codice_fiscale", "nome", "cognome", "sesso", "data_nascita", "comune", "email", "telefono",
    "sportello", "operatore", "motivo", "nota", "provenienza", "contratto", "datore", "comunicazione", "fine",
    "partita_iva", "ateco", "addetti",
)  # fmt: skip

REQUIRED = ("tipo", "data")


class Unreadable(Exception):
    """The file is not a register: `missing` are the columns that it lacks."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class Line:
    """One line with its number in the file, the header being the first; a column that the file lacks reads empty."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_lines(path: Path) -> Iterator[Line]:
    """Lines of a file in UTF-8 (with or without mark) or Windows-1252, parted by ";" or ",". Raises Unreadable."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Italian spreadsheet programs write; it gives every byte a sign but five, which nobody types.
        text = raw.decode("cp1252", errors="replace")
    header, _, _rest = text.partition("\n")
    reader = csv.reader(
        text.splitlines(keepends=True), delimiter=";" if header.count(";") >= header.count(",") else ","
    )
    names = [search_key(name).replace(" ", "_") for name in next(reader, [])]
    if missing := [name for name in REQUIRED if name not in names]:
        raise Unreadable(missing)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Line(reader.line_num, {name: cell.strip() for name, cell in zip(names, cells, strict=False)})


def read_day(text: str) -> date:
    """A day as 31/12/2018 or 2018-12-31. Raises ValueError."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    raise ValueError(text)


def noon(day: date) -> datetime:
    """The moment of an event of which the register knows only the day."""
    return timezone.make_aware(datetime.combine(day, time(12)))
