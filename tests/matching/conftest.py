"""The kernels are compiled, or read from their cache, before a test is timed."""

import pytest

from matching.engine.scoring import warm


@pytest.fixture(autouse=True, scope="session")
def _warm_kernels() -> None:
    warm()
