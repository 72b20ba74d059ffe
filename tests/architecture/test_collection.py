"""Two processes share the suite: they must find the same tests, by the same names, in the same order."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def test_the_suite_is_the_same_in_every_process(request: pytest.FixtureRequest) -> None:
    """A name made of the clock, of chance or of a set's order stops a run on two processes before it begins."""
    collected = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "-n0",
            "--no-header",
            "-p",
            "no:cacheprovider",
            *request.config.args,
        ],
        cwd=settings.BASE_DIR,
        env=os.environ | {"PYTHONHASHSEED": "11"},
        capture_output=True,
        text=True,
        check=True,
    )
    names = [line for line in collected.stdout.splitlines() if "::" in line]
    mine = [item.nodeid for item in request.session.items]
    assert [name for name in names if name in set(mine)] == mine
