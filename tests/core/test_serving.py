import errno
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from sportello.core import serving
from sportello.core.serving import Child, ServingError, Stopped
from tests.support.brokers import free_port, wait_until


def child(tmp_path: Path, program: str) -> Child:
    return Child("prova", [sys.executable, "-c", program], tmp_path / "prova.log", statement_seconds=15)


def test_a_full_disk_and_a_closed_folder_have_their_sentences(tmp_path: Path) -> None:
    full = serving.explain(OSError(errno.ENOSPC, "No space left on device"), tmp_path)
    assert full == "Il disco è pieno: libera spazio e riprova."
    closed = serving.explain(PermissionError(errno.EACCES, "Permission denied"), tmp_path)
    assert closed == f"La cartella dei dati {tmp_path} non è leggibile e scrivibile per il tuo utente."


def test_the_secret_is_drawn_once_and_closed_to_others(tmp_path: Path) -> None:
    secret = serving.secret_key(tmp_path)
    assert len(secret) > 50
    assert serving.secret_key(tmp_path) == secret
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_key_for_trying_seals_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    environment = serving.seal_for_trying(tmp_path, "segreto")
    path = Path(environment["SEAL_KEY"])
    made = path.read_bytes()
    assert (path.parent, path.stat().st_mode & 0o777, environment["SEAL_PASSPHRASE"]) == (tmp_path, 0o600, "segreto")
    assert serving.seal_for_trying(tmp_path, "segreto") == environment
    assert path.read_bytes() == made


def test_folders_are_made_and_the_logs_of_the_last_start_go(tmp_path: Path) -> None:
    serving.prepare_folders(tmp_path)
    (tmp_path / "logs" / "web.log").write_text("ieri")
    (tmp_path / "files" / "documento").write_text("resta")
    serving.prepare_folders(tmp_path)
    assert [*(tmp_path / "logs").iterdir()] == []
    assert (tmp_path / "files" / "documento").read_text() == "resta"


def test_a_port_is_free_or_it_is_not() -> None:
    port = free_port()
    serving.check_port("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)), pytest.raises(ServingError, match=f"La porta {port} non è libera"):
        serving.check_port("127.0.0.1", port)


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with serving.only_one(tmp_path), pytest.raises(ServingError, match="già in funzione"), serving.only_one(tmp_path):
        pass
    with serving.only_one(tmp_path):
        pass


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_stops_and_the_next_do_not_interrupt_the_way_out(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    left = False
    with pytest.raises(Stopped), serving.stoppable():
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        finally:
            os.kill(os.getpid(), number)
            left = True
    assert left
    assert signal.getsignal(number) == before


def test_a_web_process_that_ends_is_not_waited_for(tmp_path: Path) -> None:
    web = child(tmp_path, "raise SystemExit('manca qualcosa')")
    web.start(os.environ)
    began = time.monotonic()
    with pytest.raises(ServingError, match=r"il motivo è in .*prova\.log"):
        serving.wait_for_first_page(f"http://127.0.0.1:{free_port()}", web)
    assert time.monotonic() - began < 10
    assert web.log.read_text() == "manca qualcosa\n"


def test_a_part_that_keeps_ending_closes_the_portal(tmp_path: Path) -> None:
    part = child(tmp_path, "print('ancora', flush=True)")
    part.start(os.environ)
    with pytest.raises(ServingError, match=r"\(prova\) continua a fermarsi"):
        serving.watch([part], os.environ)
    assert part.log.read_text() == "ancora\n" * serving.SOON_TIMES


def test_a_part_that_worked_for_a_while_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SOON_SECONDS", 0)
    part = child(tmp_path, "print('ancora', flush=True)")
    part.start(os.environ)

    def watch() -> None:
        with pytest.raises(ServingError):  # raised at the end of the test, when its endings count as too soon
            serving.watch([part], os.environ)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    wait_until(lambda: part.log.read_text().count("ancora") > serving.SOON_TIMES + 1, 20)
    monkeypatch.setattr(serving, "SOON_SECONDS", 60)
    thread.join(timeout=20)
    assert not thread.is_alive()


def test_a_part_that_does_not_listen_is_killed_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "STOP_SECONDS", 1)
    deaf = child(
        tmp_path,
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('pronto', flush=True); time.sleep(60)",
    )
    deaf.start(os.environ)
    wait_until(lambda: "pronto" in deaf.log.read_text(), 10)
    serving.stop([deaf])
    assert deaf.process is not None
    assert deaf.process.returncode == -signal.SIGKILL
