"""Operators and the control room keep settlements and their forecasts."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from employers.models import Settlement, WorkforceForecast
from sportello.accounts.enums import Role
from tests.employers.forms.test_settlement import days
from tests.support.employers import make_company, make_company_user, make_forecast, make_occupation, make_settlement
from tests.support.personas import make_member, make_official, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db


def steerer() -> Client:
    return signed_in(make_member(Role.CONTROL_ROOM, make_organisation()))


def test_lists_cost_the_same_for_one_and_three() -> None:
    costs = []
    client = steerer()
    for more in (1, 2):
        for _ in range(more):
            make_forecast(make_settlement(company=make_company()))
        html, cost = asked(client, reverse("settlements"))
        assert html.count('<th scope="row">') == Settlement.objects.count()
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


def test_the_control_room_writes_a_settlement_and_its_forecast() -> None:
    client, town, seller = steerer(), make_municipality(), make_occupation("commesso", isco08="5223")
    window = days(opens_from=(1, 3, 2027), opens_to=(30, 9, 2027))
    said = {"name": "Polo", "municipality": f"{town.name} ({town.province_code})", "state": "planned", **window}
    assert client.post(reverse("settlement_new"), {**said, "name": ""}).status_code == 422
    assert client.post(reverse("settlement_new"), said).status_code == 302
    made = Settlement.objects.get()
    address = reverse("forecast_new", kwargs={"settlement": made.pk})
    when = days(needed_on=(1, 3, 2027), made_on=(1, 3, 2026))
    forecast = {"headcount": 2000, "source": "Accordo", "confidence": "low", **when}
    searched = client.post(address, {**forecast, "words": "commesso", "search": "1"}).content.decode()
    assert str(seller.pk) in searched
    assert 'value="2000"' in searched
    assert searched.count('value="2027"') == 1
    assert client.post(address, {**forecast, "occupation": seller.pk}).status_code == 302
    html, cost = asked(client, reverse("settlement_detail", kwargs={"settlement": made.pk}))
    assert "2000" in html
    assert cost <= 10


def test_a_forecast_is_replaced_and_the_old_one_stays_on_the_page() -> None:
    old = make_forecast(source="Prima voce")
    client = signed_in(make_operator())
    address = reverse("forecast_replace", kwargs={"forecast": old.pk})
    assert "Prima voce" in client.get(address).content.decode()
    today = timezone.localdate()
    when = days(needed_on=(1, 3, 2027), made_on=(today.day, today.month, today.year))
    said = {"occupation": old.occupation_id, "headcount": 3, "source": "Altra voce", "confidence": "high", **when}
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 302  # sent twice: nothing is written over the newer one
    assert list(WorkforceForecast.objects.order_by("headcount").values_list("headcount", flat=True)) == [3, 10]
    page = client.get(reverse("settlement_detail", kwargs={"settlement": old.settlement_id})).content.decode()
    assert page.index("Altra voce") < page.index("1 previsione di prima") < page.index("Prima voce")


def test_a_settlement_is_corrected() -> None:
    made = make_settlement(name="Vecchio nome")
    client = signed_in(make_operator())
    address = reverse("settlement_change", kwargs={"settlement": made.pk})
    town = made.municipality
    window = days(opens_from=(1, 3, 2027), opens_to=(30, 9, 2027))
    said = {"name": "Nome", "municipality": f"{town.name} ({town.province_code})", "state": "dropped", **window}
    assert "Vecchio nome" in client.get(address).content.decode()
    assert client.post(address, said).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.state) == ("Nome", "dropped")


def test_nobody_else_keeps_them() -> None:
    made = make_settlement()
    for user in (make_official(), make_company_user(make_company())):
        client = signed_in(user)
        assert client.get(reverse("settlements")).status_code == 404
        assert client.get(reverse("settlement_detail", kwargs={"settlement": made.pk})).status_code == 404
