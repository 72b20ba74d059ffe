"""What a strategy weighed is never rewritten."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from matching.engine.strategies import Strategy
from matching.models import StrategyEdition
from tests.support.personas import make_user

pytestmark = pytest.mark.django_db


def make_edition(**fields: object) -> StrategyEdition:
    values = {"strategy": Strategy.FARTHER, "number": 1, "weights": {}, "motive": "Prova", "edited_by": make_user()}
    return StrategyEdition.objects.create(**{**values, **fields})


def test_it_stays_as_it_was_written() -> None:
    edition = make_edition()
    edition.motive = "Un'altra"
    with pytest.raises(DatabaseError), transaction.atomic():
        edition.save()
    edition.refresh_from_db()
    assert edition.motive == "Prova"


@pytest.mark.parametrize("fields", [{}, {"number": 0}, {"number": 2, "motive": ""}], ids=["twice", "zero", "mute"])
def test_the_database_refuses(fields: dict[str, object]) -> None:
    make_edition()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_edition(**fields)
