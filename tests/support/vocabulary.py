"""The curated vocabulary for a folder of tests: import both fixtures in its conftest."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from sportello.reference.services.curated import load_curated


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """The vocabulary, loaded once for the folder inside a transaction that is undone: no other test sees it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_curated()
        transaction.set_rollback(True)


@pytest.fixture
def vocabulary(loaded: dict[str, int], db: None) -> dict[str, int]:
    """Rows by table; what a test changes is undone."""
    return loaded
