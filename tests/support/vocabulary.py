"""The curated vocabulary for a folder of tests: import the fixtures in its conftest."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import transaction

from sportello.reference.services.curated import load_curated

_held = ExitStack()
"""The transaction in which the vocabulary of the folder stands, while it does."""


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """The vocabulary, loaded once for the folder inside a transaction that is undone: no other test sees it."""
    with django_db_blocker.unblock():
        _held.enter_context(transaction.atomic())
        _held.callback(transaction.set_rollback, True)
        yield load_curated()
        _held.close()


@pytest.fixture(autouse=True)
def _races_begin_outside(request: pytest.FixtureRequest) -> None:
    """Tests that commit come after all others of a run: where they follow at once, the folder's transaction ends before them."""
    mark = request.node.get_closest_marker("django_db")
    if mark and mark.kwargs.get("transaction"):
        request.getfixturevalue("django_db_setup")
        with request.getfixturevalue("django_db_blocker").unblock():
            _held.close()


@pytest.fixture
def vocabulary(loaded: dict[str, int], db: None) -> dict[str, int]:
    """Rows by table; what a test changes is undone."""
    return loaded
