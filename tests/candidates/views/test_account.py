"""The way in of who was registered at a desk."""

from urllib.parse import urlparse

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.models import Candidate
from sportello.accounts.models import User
from sportello.accounts.services.address import LINK_AGE
from sportello.core.models import Message
from tests.support.personas import PASSWORD, make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def invited(person: Candidate) -> str:
    """The path of the mailed link."""
    desk = make_desk()
    operator = make_operator(desk)
    make_case(desk, candidate=person, operator=operator)
    signed_in(operator).post(reverse("invite_candidate", kwargs={"candidate": person.pk}))
    message = Message.objects.get(kind="account_door")
    assert message.recipient == person.email
    return urlparse(next(part for part in message.body.split() if "entra/" in part)).path


def test_link_opens_an_account_with_a_proved_address_once() -> None:
    person = make_candidate()
    link = invited(person)
    client = Client()
    assert client.get(link).status_code == 200
    assert client.post(link, {"password": "corta"}).status_code == 422
    assert client.post(link, {"password": PASSWORD}).url == reverse("home")  # type: ignore[attr-defined]
    person.refresh_from_db()
    user = User.objects.get(email=person.email)
    assert person.user == user
    assert EmailAddress.objects.get(user=user).verified
    assert client.get(reverse("citizen_home")).status_code == 200
    assert "non vale più" in Client().get(link).content.decode()


def test_link_is_void_when_old_or_when_the_address_changed() -> None:
    person = make_candidate()
    link = invited(person)
    with time_machine.travel(timezone.now() + LINK_AGE * 1.01):
        assert "non vale più" in Client().get(link).content.decode()
    Candidate.objects.filter(pk=person.pk).update(email="altra@example.org")
    assert "non vale più" in Client().get(link).content.decode()


def test_own_account_is_tied_and_anothers_is_not() -> None:
    person = make_candidate(email="mia@example.org")
    link = invited(person)
    owner = make_user(email="mia@example.org")
    answer = Client().post(link, {"password": PASSWORD})
    assert answer.url.startswith(reverse("account_login"))  # type: ignore[attr-defined]
    assert "non vale più" in signed_in(make_user()).post(link).content.decode()
    signed_in(owner).post(link)
    person.refresh_from_db()
    assert person.user == owner


@pytest.mark.parametrize("email", ["", "occupata@example.org"])
def test_person_without_an_address_of_their_own_cannot_be_invited(email: str) -> None:
    make_candidate(user=make_user(email="occupata@example.org"))
    desk = make_desk()
    operator = make_operator(desk)
    person = make_case(desk, candidate=make_candidate(email=email), operator=operator).candidate
    client = signed_in(operator)
    page = client.post(reverse("invite_candidate", kwargs={"candidate": person.pk}), follow=True)
    assert "Manca un indirizzo e-mail" in page.content.decode()
    assert not Message.objects.exists()


def test_invented_link_opens_nothing() -> None:
    for name in ("account_door", "confirm_address"):
        url = reverse(name, kwargs={"token": "inventato"})
        assert "non vale più" in Client().post(url).content.decode()
