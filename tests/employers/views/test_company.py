"""A company walks through its registration and its first vacancy."""

from typing import Any

import pytest
from django.test import Client

from employers.models import Company, Vacancy
from employers.queries.companies import find_sectors
from employers.states import VacancyState
from tests.support.employers import (
    make_company,
    make_company_user,
    make_contract_type,
    make_occupation,
    make_sector,
    make_skill,
)
from tests.support.personas import PASSWORD, make_user, signed_in
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

STEP = "/imprese/registrati/passo/{}/"


def what(**fields: str) -> dict[str, str]:
    return {
        "vat_number": "12345670017",
        "name": "Rossi srl",
        "activity": "ristorante",
        "sector": str(make_sector().pk),
        "size_band": "micro",
        "settlement_state": "present",
        **fields,
    }


def walk(client: Client, **contact: str) -> int:
    """The three steps; status of the last answer."""
    segrate = make_municipality(name="Segrate")
    make_desk(municipality=segrate, serves=[segrate])
    assert client.post(STEP.format(1), what()).status_code == 302
    place = {"workplace_name": "Sede", "municipality": "Segrate", "address": "Via Roma 1"}
    assert client.post(STEP.format(2), place).status_code == 302
    person = {"first_name": "Carla", "last_name": "Rossi", "email": "carla@rossi.example", "phone": "02 26902222"}
    return client.post(STEP.format(3), {**person, "password": PASSWORD, **contact}).status_code


def test_three_steps_make_a_company_that_is_signed_in() -> None:
    client = Client()
    assert walk(client) == 302
    company = Company.objects.get()
    assert (company.organisation.name, company.sector, company.state) == ("Rossi srl", make_sector(), "submitted")
    page = client.get("/impresa/offerte/").content.decode()
    assert "sta leggendo la registrazione" in page


def test_search_proposes_activities_and_keeps_what_was_typed() -> None:
    sector = make_sector()
    page = Client().post(STEP.format(1), {**what(sector="", activity="ristoranti"), "search": "1"}).content.decode()
    assert f'value="{sector.pk}"' in page
    assert 'value="Rossi srl"' in page
    assert "Controlla questi punti" not in page


@pytest.mark.parametrize("text", ["ristoranti", "ristorante", "56.1"])
def test_activities_are_found_by_words_and_code(text: str) -> None:
    sector = make_sector()
    assert find_sectors(text) == [sector]


def test_steps_are_not_skipped() -> None:
    assert Client().get(STEP.format(3)).headers["Location"] == STEP.format(1)


def test_a_known_vat_number_has_a_way_forward() -> None:
    make_company(vat_number="12345670017")
    page = Client().post(STEP.format(1), what())
    assert page.status_code == 409
    assert "/account/login/" in page.content.decode()
    assert "/sportelli/" in page.content.decode()


def test_a_known_address_has_a_way_forward() -> None:
    make_user(email="carla@rossi.example")
    assert walk(Client()) == 409
    assert not Company.objects.exists()


@pytest.mark.parametrize("wrong", [{"vat_number": "00000000000"}, {"vat_number": "12345670018"}, {"sector": ""}])
def test_wrong_answers_are_named(wrong: dict[str, str]) -> None:
    page = Client().post(STEP.format(1), what(**wrong))
    assert page.status_code == 422
    assert "Controlla questi punti" in page.content.decode()


def test_four_steps_write_and_submit_a_vacancy() -> None:
    company = make_company()
    client = signed_in(make_company_user(company))
    skill = make_skill("Preparare gli ordini")
    occupation = make_occupation("magazziniere", skills=[skill])
    job = {
        "title": "Magazziniere",
        "occupation": str(occupation.pk),
        "description": "Prepari gli ordini.",
        "workplace": str(company.workplaces.get().pk),
        "posts": "2",
    }
    assert client.post("/impresa/offerte/nuova/", {**job, "occupation": ""}).status_code == 422
    proposed = client.post("/impresa/offerte/nuova/", {**job, "occupation": "", "search": "1"}).content.decode()
    assert f'value="{occupation.pk}"' in proposed
    assert client.post("/impresa/offerte/nuova/", job).status_code == 302
    vacancy = Vacancy.objects.get()
    assert vacancy.state == VacancyState.DRAFT
    step = f"/impresa/offerte/{vacancy.pk}/passo/{{}}/"
    assert "Prima di inviare completa" in client.get(step.format(4)).content.decode()
    conditions = {
        "contract_type": str(make_contract_type().pk),
        "hours_kind": "full_time",
        "weekly_hours": "40",
        "pay_min": "1500",
        "pay_max": "1400",
        "pay_period": "month",
    }
    assert client.post(step.format(2), conditions).status_code == 422
    assert client.post(step.format(2), {**conditions, "pay_max": "1800"}).status_code == 302
    assert client.get(step.format(3)).status_code == 200
    asked = {f"skill_{skill.pk}": "essential", "years_experience": "1"}
    assert client.post(step.format(3), asked).status_code == 302
    assert "Invia allo sportello" in client.get(step.format(4)).content.decode()
    client.post(f"/impresa/offerte/{vacancy.pk}/stato/invia/")
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.posts, vacancy.years_experience) == (VacancyState.SUBMITTED, 2, 1)
    assert vacancy.skill_requirements.get().skill == skill
    assert client.get(step.format(2)).status_code == 302


def test_no_form_asks_for_past_pay() -> None:
    from employers.forms.vacancy import ConditionsForm

    assert set(ConditionsForm.base_fields) == {
        "contract_type",
        "hours_kind",
        "weekly_hours",
        "schedule",
        "pay_min",
        "pay_max",
        "pay_period",
        "collective_agreement_code",
    }


def test_a_registration_is_not_tried_without_end(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"company_registration": "2/h/ip"}
    client = Client()
    assert [client.post(STEP.format(1), {}).status_code for _ in range(3)] == [422, 422, 429]


def test_a_rejected_company_corrects_its_name_and_number_on_its_page() -> None:
    company = make_company(state="rejected", decision_reason="Partita IVA sbagliata")
    client = signed_in(make_company_user(company))
    form = client.get("/impresa/dati/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"name": "Forno Rossi srl"}
    taken = make_company().vat_number
    page = client.post("/impresa/dati/", data | {"vat_number": "00743110157 "[:-2]})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"vat_number"})
    other = client.post("/impresa/dati/", data | {"vat_number": taken})
    assert (other.status_code, set(other.context["form"].errors)) == (422, {"vat_number"})
    assert client.post("/impresa/dati/", data | {"vat_number": "00743110157"}).status_code == 302
    company.refresh_from_db()
    assert (company.state, company.vat_number, company.organisation.name) == (
        "submitted",
        "00743110157",
        "Forno Rossi srl",
    )
