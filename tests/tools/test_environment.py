import os
import sys
from pathlib import Path

import pytest

from tools import environment


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock"):
        (tmp_path / name).write_text(f"# {name}\n")
    return tmp_path


def make_by_hand(project: Path, *kinds: str) -> None:
    (project / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)
    stamps = "".join(f"{environment.stamp_of(kind, project)}\n" for kind in kinds)
    (project / ".venv" / "made-of").write_text(stamps)


def test_an_environment_is_made_only_when_its_stamp_says_so(project: Path) -> None:
    assert not environment.is_made(environment.RUN, project)
    make_by_hand(project, environment.RUN)
    assert environment.is_made(environment.RUN, project)
    assert not environment.is_made(environment.DEVELOP, project)


def test_one_made_for_development_also_runs_the_portal(project: Path) -> None:
    make_by_hand(project, environment.RUN, environment.DEVELOP)
    assert [environment.is_made(kind, project) for kind in (environment.RUN, environment.DEVELOP)] == [True, True]


def test_a_changed_lock_or_a_lost_interpreter_asks_for_a_new_one(project: Path) -> None:
    make_by_hand(project, environment.RUN)
    (project / "requirements.lock").write_text("# changed\n")
    assert not environment.is_made(environment.RUN, project)
    (project / "requirements.lock").write_text("# requirements.lock\n")
    assert environment.is_made(environment.RUN, project)
    (project / ".venv" / "bin" / "python").unlink()
    assert not environment.is_made(environment.RUN, project)


def test_a_build_that_fails_leaves_no_stamp_and_names_the_command(project: Path) -> None:
    make_by_hand(project, environment.RUN)
    (project / "requirements-uv.lock").write_text("not a requirement of anything\n")
    with pytest.raises(environment.PreparationError, match=r"non è andato a buon fine: .*requirements-uv\.lock"):
        environment.make(environment.RUN, project)
    assert not environment.is_made(environment.RUN, project)


def test_what_is_missing_is_named_by_its_package() -> None:
    needs = {"here": lambda: True, "away": lambda: False, "also-away": lambda: False}
    assert environment.missing(needs) == ["away", "also-away"]
    assert environment.command_for(["away", "also-away"]) == "sudo apt-get install -y away also-away"


def test_libraries_and_programs_are_looked_for_where_they_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert environment.has_library("libc.so.6")
    assert not environment.has_library("libnessuna.so.0")
    (tmp_path / "prova").write_text("#!/bin/sh\n")
    (tmp_path / "prova").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert environment.has_program("prova")
    assert not environment.has_program("nessuno")


def test_packages_come_by_apt_get_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for apt-get, first in PATH, that writes down what it was asked."""
    asked = tmp_path / "asked"
    for name in ("apt-get",):
        (tmp_path / name).write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> {asked}\n')
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(environment, "privilege", list)
    assert environment.install_packages(["a", "b"])
    assert asked.read_text().splitlines() == [
        "noninteractive -qq -y update",
        "noninteractive -qq -y install --no-install-recommends a b",
    ]
    (tmp_path / "apt-get").write_text("#!/bin/sh\nexit 100\n")
    assert not environment.install_packages(["a"])
    monkeypatch.setattr(environment, "privilege", lambda: None)
    assert not environment.install_packages(["a"])
