"""Asking for an alert, proving the address, stopping."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from employers.models import SavedSearch
from employers.services.alerts import stop_token
from sportello.core.models import Message
from tests.support.employers import make_vacancy
from tests.support.personas import make_user, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db

NEW = "/offerte/avvisi/nuovo/?cosa=cuoca&orario=part_time"


def link_in(kind: str) -> str:
    [found] = re.findall(r"http://127.0.0.1:8000(/\S+/chiave/\S+)", Message.objects.get(kind=kind).body)
    return str(found)


def saved_by(user: Any, words: str) -> SavedSearch:
    return SavedSearch.objects.create(
        user=user, email=user.email, words=words, confirmed_at=timezone.now(), ends_on=timezone.localdate()
    )


def test_a_visitor_proves_the_address_and_stops_with_one_link_each() -> None:
    client = Client()
    page = client.post(NEW, {"email": "anna@example.org"}, follow=True)
    assert page.redirect_chain == [("/offerte/?cosa=cuoca&orario=part_time", 302)]
    assert "Ti abbiamo scritto" in page.content.decode()
    saved = SavedSearch.objects.get()
    assert (saved.words, saved.hours_kind, saved.confirmed_at, saved.user) == ("cuoca", "part_time", None, None)

    link = link_in("alert_confirm")
    client.get(link)
    # A mail program that looks ahead confirms nothing.
    assert not SavedSearch.objects.active().exists()
    client.post(link)
    assert SavedSearch.objects.active().get() == saved

    stop = f"/offerte/avvisi/ferma/chiave/{stop_token(saved)}/"
    client.get(stop)
    assert SavedSearch.objects.count() == 1
    assert "Avviso fermato" in client.post(stop).content.decode()
    assert SavedSearch.objects.count() == 0
    assert "non vale più" in client.post(stop).content.decode()


@pytest.mark.parametrize("is_verified", [True, False])
def test_a_signed_in_person_with_a_proved_address_needs_no_link(is_verified: bool) -> None:
    user = make_user()
    EmailAddress.objects.create(user=user, email=user.email, verified=is_verified, primary=True)
    client = signed_in(user)
    client.post(NEW, {"email": user.email})
    saved = SavedSearch.objects.get()
    assert (saved.confirmed_at is not None, saved.user == user) == (is_verified, is_verified)
    assert Message.objects.filter(kind="alert_confirm").exists() is not is_verified


def test_another_address_must_be_proved_even_when_signed_in() -> None:
    user = make_user()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    signed_in(user).post(NEW, {"email": "altra@example.org"})
    assert SavedSearch.objects.get().confirmed_at is None


def test_an_address_that_is_none_is_asked_again() -> None:
    assert Client().post(NEW, {"email": "niente"}).status_code == 422
    assert SavedSearch.objects.count() == 0


def test_my_alerts_cost_the_same_for_one_and_three_and_are_mine() -> None:
    me = make_user()
    client = signed_in(me)
    saved_by(make_user(), "altrui")
    costs = []
    for words in (("a",), ("b", "c")):
        for word in words:
            saved_by(me, word)
        html, cost = asked(client, "/mia-pagina/avvisi/")
        assert html.count("sp-card") == SavedSearch.objects.filter(user=me).count()
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


def test_i_stop_mine_and_nobody_elses() -> None:
    me, other = make_user(), make_user()
    mine, theirs = saved_by(me, "mio"), saved_by(other, "altrui")
    client = signed_in(me)
    assert client.post(f"/mia-pagina/avvisi/{theirs.pk}/togli/").status_code == 404
    assert client.post(f"/mia-pagina/avvisi/{mine.pk}/togli/").status_code == 302
    assert list(SavedSearch.objects.values_list("words", flat=True)) == ["altrui"]


def test_the_board_offers_the_alert_of_its_own_search() -> None:
    make_vacancy(title="Cuoca o cuoco")
    for url in ("/offerte/?cosa=cuoca", "/offerte/?cosa=nessuna"):
        html, _ = asked(Client(), url)
        assert f'href="/offerte/avvisi/nuovo/?{url.partition("?")[2]}"' in html
