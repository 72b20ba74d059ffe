"""Jobs that the tests of the outbox give to real workers: each leaves a line in a file, however its worker ends."""

import os
import time
from pathlib import Path

from django.db.models import F

from sportello.core.jobs import job, progress
from sportello.core.models import Job, JobState


@job(max_attempts=3)
def note(path: str, line: str) -> None:
    _write(path, line)


@job(max_attempts=3)
def note_slowly(path: str, seconds: int) -> None:
    """Begin, work, end: a worker killed in between leaves a beginning without its end."""
    _write(path, f"begin {os.getpid()}")
    time.sleep(seconds)
    _write(path, f"end {os.getpid()}")


@job(max_attempts=3)
def report_half(path: str) -> None:
    progress(50, "a metà")
    _write(path, "half")


@job(max_attempts=3)
def be_overtaken(path: str) -> None:
    """Another worker takes the lease while this one works."""
    Job.objects.filter(state=JobState.LEASED).update(attempts=F("attempts") + 1)
    progress(50)
    _write(path, "never")


@job(max_attempts=2)
def stumble(quoted: str) -> None:
    raise ValueError(f"cannot read {quoted}")


def not_a_job() -> None:
    raise AssertionError("a function without the decorator must not run")


def _write(path: str, line: str) -> None:
    with Path(path).open("a") as notes:
        notes.write(f"{line}\n")
