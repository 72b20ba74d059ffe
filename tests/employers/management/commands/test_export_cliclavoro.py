"""`manage.py export_cliclavoro`."""

from io import StringIO
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest
from django.core.management import CommandError, call_command

from tests.support.employers import make_company, make_contract_type, make_vacancy

pytestmark = pytest.mark.django_db

CODES = "tabella;nostro;loro\nprofessione;4321;4.3.1.2.0.1\ncontratto;PERMANENT;A01\nsettore;56.1;56.10.11\n"


def export(folder: Path, *, codes: str = CODES, intermediary: str = "C1") -> str:
    table, out = folder / "codici.csv", StringIO()
    table.write_text(codes, encoding="utf-8")
    call_command(
        "export_cliclavoro", str(folder), codes=table, intermediary=intermediary, tax_code="08928300964", stdout=out
    )
    return out.getvalue()


def test_each_vacancy_on_the_board_is_a_file_and_the_others_are_told(tmp_path: Path) -> None:
    company = make_company()
    shown = make_vacancy(company)
    make_vacancy(company, state="paused")
    make_vacancy(company, contract_type=make_contract_type("ON_CALL"))
    assert export(tmp_path) == (
        "Offerte scritte: 1. Lasciate fuori: 1.\nManca il codice di contratto ON_CALL: 1 offerte.\n"
    )
    [file] = tmp_path.glob("*.xml")
    assert file.name == f"{shown.reference}.xml"
    assert parse(file).getroot().tag == "{http://servizi.lavoro.gov.it/vacancy}Vacancy"


def test_the_same_board_gives_the_same_files(tmp_path: Path) -> None:
    make_vacancy()
    export(tmp_path)
    [first] = [file.read_bytes() for file in tmp_path.glob("*.xml")]
    export(tmp_path)
    assert [file.read_bytes() for file in tmp_path.glob("*.xml")] == [first]


def test_wrong_answers_are_said_before_anything_is_written(tmp_path: Path) -> None:
    make_vacancy()
    for wrong in ({"codes": "a\nb"}, {"intermediary": "C12345678901"}):
        with pytest.raises(CommandError):
            export(tmp_path, **wrong)
    with pytest.raises(CommandError, match="La cartella non esiste"):
        call_command("export_cliclavoro", str(tmp_path / "no"), codes=tmp_path, intermediary="C1", tax_code="1")
    assert list(tmp_path.glob("*.xml")) == []
