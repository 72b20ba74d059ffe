"""A company's registration and the desk's decisions."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from employers.forms import company as forms
from sportello.territory.models import Desk
from tests.support.employers import make_company, make_sector
from tests.support.personas import PASSWORD
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

WHAT = {"vat_number": "12345670017", "name": "Rossi srl", "size_band": "micro", "settlement_state": "present"}


def test_a_number_is_cleaned_and_the_activity_is_one_that_was_proposed() -> None:
    sector = make_sector()
    form = forms.WhatForm({**WHAT, "vat_number": "IT 1234567 0017", "activity": "ristoranti", "sector": str(sector.pk)})
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["vat_number"], form.cleaned_data["sector"]) == ("12345670017", str(sector.pk))


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"sector": ""}, {"sector": ["Scrivi sopra che cosa fa l'impresa e premi «Cerca»."]}),
        (
            {"activity": "astronavi"},
            {"sector": ["Nessuna attività con queste parole: prova con un'altra, o con il codice ATECO."]},
        ),
        ({"activity": "ristoranti"}, {"sector": ["Scegli un'attività tra quelle proposte."]}),
        ({"activity": "ristoranti", "sector": "inventata"}, {"sector": ["Scegli tra le attività proposte."]}),
    ],
)
def test_what_lacks_for_the_activity_is_said(fields: dict[str, str], errors: dict[str, Any]) -> None:
    make_sector()
    form = forms.WhatForm({**WHAT, **fields})
    assert form.errors == errors
    assert form["name"].value() == "Rossi srl"


def test_an_impossible_number_is_said_beside_it_and_stays() -> None:
    form = forms.WhatForm({**WHAT, "vat_number": "12345670018", "sector": str(make_sector().pk)})
    assert form.errors == {"vat_number": ["Questa partita IVA non è corretta: ricontrolla le undici cifre."]}
    assert form["vat_number"].value() == "12345670018"


CONTACT = {
    "first_name": "Carla",
    "last_name": "Capo",
    "email": "Carla@Impresa.example",
    "phone": "02 1234567",
    "password": PASSWORD,
}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, set()),
        ({"first_name": "C4rla"}, {"first_name"}),
        ({"phone": "12"}, {"phone"}),
        ({"password": "corta"}, {"password"}),
        ({"email": "carla"}, {"email"}),
    ],
)
def test_who_speaks_for_the_company_is_checked(fields: dict[str, str], wrong: set[str]) -> None:
    form = forms.ContactForm({**CONTACT, **fields})
    assert set(form.errors) == wrong
    if not wrong:
        assert (form.cleaned_data["email"], str(form.cleaned_data["phone"])) == (
            "carla@impresa.example",
            "+39021234567",
        )


def test_a_workplace_is_in_a_town_that_exists() -> None:
    place = make_municipality(name="Segrate")
    data = {"workplace_name": "Magazzino", "municipality": "Segrate", "address": "Via Po 2"}
    form = forms.WorkplaceForm(data)
    assert form.is_valid()
    assert form.cleaned_data["municipality"] == place
    assert set(forms.WorkplaceForm({**data, "municipality": "Nessun Posto"}).errors) == {"municipality"}


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"decision": "approve"}, set()),
        ({"decision": "reject", "reason": "Cessata"}, set()),
        ({"decision": "reject", "reason": "  "}, {"reason"}),
        ({"decision": "maybe"}, {"decision"}),
    ],
)
def test_a_no_says_why(data: dict[str, str], wrong: set[str]) -> None:
    assert set(forms.DecisionForm(data).errors) == wrong


def test_a_correction_begins_with_the_name_on_file_and_checks_the_number() -> None:
    company = make_company(name="Rossi srl")
    assert forms.CorrectionForm(instance=company)["name"].value() == "Rossi srl"
    form = forms.CorrectionForm({"name": "Rossi spa", "vat_number": "1"}, instance=company)
    assert "vat_number" in form.errors
    assert form["name"].value() == "Rossi spa"


@pytest.mark.parametrize(("days", "wrong"), [(0, set()), (1, {"visited_on"})])
def test_a_visit_has_taken_place(days: int, wrong: set[str]) -> None:
    make_municipality(name="Segrate")
    desk, day = make_desk(), timezone.localdate() + timedelta(days=days)
    form = forms.VisitForm(visit(day, desk), desks=Desk.objects.order_by("name"), at=desk.pk)
    assert set(form.errors) == wrong


def visit(day: date, desk: Desk) -> dict[str, str]:
    return {
        "visited_on_day": str(day.day),
        "visited_on_month": str(day.month),
        "visited_on_year": str(day.year),
        "kind": "on_site",
        "desk": str(desk.pk),
        "municipality": "Segrate",
        "notes": "",
    }
