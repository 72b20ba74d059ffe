"""Tests mirror the modules one to one: who changes a module knows where its tests are."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
ROOMS = ("sportello", "candidates", "employers", "matching", "reports")

NOT_CODE = {"apps", "enums", "urls"}
"""Names of modules that only declare, to Django or to people: what they say is proved where it is used."""

EXCEPTIONS = {
    "matching/engine/features.py": "dataclasses without behaviour, built by every test of the engine",
}
"""Modules without tests of their own, each with its reason."""


def modules() -> list[Path]:
    """Modules with a function or class of their own, relative to the repository."""
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [
        path.relative_to(ROOT)
        for path in found
        if "migrations" not in path.parts
        and path.name != "__init__.py"
        and path.stem not in NOT_CODE
        and defines(path.read_text("utf-8"))
    ]


def defines(source: str) -> bool:
    """Whether the source has a function or class at its outermost level."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(node, kinds) for node in ast.parse(source).body)


def mirror_of(module: Path) -> Path:
    """Where the tests of a module stand; `sportello` is the house itself and has no folder of its own."""
    folders = module.parent.parts[1:] if module.parts[0] == "sportello" else module.parent.parts
    return Path("tests", *folders, f"test_{module.stem}.py")


def test_every_module_has_its_tests() -> None:
    alone = {module.as_posix() for module in modules() if not (ROOT / mirror_of(module)).is_file()}
    assert alone == set(EXCEPTIONS)


@pytest.mark.parametrize(
    ("module", "mirror"),
    [
        ("candidates/models/case.py", "tests/candidates/models/test_case.py"),
        ("sportello/core/jobs.py", "tests/core/test_jobs.py"),
        ("sportello/celery.py", "tests/test_celery.py"),
    ],
)
def test_the_mirror_keeps_the_path(module: str, mirror: str) -> None:
    assert mirror_of(Path(module)).as_posix() == mirror


@pytest.mark.parametrize(
    ("source", "is_code"),
    [("X = 1\n", False), ("import this\n", False), ("def f(): ...\n", True), ("class C: ...\n", True)],
)
def test_constants_alone_are_not_code(source: str, is_code: bool) -> None:
    assert defines(source) == is_code
