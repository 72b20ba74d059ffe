"""The carrier of jobs."""

import logging

import pytest
from celery.app.log import Logging

from sportello.celery import app


def test_a_worker_keeps_the_logging_that_django_has_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Logging, "already_setup", False)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    Logging(app).setup_logging_subsystem(loglevel="CRITICAL")
    assert (root.handlers, root.level) == before


def test_it_carries_the_work_of_the_clock_and_one_way_to_run_a_job() -> None:
    app.loader.import_default_modules()
    rooms = ("sportello", "core", "candidates", "employers", "matching", "reports", "workspaces")
    assert {name for name in app.tasks if name.split(".")[0] in rooms} == {
        entry["task"] for entry in app.conf.beat_schedule.values()
    } | {"core.run_job"}
