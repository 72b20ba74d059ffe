"""A person reads their own pact and who opened their file."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from candidates.models import Candidate, ServicePact
from sportello.core.models import AccessLogEntry
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)


def followed(name: str) -> tuple[Client, Candidate]:
    """A person with a signed pact that names them in one of its texts, and their browser."""
    user, desk = make_user(), make_desk()
    operator = make_operator(desk)
    case = make_case(desk, candidate=make_candidate(desk, user=user), operator=operator)
    ServicePact.objects.create(
        case=case,
        kind="local",
        state="signed",
        responsible=operator,
        employability_profile="Cerca lavoro",
        search_acts=f"Impegni di {name}",
        contact_every_days=30,
        proof_of_search="Elenco",
        signed_on=date(2026, 5, 4),
        person_signed_at=NOW,
        operator_signed_at=NOW,
        snapshot={},
    )
    return signed_in(user), case.candidate


def test_the_pact_is_ones_own() -> None:
    (mine, _me), _other = followed("Amina"), followed("Bruna")
    html, cost = asked(mine, reverse("my_pact"))
    assert ("Impegni di Amina" in html, "Impegni di Bruna" in html) == (True, False)
    assert cost <= 10


def test_a_draft_is_not_yet_the_persons() -> None:
    client, _person = followed("Amina")
    case = ServicePact.objects.get().case
    ServicePact.objects.all().delete()
    assert case.responsible_operator
    ServicePact.objects.create(
        case=case, kind="local", responsible=case.responsible_operator, search_acts="Bozza", contact_every_days=30
    )
    page = client.get(reverse("my_pact"))
    assert page.context["pact"] is None
    assert "Bozza" not in page.content.decode()


def test_readings_of_my_file_cost_the_same_for_one_and_three() -> None:
    (client, person), (_, other) = followed("Amina"), followed("Bruna")
    costs = []
    for more in (1, 2):
        for who, label in [(person, "operator @ AFOL")] * more + [(other, "operator @ Altrove")]:
            AccessLogEntry.objects.create(subject_id=who.pk, actor_label=label, part="case_file", purpose="contact")
        html, cost = asked(client, reverse("my_accesses"))
        costs.append(cost)
    assert (html.count("Operatrice o operatore, AFOL"), html.count("Altrove")) == (3, 0)
    assert costs[0] == costs[1] <= 10


@pytest.mark.parametrize("name", ["my_pact", "my_accesses"])
def test_who_is_no_registered_person_has_no_such_page(name: str) -> None:
    assert signed_in(make_user()).get(reverse(name)).status_code == 404
    assert signed_in(make_operator()).get(reverse(name)).status_code == 404
    assert Client().get(reverse(name)).status_code == 302
