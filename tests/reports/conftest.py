from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """What is printed goes to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _in_august() -> Iterator[None]:
    """The first semester of 2026 is over."""
    with time_machine.travel("2026-08-03 10:00+02:00", tick=True):
        yield
