"""A proof shows something."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from candidates.models import PlannedAction, SearchProof
from candidates.services.plan import draft_pact
from tests.support.personas import make_case, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_an_empty_proof_is_refused() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    pact = draft_pact(
        case=make_case(desk), kind="local", responsible=operator, contact_every_days=30, by=scope(operator)
    )
    action = PlannedAction.objects.create(pact=pact, text="Curriculum", due_on=date(2026, 6, 1))
    with pytest.raises(IntegrityError, match="proof_shows_something"), transaction.atomic():
        SearchProof.objects.create(action=action)
