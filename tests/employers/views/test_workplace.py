"""A company says where people work for it."""

import pytest
from django.test import Client

from employers.models import Workplace
from tests.support.employers import make_company, make_company_user
from tests.support.personas import signed_in
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside() -> tuple[Client, Workplace]:
    company = make_company()
    place = company.workplaces.get()
    town = make_municipality(name="Segrate", latitude=45.49, longitude=9.30)
    Workplace.objects.filter(pk=place.pk).update(municipality=town)
    place.refresh_from_db()
    return signed_in(make_company_user(company)), place


def test_a_place_is_added_then_found_in_the_list(inside: tuple[Client, Workplace]) -> None:
    client, _place = inside
    data = {"workplace_name": "Magazzino", "municipality": "Segrate", "address": "Via Po 9", "point": "45.4893, 9.3271"}
    answer = client.post("/impresa/sedi/nuova/", data, follow=True)
    assert answer.redirect_chain == [("/impresa/sedi/", 302)]
    added = Workplace.objects.get(name="Magazzino")
    assert (added.latitude, added.longitude) == (45.4893, 9.3271)
    page = answer.content.decode()
    assert "Via Po 9, Segrate" in page
    assert (page.count(">indicato<"), page.count(">vale il centro del Comune<")) == (1, 1)


def test_a_place_is_corrected_and_its_point_taken_away(inside: tuple[Client, Workplace]) -> None:
    client, place = inside
    Workplace.objects.filter(pk=place.pk).update(latitude=45.49, longitude=9.31)
    address = f"/impresa/sedi/{place.pk}/"
    assert 'value="45.49000, 9.31000"' in client.get(address).content.decode()
    data = {"workplace_name": "Nuova", "municipality": "Segrate", "address": "Via Adda 1", "point": ""}
    assert client.post(address, data).status_code == 302
    place.refresh_from_db()
    assert (place.name, place.address, place.latitude, place.longitude) == ("Nuova", "Via Adda 1", None, None)


@pytest.mark.parametrize(
    ("point", "error"),
    [
        ("via Po", "Scrivi i due numeri della mappa, per esempio 45.48930, 9.32710."),
        ("9.30, 45.49", "Questo punto è lontano dal Comune: controlla che prima venga la latitudine."),
    ],
)
def test_a_wrong_point_is_told_beside_its_field_and_nothing_is_lost(
    inside: tuple[Client, Workplace], point: str, error: str
) -> None:
    client, place = inside
    data = {"workplace_name": "Nuova", "municipality": "Segrate", "address": "Via Adda 1", "point": point}
    answer = client.post(f"/impresa/sedi/{place.pk}/", data)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors == {"point": [error]}
    assert (form["address"].value(), form["point"].value()) == ("Via Adda 1", point)


def test_another_companys_place_does_not_exist(inside: tuple[Client, Workplace]) -> None:
    client, _place = inside
    assert client.get(f"/impresa/sedi/{make_company().workplaces.get().pk}/").status_code == 404
