import hashlib
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction

from candidates.models import Candidate, Case, Contact, Intake, PlannedAction, ServicePact
from candidates.services.notices import load_notices
from employers.models import Company, Vacancy
from matching.models import Placement, Referral
from sportello.reference.services.curated import load_curated
from sportello.territory.models import Municipality, Organisation
from sportello.territory.services.reference_files import load_territory
from tests.support.personas import make_candidate

TODAY = date(2026, 11, 20)

TELLING: tuple[type[models.Model], ...] = (
    Candidate,
    Case,
    Contact,
    ServicePact,
    PlannedAction,
    Company,
    Vacancy,
    Referral,
    Placement,
    Intake,
)
_PASSING = {"number", "created_at", "updated_at", "recorded_at", "stated_on"}
"""Columns that the clock or a sequence fills."""


def _digest() -> dict[str, str]:
    digests = {}
    for model in TELLING:
        names = [field.attname for field in model._meta.concrete_fields if field.name not in _PASSING]
        rows = repr(list(model._default_manager.order_by("pk").values_list(*names)))
        digests[model.__name__] = hashlib.sha256(rows.encode()).hexdigest()
    return digests


def _seeded_and_undone(*, seed: int) -> dict[str, str]:
    with transaction.atomic():
        _seed(seed=seed)
        digest = _digest()
        transaction.set_rollback(True)
    return digest


def _seed(*, seed: int) -> str:
    said = StringIO()
    call_command("seed_demo", scale="village", seed=seed, today=TODAY, stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def _vocabularies(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Places and vocabularies, and nobody in them: loaded once for the module, then undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_territory()
        load_curated()
        load_notices()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def vocabularies(_vocabularies: None, db: None) -> None:
    """What a test writes is undone."""


@pytest.mark.usefixtures("vocabularies")
def test_the_same_seed_writes_the_same_rows() -> None:
    first, again, other = (_seeded_and_undone(seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert [name for name in first if first[name] == other[name]] == []


@pytest.mark.usefixtures("vocabularies")
def test_told_again_it_adds_nothing() -> None:
    assert _seed(seed=1) == "Dimostrazione pronta, al giorno 2026-11-20.\n"
    before = _digest()
    assert _seed(seed=7) == "La dimostrazione c'è già: non aggiungo niente.\n"
    assert _digest() == before


@pytest.mark.usefixtures("vocabularies")
def test_it_invents_nobody_among_real_people() -> None:
    make_candidate()
    with pytest.raises(CommandError, match="ci sono già persone o enti"):
        _seed(seed=1)
    assert Candidate.objects.count() == 1


@pytest.mark.usefixtures("vocabularies")
def test_it_invents_nobody_in_a_real_portal(settings: Any) -> None:
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="persone vere"):
        _seed(seed=1)
    assert Organisation.objects.count() == 0


@pytest.mark.usefixtures("vocabularies")
def test_it_names_what_must_be_loaded_first() -> None:
    Municipality.objects.filter(name="Segrate").update(name="Altrove")
    with pytest.raises(CommandError, match=r"load_territory e load_reference\. Manca: Segrate"):
        _seed(seed=1)
