import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.support.vocabulary import loaded, vocabulary

__all__ = ["loaded", "vocabulary"]

ESCO = Path(os.environ.get("SPORTELLO_ESCO", settings.BASE_DIR.parent / "shared" / "data" / "esco"))


@pytest.fixture
def esco_folder() -> Path:
    if not ESCO.is_dir():
        pytest.skip("the ESCO archive is not on this machine (SPORTELLO_ESCO)")
    return ESCO
