"""The page of the codes: seen, tried, added, ended by who may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.models import SubjectCode
from sportello.accounts.enums import Role
from sportello.territory.models import Desk
from tests.candidates.forms.test_subject_code import on
from tests.support.mail import make_code
from tests.support.personas import make_member, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
PAGE = reverse("subject_codes")


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    return signed_in(make_member(Role.COORDINATOR, desk.managed_by, desk))


def typed(desk: Desk) -> dict[str, str]:
    today = timezone.localdate()
    return {"code": "candidato/a AlmavivA", "kind": "crisis", "desk": str(desk.pk), **on("valid_from", today)}


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_whatever_its_length(client: Client, desk: Desk, number: int) -> None:
    for n in range(number):
        make_code(f"candidati ditta{n}", desk=desk)
    text, queries = asked(client, PAGE)
    assert queries <= 10
    assert text.count("Che cosa riconosce</summary>") == number
    assert "CANDIDATI DITTA0" in text


def test_a_code_is_added_and_refused_the_second_time(client: Client, desk: Desk) -> None:
    assert "Codice aggiunto" in client.post(PAGE, typed(desk), follow=True).content.decode()
    assert SubjectCode.objects.get().key == "candidato almaviva"
    answer = client.post(PAGE, {**typed(desk), "code": "CANDIDATA ALMAVIVA"})
    assert answer.status_code == 422
    assert "vale già" in answer.content.decode()


@pytest.mark.parametrize(
    ("subject", "verdict"), [("R: candidata Alma Viva", "<strong>riconosciuto"), ("orari", "non riconosciuto")]
)
def test_a_trial_says_what_is_recognised_and_adds_nothing(
    client: Client, desk: Desk, subject: str, verdict: str
) -> None:
    answer = client.post(PAGE, {"code": "candidato/a AlmavivA", "subject": subject, "try": "1"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<code>candidato almaviva</code>" in text
    assert verdict in text
    assert not SubjectCode.objects.exists()


def test_a_code_ends_today_and_one_to_come_is_gone(client: Client, desk: Desk) -> None:
    today = timezone.localdate()
    running = make_code(desk=desk)
    coming = make_code("altro codice", desk=desk, valid_from=today + timedelta(days=3))
    for code in (running, coming):
        client.post(reverse("end_code", kwargs={"subject_code": code.pk}))
    assert SubjectCode.objects.get().valid_to == today


def test_a_coordinator_ends_no_code_of_others_and_an_administrator_may(client: Client) -> None:
    code = make_code()
    end = reverse("end_code", kwargs={"subject_code": code.pk})
    assert client.post(end).status_code == 404
    administrator = signed_in(make_member(Role.ADMINISTRATOR, code.desk.managed_by))
    assert code.code in administrator.get(PAGE).content.decode()
    assert administrator.post(end).status_code == 302
