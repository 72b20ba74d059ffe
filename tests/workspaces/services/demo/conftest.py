from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from candidates.services.notices import load_notices
from sportello.accounts.scope import Scope
from sportello.reference.services.curated import load_curated
from sportello.territory.services.reference_files import load_territory
from sportello.workspaces.services.demo.seed import SCALES, seed_demo

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="package")
def _village(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two hundred people, told once for the folder inside a transaction that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_territory()
        load_curated()
        load_notices()
        with connection.cursor() as cursor:
            # Without a commit autovacuum never counts these rows, and the planner would take them for a handful.
            cursor.execute("ANALYZE")
        seed_demo(scale=SCALES["village"], seed=2018, today=TODAY, by=Scope.of_process("tests"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def village(_village: None, db: None) -> date:
    """The day the story has reached; what a test changes is undone."""
    return TODAY
