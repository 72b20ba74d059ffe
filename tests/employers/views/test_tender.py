"""An official checks a tender from its entry to the document."""

import pytest

from employers.models import TenderCriterion
from employers.queries.tenders import tendering_body
from employers.services.tender import print_check
from sportello.accounts.scope import Scope
from tests.support.employers import make_company
from tests.support.equality import make_certificate, make_rules, make_tender
from tests.support.personas import make_official, scope, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db

TENDER = {
    "name": "Pulizia delle scuole",
    "cig": "B123456789",
    "day_day": "15",
    "day_month": "6",
    "day_year": "2026",
    "hour": "12:00",
    "points": "3",
}


def test_from_the_tender_to_its_document() -> None:
    make_rules()
    client = signed_in(make_official())
    certificate = make_certificate(make_company(vat_number="00743110157"))
    assert client.post("/comune/gare/nuova/", {**TENDER, "cig": "1"}).status_code == 422
    assert client.post("/comune/gare/nuova/", TENDER).status_code == 302
    assert client.post("/comune/gare/nuova/", TENDER).status_code == 422
    tender = TenderCriterion.objects.get()
    url = f"/comune/gare/{tender.pk}/"
    assert client.post(url, {"vat_number": certificate.company.vat_number}).status_code == 302
    assert client.post(url, {"vat_number": certificate.company.vat_number}).status_code == 422
    assert client.post(url, {"vat_number": "02345670158"}).status_code == 422
    assert client.post(url, {"vat_number": "02345670158", "name": "Pulizie Nord"}).status_code == 302
    stranger = tender.awards.get(name="Pulizie Nord")
    assert client.post(f"/comune/gare/concorrenti/{stranger.pk}/togli/").status_code == 302
    assert client.get(f"{url}verifica/").status_code == 404
    assert client.post(f"{url}conferma/").status_code == 302
    assert "in preparazione" in client.get(url).content.decode()
    tender.refresh_from_db()
    print_check(tender=tender, by=Scope.of_process("tests"))
    html, cost = asked(client, url)
    assert TenderCriterion.objects.get().pdf_sha256 in html
    assert cost <= 10
    assert client.get(f"{url}verifica/").getvalue().startswith(b"%PDF-")
    assert client.post(url, {"vat_number": "02345670158", "name": "Pulizie Nord"}).status_code == 302
    assert tender.awards.count() == 1


def test_the_pages_cost_the_same_for_one_and_three() -> None:
    make_rules()
    official = make_official()
    client, body = signed_in(official), tendering_body(scope(official))
    costs: dict[str, list[int]] = {"list": [], "tender": []}
    for number in (1, 3):
        bidders = [make_certificate().company for _ in range(number)]
        tender = make_tender(body, bidders=bidders, confirmed=False)
        html, cost = asked(client, f"/comune/gare/{tender.pk}/")
        assert html.count("Certificato valido") == number
        costs["tender"].append(cost)
    make_tender(body, confirmed=False)
    for _ in range(2):
        html, cost = asked(client, "/comune/gare/")
        assert html.count('<th scope="row">') == 3
        costs["list"].append(cost)
    assert all(one == three <= 10 for one, three in costs.values()), costs


def test_an_official_reads_no_more_of_a_company_than_the_check_needs() -> None:
    make_rules()
    official = make_official()
    company = make_certificate().company
    tender = make_tender(tendering_body(scope(official)), bidders=[company], confirmed=False)
    html, _cost = asked(signed_in(official), f"/comune/gare/{tender.pk}/")
    assert str(company) in html
    assert not any(told in html for told in (company.contact_name, company.contact_email, str(company.sector)))
