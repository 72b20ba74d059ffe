from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from sportello.accounts.models import User
from sportello.reference.services.curated import load_curated
from sportello.territory.models import Desk
from sportello.territory.services.reference_files import load_territory
from tests.support.personas import make_operator
from tests.support.territory import make_desk


@pytest.fixture(scope="package")
def _vocabularies(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Places and vocabularies, loaded once for the folder and then undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_territory()
        load_curated()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desk(_vocabularies: None, db: None) -> Desk:
    return make_desk(slug="segrate")


@pytest.fixture
def operator(desk: Desk) -> User:
    return make_operator(desk)
