from datetime import date
from pathlib import Path

import pytest

from sportello.workspaces.services.register.file import Unreadable, read_day, read_lines

_TEXT = "Tipo;Data;Nome;Codice fiscale\npersona;31/12/2018;Niccolò;\n;;;\ncontatto;2018-12-31;Zoë;X\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("sign", [";", ","])
def test_however_it_was_saved(tmp_path: Path, encoding: str, sign: str) -> None:
    path = tmp_path / "registro.csv"
    path.write_text(_TEXT.replace(";", sign), encoding=encoding)
    lines = list(read_lines(path))
    assert [(line.number, line["nome"], line["codice_fiscale"], line["nota"]) for line in lines] == [
        (2, "Niccolò", "", ""),
        (4, "Zoë", "X", ""),
    ]


def test_a_file_that_is_no_register_names_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "altro.csv"
    path.write_text("nome;cognome\n")
    with pytest.raises(Unreadable) as refused:
        list(read_lines(path))
    assert refused.value.missing == ["tipo", "data"]


@pytest.mark.parametrize("text", ["31/12/2018", "2018-12-31"])
def test_days_as_people_and_programs_write_them(text: str) -> None:
    assert read_day(text) == date(2018, 12, 31)


@pytest.mark.parametrize("text", ["", "31/02/2018", "12/31/2018", "ieri"])
def test_a_day_that_does_not_exist(text: str) -> None:
    with pytest.raises(ValueError, match="^" + text):
        read_day(text)
