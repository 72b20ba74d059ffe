"""The door for a mail server's pipe: kept is 0, anything else is "come back later"."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from candidates.models import InboundMessage
from tests.support.mail import letter, make_code

ROOT = Path(__file__).resolve().parents[4]


def pipe(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("ingest_mail")


@pytest.mark.django_db
def test_a_letter_is_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    code = make_code()
    for _time in range(2):
        pipe(letter(), monkeypatch)
    assert InboundMessage.objects.get().subject_code == code


@pytest.mark.django_db
def test_bytes_that_are_no_letter_are_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for raw in (b"", b"\xff\x00\xfe"):
        pipe(raw, monkeypatch)
    assert sorted(bytes(m.raw) for m in InboundMessage.objects.all()) == [b"", b"\xff\x00\xfe"]


@pytest.mark.django_db
def test_a_database_that_refuses_asks_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE candidates_inboundmessage RENAME TO away")
    with pytest.raises(SystemExit) as left:
        pipe(letter(), monkeypatch)
    assert left.value.code == 75


def test_a_database_that_is_away_asks_the_server_to_come_back() -> None:
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "PYTHONWARNINGS": "default"}
    left = subprocess.run(
        [sys.executable, "manage.py", "ingest_mail"],
        cwd=ROOT,
        env={**nowhere, "DJANGO_SETTINGS_MODULE": "sportello.settings.test"},
        input=letter(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert left.returncode == 75
