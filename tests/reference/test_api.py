"""Occupations and the other codes in the open data."""

import pytest
from django.test import Client

from sportello.reference.models import DrivingLicence, Occupation
from tests.support.employers import make_contract_type, make_occupation, taxonomy

pytestmark = pytest.mark.django_db


def occupations(**asked: str) -> list[str]:
    """Codes of all pages."""
    codes: list[str] = []
    while True:
        page = Client().get("/api/v1/occupations", asked).json()
        codes += [row["code"] for row in page["items"]]
        if not page["has_more"]:
            return codes
        asked["cursor"] = page["next"]


def test_occupations_come_by_their_code_page_after_page() -> None:
    made = sorted(make_occupation().code for _ in range(5))
    assert occupations(limit="2") == made


def test_a_group_narrows_them() -> None:
    cook = make_occupation("cuoco", isco08="5120")
    make_occupation(isco08="4321")
    assert (occupations(isco08="51"), occupations(isco08="9")) == ([cook.code], [])


def test_a_retired_one_stays_and_says_so() -> None:
    old = make_occupation()
    Occupation.objects.filter(pk=old.pk).update(retired_in=taxonomy())
    [row] = Client().get("/api/v1/occupations").json()["items"]
    assert row == {
        "code": old.code,
        "uri": old.uri,
        "isco08": "4321",
        "label": "magazziniere",
        "label_masculine": "magazziniere",
        "label_feminine": "magazziniere",
        "label_en": "",
        "retired": True,
    }


@pytest.mark.parametrize("asked", [{"isco08": "12345"}, {"isco08": "a"}, {"cursor": "x"}, {"nome": "cuoco"}])
def test_a_mistake_is_an_error(asked: dict[str, str]) -> None:
    assert Client().get("/api/v1/occupations", asked).status_code == 400


def test_the_other_vocabularies_come_at_once() -> None:
    make_contract_type()
    DrivingLicence.objects.create(code="B", label="Patente B", label_en="Licence B", position=1)
    assert Client().get("/api/v1/vocabularies").json() == {
        "contracts": [{"code": "PERMANENT", "label": "Permanent", "label_en": ""}],
        "education": [],
        "languages": [],
        "licences": [{"code": "B", "label": "Patente B", "label_en": "Licence B"}],
    }
    assert Client().get("/api/v1/vocabularies", {"tutto": "1"}).status_code == 400
