"""The demonstration's pacts, bodies and desks."""

from collections import Counter
from typing import Any

import pytest
from django.db import models

from sportello.accounts.models import User
from sportello.pacts.models import TerritorialPact
from sportello.territory.enums import DeskKind, DeskState
from sportello.territory.models import Desk, Municipality
from sportello.workspaces.services.demo.draw import Draw, lines
from sportello.workspaces.services.demo.territory import DELIBERATED, INVITED, TerritoryMissing, make_territory
from sportello.workspaces.services.rows import Rows
from tests.workspaces.services.demo.conftest import TODAY

pytestmark = pytest.mark.usefixtures("village")


@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        (Desk, "state", DeskState),
        (Desk, "kind", DeskKind),
    ],
)
def test_every_state_is_there(model: type[models.Model], field: str, choices: Any) -> None:
    found = set(model._default_manager.order_by().values_list(field, flat=True).distinct())
    assert found - {""} == set(choices.values)


def test_every_member_is_served() -> None:
    served = Municipality.objects.filter(
        served_by__state=DeskState.OPEN, name__in=lines("members"), is_metropolitan=True
    )
    assert served.distinct().count() == len(lines("members"))


def test_the_pact_in_force_has_members_on_their_way_and_one_that_left() -> None:
    pact = TerritorialPact.objects.get(kind="pact", ends_on__year=TODAY.year)
    states = Counter(pact.memberships.values_list("state", flat=True))
    assert (states["invited"], states["deliberated"], states["withdrawn"]) == (INVITED, DELIBERATED, 1)
    assert sum(states.values()) == len(lines("members"))
    assert pact.lead.name == "Segrate"


def test_every_open_desk_has_somebody_who_cannot_sign_in() -> None:
    workers = User.objects.filter(email__endswith="@sportello.invalid")
    desks = Desk.objects.filter(state=DeskState.OPEN)
    assert set(desks.filter(memberships__user__in=workers)) == set(desks)
    assert not any(worker.has_usable_password() for worker in workers)


@pytest.mark.django_db
def test_without_the_places_nothing_begins() -> None:
    Municipality.objects.filter(name="Segrate").update(is_metropolitan=False)
    with pytest.raises(TerritoryMissing, match="Segrate"):
        make_territory(Draw(seed=1, today=TODAY), Rows(), operators=1)
