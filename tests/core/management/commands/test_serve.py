"""The one command, run as people run it: a process of its own on an empty folder."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from sportello.core import embedded
from tests.support.brokers import free_port, wait_until


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """An empty folder every account may enter; the tests of this module share the database made in it."""
    with tempfile.TemporaryDirectory(prefix="sportello-serve-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        embedded.stop(embedded.server_at(folder / "database"))


def command(folder: Path, port: int) -> "subprocess.Popen[str]":
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"DJANGO_SETTINGS_MODULE": "sportello.settings.dev", "SPORTELLO_DATA": str(folder)}
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@contextmanager
def open_portal(folder: Path, port: int) -> "Iterator[subprocess.Popen[str]]":
    with command(folder, port) as portal:
        try:
            # Pages answer a moment before the command says so, and a person waits for what it says.
            opening = lines_until(portal, "Per chiudere premi Ctrl-C.")
            assert f"Il portale è aperto: http://127.0.0.1:{port}" in opening
            yield portal
        finally:
            portal.terminate()


def answer(port: int, path: str) -> "dict[str, str] | None":
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30) as response:
            body: dict[str, str] = json.load(response)
            return body
    except (urllib.error.URLError, OSError):
        return None


def processes_of(portal: "subprocess.Popen[str]") -> list[int]:
    """Every living process of the portal's session, the database apart."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, session = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(session) == portal.pid and state != "Z":
            found.append(int(stat.parent.name))
    return found


def lines_until(portal: "subprocess.Popen[str]", last: str) -> list[str]:
    """What the command prints up to the line `last`; all of it when it ends before."""
    assert portal.stdout is not None
    lines = []
    for line in portal.stdout:
        lines.append(line.rstrip("\n"))
        if lines[-1] == last:
            break
    return lines


def said(portal: "subprocess.Popen[str]") -> tuple[int, str]:
    """The exit code and what was printed and not read yet; waits for the end."""
    with portal:
        assert portal.stdout is not None
        text = portal.stdout.read()
    return portal.returncode, text


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_it_opens_and_closes_everything(place: Path, end: signal.Signals) -> None:
    port = free_port()
    with open_portal(place, port) as portal:
        assert answer(port, "readyz") == {"status": "ok", "database": "ok", "disk": "ok", "broker": "ok"}
        assert len(processes_of(portal)) >= 4  # the command, the web server with its workers, the job worker
        portal.send_signal(end)
        code, text = said(portal)
    assert (code, text) == (0, "Il portale è chiuso.\n")
    assert processes_of(portal) == []
    assert not (place / "database" / "postmaster.pid").exists()


def test_a_port_in_use_is_one_sentence(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, text = said(command(place, port))
    assert code == 1
    assert text == (
        f"La porta {port} non è libera: chiudi il programma che la usa o scegline un'altra con «make run PORT={port + 1}».\n"
    )
    assert not (place / "database" / "postmaster.pid").exists()


def test_a_second_portal_on_the_same_folder_is_refused_and_the_first_goes_on(place: Path) -> None:
    port = free_port()
    with open_portal(place, port):
        code, text = said(command(place, free_port()))
        assert (code, text) == (1, f"Il portale è già in funzione con i dati di {place}.\n")
        assert answer(port, "readyz") is not None


def test_when_the_command_itself_is_killed_no_process_keeps_the_port(place: Path) -> None:
    port = free_port()
    with open_portal(place, port) as portal:
        portal.kill()
        wait_until(lambda: processes_of(portal) == [], 30)
    with open_portal(place, port):  # and the next start adopts the database left behind
        assert answer(port, "readyz") is not None


def test_a_killed_worker_is_started_again(place: Path) -> None:
    port = free_port()
    with open_portal(place, port) as portal:
        worker = next(pid for pid in processes_of(portal) if b"celery\0" in Path(f"/proc/{pid}/cmdline").read_bytes())
        before = set(processes_of(portal))
        os.kill(worker, signal.SIGKILL)
        wait_until(
            lambda: any(
                b"celery\0" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in set(processes_of(portal)) - before
            ),
            30,
        )


def test_a_folder_that_cannot_be_used_is_one_sentence(place: Path) -> None:
    (place / "file").write_text("")
    code, text = said(command(place / "file" / "data", free_port()))
    folder = place / "file" / "data"
    assert (code, text) == (1, f"La cartella dei dati {folder} non è leggibile e scrivibile per il tuo utente.\n")


def test_a_missing_library_is_one_sentence(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = place / "programs"
    programs.mkdir()
    (programs / "postgres").write_text(
        "#!/bin/sh\necho 'postgres: error while loading shared libraries: libz.so.1: cannot open' >&2; exit 127\n"
    )
    (programs / "postgres").chmod(0o755)
    monkeypatch.setenv("SPORTELLO_PG_BIN", str(programs))
    code, text = said(command(place / "new", free_port()))
    assert (code, text) == (
        1,
        "Manca la libreria di sistema libz.so.1, che serve a PostgreSQL: installala e riprova.\n",
    )
