"""The processes of the evaluation mode: web and worker started, watched and stopped together."""

import errno
import fcntl
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from sportello.core.seal import SealKey, write_test_key

READY_SECONDS = 120
STOP_SECONDS = 10
# A child that ends sooner than this after its start has not worked; so many times in a row and it never will.
SOON_SECONDS = 10
SOON_TIMES = 3


class ServingError(Exception):
    """Why the portal cannot be served: one sentence for the person at the terminal."""


class Stopped(BaseException):
    """Somebody asked the portal to stop. Like KeyboardInterrupt, no error to be handled on the way."""


@dataclass
class Child:
    """One process of the portal: what it is called, how it is started, where it writes its log, how long a query may take.

    `last_word` is the signal that it gets when we are killed: one that would first finish its work is not asked.
    """

    name: str
    command: Sequence[str]
    log: Path
    statement_seconds: int
    last_word: str = "TERM"
    process: "subprocess.Popen[bytes] | None" = None
    soon: int = 0
    started_at: float = field(default=0.0)

    def start(self, environment: Mapping[str, str]) -> None:
        # The kernel ends the child when we are killed without a chance to do it: no orphan keeps the port.
        command = ["/usr/bin/setpriv", "--pdeathsig", self.last_word, *self.command]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env={**environment, "PGOPTIONS": f"-c statement_timeout={self.statement_seconds}s"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.started_at = time.monotonic()


def children(host: str, port: int, data: Path) -> list[Child]:
    """The web server, the worker and the timetable; none of the last two has children that could outlive it."""
    logs = data / "logs"
    web = ["gunicorn", "sportello.wsgi", "--bind", f"{host}:{port}", "--preload", "--workers", "2", "--threads", "4"]
    celery = [sys.executable, "-m", "celery", "-A", "sportello"]
    worker = [*celery, "worker", "-P", "threads", "-c", "2", "--without-gossip", "--without-mingle"]
    timetable = [*celery, "beat", "-s", str(data / "timetable"), "--pidfile="]
    return [
        Child("web", [sys.executable, "-m", *web, "--no-control-socket"], logs / "web.log", statement_seconds=15),
        Child("worker", worker, logs / "worker.log", statement_seconds=600, last_word="KILL"),
        Child("timetable", timetable, logs / "timetable.log", statement_seconds=15),
    ]


def prepare_folders(data: Path) -> None:
    """Make the folders that the processes write to, with the logs of this start only. Raises ServingError."""
    try:
        for name in ("broker/queue", "broker/control", "files", "logs", "mail"):
            (data / name).mkdir(parents=True, exist_ok=True)
        for log in (data / "logs").glob("*.log"):
            log.unlink()
    except OSError as error:
        raise ServingError(explain(error, data)) from error


def explain(error: OSError, data: Path) -> str:
    """The sentence for a folder that cannot be used."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("Il disco è pieno: libera spazio e riprova.")
    return _("La cartella dei dati %(data)s non è leggibile e scrivibile per il tuo utente.") % {"data": data}


def secret_key(data: Path) -> str:
    """The secret of this installation, drawn at the first start and kept closed to others."""
    path = data / "secret-key"
    try:
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50))
        return path.read_text()
    except OSError as error:
        raise ServingError(explain(error, data)) from error


def seal_for_trying(data: Path, secret: str) -> dict[str, str]:
    """Environment of a key for seals that is this installation's own, made at the first start: for trying, trusted by nobody."""
    key = SealKey(data / "seal-for-trying.p12", secret)
    try:
        if not key.path.exists():
            key.path.touch(mode=0o600)
            write_test_key(key)
    except OSError as error:
        raise ServingError(explain(error, data)) from error
    return {"SEAL_KEY": str(key.path), "SEAL_PASSPHRASE": key.passphrase}


def check_port(host: str, port: int) -> None:
    """Raise ServingError when the address cannot be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does: a port just freed is free
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServingError(
                _(
                    "La porta %(port)s non è libera: chiudi il programma che la usa o scegline un'altra con «make run PORT=%(other)s»."
                )
                % {"port": port, "other": port + 1}
            ) from error


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder. Raises ServingError when another portal runs on it."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "serve.lock").open("a")
    except OSError as error:
        raise ServingError(explain(error, data)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ServingError(_("Il portale è già in funzione con i dati di %(data)s.") % {"data": data}) from None
        yield


@contextmanager
def stoppable() -> Iterator[None]:
    """Inside, SIGINT and SIGTERM raise Stopped, once: what follows is the way out and must not be interrupted."""

    def raise_stopped(*_signal: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    before = {each: signal.signal(each, raise_stopped) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def wait_for_first_page(url: str, web: Child) -> None:
    """Return when the web process answers. Raises ServingError when it ends or stays mute."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if web.process is not None and web.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):  # noqa: S310  our own http address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ServingError(_("Il portale non si avvia: il motivo è in %(log)s.") % {"log": web.log})


def watch(family: Sequence[Child], environment: Mapping[str, str]) -> None:
    """Start again each child that ends, for ever. Raises ServingError for one that keeps ending."""
    while True:
        time.sleep(0.5)
        for child in family:
            if child.process is None or child.process.poll() is None:
                continue
            child.soon = child.soon + 1 if time.monotonic() - child.started_at < SOON_SECONDS else 1
            if child.soon >= SOON_TIMES:
                raise ServingError(
                    _("Una parte del portale (%(name)s) continua a fermarsi: il motivo è in %(log)s.")
                    % {"name": child.name, "log": child.log}
                )
            child.start(environment)


def stop(family: Sequence[Child]) -> None:
    """End all children: kindly, then after STOP_SECONDS without asking. An unfinished job is taken up at the next start."""
    processes = [child.process for child in family if child.process is not None]
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
