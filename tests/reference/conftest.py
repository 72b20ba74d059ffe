import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from sportello.reference.services.curated import load_curated

ESCO = Path(os.environ.get("SPORTELLO_ESCO", settings.BASE_DIR.parent.parent / "shared" / "data" / "esco"))


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """The vocabulary, loaded once for this folder inside a transaction that is undone: no other test sees it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_curated()
        transaction.set_rollback(True)


@pytest.fixture
def vocabulary(loaded: dict[str, int], db: None) -> dict[str, int]:
    """Rows by table; what a test changes is undone."""
    return loaded


@pytest.fixture
def esco_folder() -> Path:
    if not ESCO.is_dir():
        pytest.skip("the ESCO archive is not on this machine (SPORTELLO_ESCO)")
    return ESCO
