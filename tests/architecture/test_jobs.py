"""Every job that the source asks for exists, and what Celery is told to run at fixed times exists too."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from celery import current_app
from django.conf import settings

from sportello.core import jobs

ROOMS = ("sportello", "candidates", "employers", "matching", "reports")


def enqueued_paths() -> Iterator[tuple[str, str | None]]:
    """(place, path) of each call of `enqueue`; None for a path that is neither a literal nor a constant, own or imported."""
    for room in ROOMS:
        for file in sorted((Path(settings.BASE_DIR) / room).rglob("*.py")):
            tree = ast.parse(file.read_text("utf-8"))
            constants = {
                target.id: node.value.value
                for node in tree.body
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            constants |= {
                alias.asname or alias.name: getattr(import_module(node.module), alias.name, None)
                for node in tree.body
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(ROOMS)
                for alias in node.names
                if alias.name.isupper()
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _name(node.func) == "enqueue":
                    first = node.args[0]
                    path = first.value if isinstance(first, ast.Constant) else constants.get(_name(first))
                    yield (
                        f"{file.relative_to(settings.BASE_DIR)}:{node.lineno}",
                        path if isinstance(path, str) else None,
                    )


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_every_enqueued_path_is_a_registered_job() -> None:
    found = [*enqueued_paths()]
    assert ("sportello.core.tasks.send_message" in {path for _, path in found}) is True
    assert [place for place, path in found if path is None] == []
    for _, path in found:
        assert path is not None
        import_module(path.rpartition(".")[0])
    assert [(place, path) for place, path in found if path not in jobs._registered] == []


def test_jobs_live_in_tasks_modules() -> None:
    current_app.loader.import_default_modules()
    ours = [path for path in jobs._registered if not path.startswith("tests.")]
    assert [path for path in ours if path.split(".")[-2] != "tasks"] == []


def test_every_task_of_the_timetable_exists() -> None:
    current_app.loader.import_default_modules()
    wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert wanted - set(current_app.tasks) == set()
