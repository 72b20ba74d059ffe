"""Occupations and the other codes in the open data."""

import pytest
from django.test import Client

from sportello.reference.models import ContractType, DrivingLicence, EducationLevel, Language, Occupation
from tests.support.employers import taxonomy

pytestmark = pytest.mark.usefixtures("vocabulary")


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
    everybody = list(Occupation.objects.order_by("code").values_list("code", flat=True))
    assert len(everybody) > 300
    assert occupations(limit="100") == everybody


def test_a_group_narrows_them() -> None:
    found = Occupation.objects.filter(isco08__startswith="51").order_by("code").values_list("code", flat=True)
    assert occupations(isco08="51") == list(found)
    assert "cook" in found
    assert occupations(isco08="0") == []


def test_a_retired_one_stays_and_says_so() -> None:
    Occupation.objects.filter(code="cook").update(retired_in=taxonomy())
    cook = Occupation.objects.get(code="cook")
    (row,) = (row for row in Client().get("/api/v1/occupations", {"isco08": "5120"}).json()["items"] if row["retired"])
    assert row == {
        "code": "cook",
        "uri": cook.uri,
        "isco08": "5120",
        "label": cook.label,
        "label_masculine": cook.label_masculine,
        "label_feminine": cook.label_feminine,
        "label_en": cook.label_en,
        "retired": True,
    }


@pytest.mark.parametrize("asked", [{"isco08": "12345"}, {"isco08": "a"}, {"cursor": "x"}, {"nome": "cuoco"}])
def test_a_mistake_is_an_error(asked: dict[str, str]) -> None:
    assert Client().get("/api/v1/occupations", asked).status_code == 400


def test_the_other_vocabularies_come_at_once() -> None:
    answer = Client().get("/api/v1/vocabularies").json()
    assert {name: [row["code"] for row in rows] for name, rows in answer.items()} == {
        name: list(model.objects.order_by("position").values_list("code", flat=True))
        for name, model in (
            ("contracts", ContractType),
            ("education", EducationLevel),
            ("languages", Language),
            ("licences", DrivingLicence),
        )
    }
    assert answer["licences"][0] == {
        "code": "AM",
        "label": DrivingLicence.objects.get(code="AM").label,
        "label_en": DrivingLicence.objects.get(code="AM").label_en,
    }
    assert Client().get("/api/v1/vocabularies", {"tutto": "1"}).status_code == 400
