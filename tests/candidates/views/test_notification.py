"""A person reads what was written to them and says how; the desk invites them to book."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from candidates.models import BookingInvitation, ContactPreference
from candidates.services.invitation import invite_to_book
from sportello.accounts.scope import Scope
from tests.support.agenda import make_rules, receiving_desk
from tests.support.personas import make_candidate, make_case, make_user, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db


def test_my_notices_are_mine_and_my_choice_is_kept(settings: Settings) -> None:
    settings.SMS_DRIVER = "console"
    desk = receiving_desk()[0]
    user = make_user()
    mine = make_candidate(desk, user=user, phone="+393331234567")
    invite_to_book(candidate=mine, desk=desk, by=Scope.of_process("tests"))
    client = signed_in(user)
    html, cost = asked(client, reverse("my_notices"))
    assert "Chiedere alla persona di prenotare un incontro" in html
    assert cost <= 10
    assert client.post(reverse("my_notices"), {"language": "it"}).status_code == 422
    chosen = {"language": "it", "channel": "sms", "reminders_paused": "on"}
    assert client.post(reverse("my_notices"), chosen).status_code == 302
    assert [(c.channel, c.reminders_paused) for c in ContactPreference.objects.all()] == [("sms", True)]


def test_the_desk_invites_pauses_and_withdraws() -> None:
    make_rules()
    desk, operator = receiving_desk()
    person = make_case(desk, operator=operator).candidate
    client = signed_in(operator)
    url = reverse("invite_to_book", kwargs={"candidate": person.pk})
    assert client.get(url).status_code == 200
    notices = reverse("person_notices", kwargs={"candidate": person.pk})
    assert client.post(url, {"convokes": "on"}).url == notices  # type: ignore[attr-defined]
    invitation = BookingInvitation.objects.get()
    assert (invitation.convokes, invitation.invited_by, invitation.desk) == (True, operator, desk)
    assert "ha già un invito" in client.post(url, {}, follow=True).content.decode()
    html, cost = asked(client, notices)
    assert "poi convocazione" in html
    assert cost <= 10
    client.post(notices, {"language": "it", "reminders_paused": "on"})
    assert ContactPreference.objects.get().reminders_paused
    withdraw = reverse("withdraw_invitation", kwargs={"booking_invitation": invitation.pk})
    client.post(withdraw)
    assert "già chiuso" in client.post(withdraw, follow=True).content.decode()
    silent = make_case(desk, operator=operator, candidate=make_candidate(desk, email="")).candidate
    answer = client.post(reverse("invite_to_book", kwargs={"candidate": silent.pk}), {}, follow=True)
    assert "Non abbiamo un indirizzo" in answer.content.decode()
