from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from candidates.models import Candidate
from sportello.reference.services.curated import load_curated
from sportello.territory.models import Desk
from tests.support.territory import make_desk, make_municipality

_HEADER = "tipo;data;codice_fiscale;nome;cognome;sesso;data_nascita;comune\n"
_PERSON = "persona;05/11/2018;RSSMRA85T10A562S;Mario;Rossi;M;10/12/1985;Segrate\n"


@pytest.fixture(scope="module")
def _vocabularies(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_curated()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desk(_vocabularies: None, db: None) -> Desk:
    return make_desk(slug="segrate", municipality=make_municipality(name="Segrate"))


def _run(path: Path, *options: str) -> str:
    said = StringIO()
    call_command("import_register", str(path), *options, stdout=said)
    return said.getvalue()


def test_it_only_checks_until_told_to_write(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "registro.csv"
    path.write_text(_HEADER + _PERSON)
    found = "persona: 1 nuove, 0 già presenti\n"
    assert _run(path, "--desk", "segrate") == f"{found}Era solo un controllo: per scrivere aggiungi --wet-run.\n"
    assert Candidate.objects.count() == 0
    assert _run(path, "--desk", "segrate", "--wet-run") == found
    assert Candidate.objects.count() == 1


def test_it_lists_the_wrong_lines_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "registro.csv"
    path.write_text(_HEADER + _PERSON + "did;06/11/2018;RSSMRA85T10A562X;;;;;\n")
    said = StringIO()
    with pytest.raises(CommandError, match="non ho scritto niente"):
        call_command("import_register", str(path), "--desk", "segrate", "--wet-run", stdout=said)
    assert said.getvalue().startswith("Riga 3: La persona non è nel registro né nel portale.\n")
    assert Candidate.objects.count() == 0


def test_an_unknown_desk_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="«altrove» non c'è nel portale"):
        _run(tmp_path / "registro.csv", "--desk", "altrove")


def test_a_missing_file_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"assente\.csv non si può leggere"):
        _run(tmp_path / "assente.csv", "--desk", "segrate")
