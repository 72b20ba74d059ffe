"""Forms of pacts: dates in their order, names that are free."""

from datetime import date
from typing import Any

import pytest

from sportello.pacts import forms
from sportello.territory.enums import OrganisationKind
from tests.pacts.services.test_pact import found
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db


def on(**days: date) -> dict[str, str]:
    return {
        f"{name}_{part}": str(getattr(day, part)) for name, day in days.items() for part in ("day", "month", "year")
    }


DATES = {"starts_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31), "deed_date": date(2025, 12, 1)}


def pact(**fields: Any) -> forms.PactForm:
    days = on(**{**DATES, **{name: fields.pop(name) for name in list(fields) if name in DATES}})
    data = {
        "name": "Patto nuovo",
        "kind": "pact",
        "lead": "Segrate",
        "deed_no": "12",
        "programme": "",
        **days,
        **fields,
    }
    return forms.PactForm(data)


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {}),
        ({"ends_on": date(2026, 1, 1), "deed_date": date(2026, 1, 1)}, {}),
        ({"ends_on": date(2025, 12, 31)}, {"ends_on": ["La fine viene prima dell'inizio."]}),
        ({"deed_date": date(2026, 1, 2)}, {"starts_on": ["Il patto non può cominciare prima dell'atto."]}),
        ({"name": "!?"}, {"name": ["Scrivi un nome con qualche lettera."]}),
        ({"name": "Sud Est"}, {"name": ["C'è già un patto con questo nome."]}),
    ],
)
def test_a_pact_has_a_free_name_and_dates_in_their_order(fields: dict[str, Any], errors: dict[str, Any]) -> None:
    found("sud-est")
    form = pact(**fields)
    assert form.errors == errors
    assert form["deed_no"].value() == "12"


@pytest.mark.parametrize(("joined", "wrong"), [(date(2026, 1, 1), set()), (date(2025, 12, 31), {"joined_on"})])
def test_nobody_joins_before_their_deed(joined: date, wrong: set[str]) -> None:
    form = forms.SignForm({"deed_no": "3", **on(deed_date=date(2026, 1, 1), joined_on=joined)})
    assert set(form.errors) == wrong


def test_a_town_is_invited_by_its_name() -> None:
    place = make_municipality(name="Rodano")
    form = forms.InviteForm({"municipality": "rodano"})
    assert form.is_valid()
    assert form.cleaned_data["municipality"] == place
    assert set(forms.InviteForm({"municipality": "Nessun Posto"}).errors) == {"municipality"}


def test_who_leaves_says_when_and_why() -> None:
    assert set(forms.WithdrawForm({}).errors) == {"left_on", "reason"}


@pytest.mark.parametrize(
    ("kind", "is_active", "valid"),
    [
        (OrganisationKind.SOCIAL_PARTNER, True, True),
        (OrganisationKind.SOCIAL_PARTNER, False, False),
        (OrganisationKind.COMPANY, True, False),
    ],
)
def test_a_partner_is_an_active_body_that_is_no_company(kind: OrganisationKind, is_active: bool, valid: bool) -> None:
    body = make_organisation(kind=kind, is_active=is_active)
    data = {"organisation": str(body.pk), "role": "supporter", **on(since=date(2026, 1, 1))}
    assert forms.PartnerForm(data).is_valid() == valid


@pytest.mark.parametrize(("last", "wrong"), [({}, set()), (on(ends_on=date(2025, 12, 31)), {"ends_on"})])
def test_an_action_may_have_no_end_but_none_before_its_beginning(last: dict[str, str], wrong: set[str]) -> None:
    data = {"title": "Ricollocazione", "code": "AlmavivA", **on(starts_on=date(2026, 1, 1)), **last}
    assert set(forms.ActionForm(data).errors) == wrong
