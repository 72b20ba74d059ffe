"""The desk closes a company on its page, and opens it again."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from employers.models import Company
from employers.states import CompanyState
from tests.support.employers import make_company, make_company_user
from tests.support.matching import make_referral
from tests.support.personas import make_operator, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db


def post(client: Client, name: str, company: Company, **data: object) -> int:
    return client.post(reverse(name, kwargs={"company": company.pk}), data).status_code


def today() -> dict[str, int]:
    day = timezone.localdate()
    return {"closed_on_day": day.day, "closed_on_month": day.month, "closed_on_year": day.year}


def test_an_operator_closes_with_a_reason_and_reopens_with_another() -> None:
    referral = make_referral()
    company = referral.vacancy.company
    client = signed_in(make_operator(company.desk))
    page = reverse("company_detail", kwargs={"company": company.pk})
    assert "Chiudi l'impresa" in client.get(page).content.decode()
    assert post(client, "close_company", company, **today()) == 422
    assert post(client, "close_company", company, reason="ceased", note="Visura", **today()) == 302
    html, cost = asked(client, page)
    assert cost <= 10
    assert "Ha cessato l&#x27;attività. Visura" in html
    assert "Riapri l'impresa" in html
    referral.refresh_from_db()
    assert referral.state == "obsolete"
    assert post(client, "reopen_company", company) == 422
    assert post(client, "reopen_company", company, reason="Ha ripreso") == 302
    company.refresh_from_db()
    assert company.state == CompanyState.APPROVED


def test_what_does_not_fit_the_state_leads_back_to_the_company() -> None:
    company = make_company(state=CompanyState.SUBMITTED)
    client = signed_in(make_operator(company.desk))
    assert post(client, "close_company", company, reason="ceased", **today()) == 302
    assert post(client, "reopen_company", company, reason="Sì") == 302
    company.refresh_from_db()
    assert company.state == CompanyState.SUBMITTED


def test_a_company_closes_nobody() -> None:
    company = make_company()
    client = signed_in(make_company_user(company))
    assert post(client, "close_company", company, reason="ceased", **today()) == 404
