"""A company walks through its registration and its first vacancy."""

from typing import Any
from urllib.parse import urlparse

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from employers.models import Company, Vacancy
from employers.queries.companies import find_sectors
from employers.states import VacancyState
from sportello.accounts.enums import Part
from sportello.accounts.models import User
from sportello.core.models import Message
from sportello.reference.models import Sector
from sportello.territory.models import Municipality
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
    if not Municipality.objects.filter(name="Segrate").exists():
        segrate = make_municipality(name="Segrate")
        make_desk(municipality=segrate, serves=[segrate])
    assert client.post(STEP.format(1), what()).status_code == 302
    place = {"workplace_name": "Sede", "municipality": "Segrate", "address": "Via Roma 1"}
    assert client.post(STEP.format(2), place).status_code == 302
    person = {"first_name": "Carla", "last_name": "Rossi", "email": "carla@rossi.example", "phone": "02 26902222"}
    return client.post(STEP.format(3), {**person, "password": PASSWORD, **contact}).status_code


def test_three_steps_and_the_link_of_the_mail_make_a_company_that_is_signed_in() -> None:
    client = Client()
    assert walk(client) == 302
    company = Company.objects.get()
    assert (company.organisation.name, company.sector, company.state) == ("Rossi srl", make_sector(), "submitted")
    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("company_receipt", "carla@rossi.example")
    link = urlparse(next(word for word in message.body.split() if "conferma/" in word)).path
    phone = Client()
    assert phone.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified
    page = phone.post(link, follow=True).content.decode()
    assert "sta leggendo la registrazione" in page
    assert "non vale più" in Client().post(link).content.decode()


def test_before_the_link_the_password_opens_nothing() -> None:
    walk(Client())
    answers = [
        Client().post(reverse("account_login"), {"login": "carla@rossi.example", "password": password})
        for password in (PASSWORD, "un'altra frase qualunque")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].context["form"].errors == answers[1].context["form"].errors


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


@pytest.mark.parametrize("known", ["number", "address"])
def test_page_does_not_tell_which_company_is_registered_and_the_owner_is_written_to(known: str) -> None:
    stranger = Client()
    walk(stranger)
    new = stranger.get(reverse("company_registration_sent"))
    for model in (Message, Company, User):
        model.objects.all().delete()
    if known == "number":
        make_company(vat_number="12345670017", contact_email="capo@rossi.example")
    else:
        make_user(email="carla@rossi.example")
    companies = Company.objects.count()
    for _ in range(2):
        client = Client()
        assert walk(client) == 302
        old = client.get(reverse("company_registration_sent"))
        assert (old.status_code, old.content) == (new.status_code, new.content)
    message = Message.objects.get()
    recipient = "capo@rossi.example" if known == "number" else "carla@rossi.example"
    assert (message.kind, message.recipient) == ("company_known", recipient)
    assert reverse("account_login") in message.body
    assert Company.objects.count() == companies


def test_page_of_what_was_sent_needs_a_registration() -> None:
    assert Client().get(reverse("company_registration_sent")).headers["Location"] == reverse("company_registration")


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
        "title": "Magazziniera o magazziniere",
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
        "bands",
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
    client = signed_in(make_company_user(company, Part.ADMINISTERS))
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


def test_a_rejected_company_corrects_its_activity() -> None:
    company = make_company(state="rejected", decision_reason="Attività sbagliata", vat_number="00743110157")
    other = Sector.objects.create(code="49.41", label="Trasporto di merci su strada", level=4)
    client = signed_in(make_company_user(company, Part.ADMINISTERS))
    form = client.get("/impresa/dati/").context["form"]
    assert form["sector"].value() == str(company.sector_id)
    data = {name: form[name].value() or "" for name in form.fields}
    found = client.post("/impresa/dati/", data | {"activity": "trasporto merci", "name": "Rossi", "search": "1"})
    assert found.status_code == 200
    assert f'value="{other.pk}"' in found.content.decode()
    assert 'value="Rossi"' in found.content.decode()
    assert client.post("/impresa/dati/", data | {"sector": str(other.pk)}).status_code == 302
    company.refresh_from_db()
    assert (company.sector, company.state) == (other, "submitted")


def test_an_approved_company_keeps_its_activity() -> None:
    company = make_company()
    client = signed_in(make_company_user(company, Part.ADMINISTERS))
    form = client.get("/impresa/dati/").context["form"]
    assert not {"sector", "name", "vat_number"} & set(form.fields)
