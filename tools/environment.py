"""Make what the commands of the Makefile stand on: `.venv` exactly as the lock files say, and the libraries of the system.

Usage: `python3 tools/environment.py run|develop`. Only the standard library: it runs before anything is installed.
"""

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
RUN, DEVELOP = "run", "develop"
LOCKS = {RUN: "requirements.lock", DEVELOP: "requirements-dev.lock"}


class PreparationError(Exception):
    """Why the environment cannot be made: one Italian sentence for the person at the terminal."""


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(name: str) -> bool:
    return shutil.which(name) is not None


def has_ensurepip() -> bool:
    # Debian keeps this module of the standard library in a package of its own.
    return importlib.util.find_spec("ensurepip") is not None


Needs = Mapping[str, Callable[[], bool]]  # Debian package -> is what it brings already here?
VENV_NEEDS: Needs = {f"python3.{sys.version_info.minor}-venv": has_ensurepip}
PDF_NEEDS: Needs = {
    "libpango-1.0-0": lambda: has_library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": lambda: has_library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": lambda: has_library("libharfbuzz-subset.so.0"),
}
TEST_NEEDS: Needs = {
    "chromium": lambda: has_program("chromium"),
    "redis-server": lambda: has_program("redis-server"),
    "poppler-utils": lambda: has_program("pdftotext"),
    "gettext": lambda: has_program("xgettext"),
}


def missing(needs: Needs) -> list[str]:
    """The Debian packages still to install."""
    return [package for package, is_here in needs.items() if not is_here()]


def privilege() -> list[str] | None:
    """What to put before a command that needs root: nothing for root, a sudo that asks no password, None when there is none."""
    if os.getuid() == 0:
        return []
    sudo = ["/usr/bin/sudo", "-n"]
    if has_program(sudo[0]) and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0:
        return sudo
    return None


def install_packages(packages: list[str]) -> bool:
    """Install with apt-get; False when this account may not, or apt-get fails."""
    prefix = privilege()
    if prefix is None or not has_program("apt-get"):
        return False
    apt_get = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    print(f"Installo {' '.join(packages)}…", flush=True)
    for command in (["update"], ["install", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*apt_get, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:  # the person waits for one address, not for a log: only a failure is worth reading
            print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def command_for(packages: list[str]) -> str:
    """The line a person types to install the packages."""
    return f"sudo apt-get install -y {' '.join(packages)}"


def check_system(kind: str) -> None:
    """Install what the system lacks for `kind`, or say how. Raises PreparationError when nothing could work without it."""
    essential = {**VENV_NEEDS, **({**PDF_NEEDS, **TEST_NEEDS} if kind == DEVELOP else {})}
    packages = missing({**essential, **PDF_NEEDS})
    if packages:
        install_packages(packages)
    if still := missing(essential):
        raise PreparationError(f"Mancano alcuni pacchetti del sistema. Installali con: {command_for(still)}")
    if still := missing(PDF_NEEDS):
        print(
            f"Senza Pango i documenti in PDF non si possono creare. Installalo con: {command_for(still)}",
            file=sys.stderr,
        )


def stamp_of(kind: str, project: Path) -> str:
    """What an environment of this kind must be made of: the interpreter and the content of its lock."""
    lock = hashlib.sha256((project / LOCKS[kind]).read_bytes()).hexdigest()
    return f"{kind} {sys.version.split()[0]} {lock}"


def is_made(kind: str, project: Path) -> bool:
    """Whether `.venv` is whole and serves `kind`; one made for development also runs the portal."""
    stamp = project / ".venv" / "made-of"
    python = project / ".venv" / "bin" / "python"
    if not stamp.exists() or not python.exists():
        return False
    return stamp_of(kind, project) in stamp.read_text().splitlines()


def make(kind: str, project: Path) -> None:
    """Build `.venv` anew. Its stamp is written last: an interrupted build leaves none and is built again."""
    venv = project / ".venv"
    shutil.rmtree(venv, ignore_errors=True)
    python = venv / "bin" / "python"
    print("Preparo l'ambiente in .venv: la prima volta serve circa un minuto…", flush=True)
    # uv comes pinned by hash and leaves with the last step, which makes the environment equal to the lock: ten times faster than pip.
    steps = [
        [sys.executable, "-m", "venv", str(venv)],
        [
            str(python),
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(project / "requirements-uv.lock"),
        ],
        [
            str(venv / "bin" / "uv"),
            "pip",
            "sync",
            "-q",
            "--require-hashes",
            "--python",
            str(python),
            str(project / LOCKS[kind]),
        ],
    ]
    for step in steps:
        if subprocess.run(step, check=False, cwd=project).returncode:
            raise PreparationError(
                f"Non riesco a preparare l'ambiente: questo comando non è andato a buon fine: {shlex.join(step)}"
            )
    kinds = [RUN, DEVELOP] if kind == DEVELOP else [RUN]
    (venv / "made-of").write_text("".join(f"{stamp_of(each, project)}\n" for each in kinds))


def main(arguments: list[str]) -> int:
    """0 when the environment stands, 1 with one sentence when it cannot."""
    (kind,) = arguments
    try:
        check_system(kind)
        if not is_made(kind, PROJECT):
            make(kind, PROJECT)
    except (PreparationError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
