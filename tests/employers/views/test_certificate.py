"""The pages of the register: the company's, the desk's, and the mark that everybody sees."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from employers.models import Company, GenderEqualityCertificate
from tests.support.employers import make_company, make_company_user, make_vacancy
from tests.support.equality import (
    PDF,
    make_certificate,
    make_rules,
    make_self_declaration,
    make_surveillance,
    paper_file,
)
from tests.support.personas import make_operator, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db

MARK = "Impresa certificata per la parità di genere"
PAPER = {
    "kind": "certificate",
    "body": "Organismo",
    "body_accreditation": "001A",
    "number": "42",
    "issued_on_day": "10",
    "issued_on_month": "5",
    "issued_on_year": "2025",
    "expires_on_day": "9",
    "expires_on_month": "5",
    "expires_on_year": "2028",
}


def boxes(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_a_company_enters_a_certificate_and_the_desk_verifies_it() -> None:
    make_rules()
    company = make_company()
    mine, desk = signed_in(make_company_user(company)), signed_in(make_operator())
    assert mine.post("/impresa/parita/certificati/nuovo/", PAPER).status_code == 422
    assert mine.post("/impresa/parita/certificati/nuovo/", {**PAPER, "file": paper_file()}).status_code == 302
    certificate = GenderEqualityCertificate.objects.get()
    url = f"/operatore/parita/certificati/{certificate.pk}/"
    assert (certificate.company, certificate.state) == (company, "entered")
    for browser, place in ((mine, "impresa"), (desk, "operatore")):
        answer = browser.get(f"/{place}/parita/certificati/{certificate.pk}/documento/")
        assert (answer.getvalue(), answer["Content-Type"]) == (PDF, "application/pdf")
    assert desk.post(url, {"decision": "refuse"}).status_code == 422
    assert desk.post(url, {"decision": "verify"}).status_code == 302
    html, cost = asked(mine, "/impresa/parita/")
    assert "Certificato valido" in html
    assert cost <= 10
    answer = mine.post("/impresa/parita/certificati/nuovo/", {**PAPER, "file": paper_file()})
    assert answer.status_code == 422
    assert "già nel registro" in answer.content.decode()


def test_the_desk_enters_what_it_has_in_hand() -> None:
    make_rules()
    company = make_company()
    desk = signed_in(make_operator())
    answer = desk.post(f"/operatore/imprese/{company.pk}/parita/nuovo/", {**PAPER, "file": paper_file()})
    certificate = GenderEqualityCertificate.objects.get()
    assert answer.headers["Location"] == f"/operatore/parita/certificati/{certificate.pk}/"
    assert certificate.state == "verified"


def test_the_desk_revokes_and_notes_a_surveillance() -> None:
    make_rules()
    certificate = make_certificate()
    today = timezone.localdate()
    turn = make_surveillance(certificate, today)
    desk = signed_in(make_operator())
    url = f"/operatore/parita/certificati/{certificate.pk}/"
    desk.post(f"/operatore/parita/sorveglianze/{turn.pk}/", boxes("done_on", today))
    turn.refresh_from_db()
    assert turn.done_on == today
    wrong = boxes("done_on", today + timedelta(days=1))
    assert desk.post(f"/operatore/parita/sorveglianze/{turn.pk}/", wrong).status_code == 302
    desk.post(url, {**boxes("revoked_on", today), "reason": "Ritirato"})
    certificate.refresh_from_db()
    assert certificate.state == "revoked"
    html, cost = asked(desk, url)
    assert "Certificato revocato" in html
    assert cost <= 10
    assert desk.post(url, {"decision": "verify"}).status_code == 404


def test_a_self_declaration_offers_no_decision() -> None:
    make_rules()
    paper = make_self_declaration(make_company())
    desk = signed_in(make_operator())
    html, _cost = asked(desk, f"/operatore/parita/certificati/{paper.pk}/")
    assert "autodichiarazione" in html
    assert 'name="decision"' not in html
    assert desk.post(f"/operatore/parita/certificati/{paper.pk}/", {"decision": "verify"}).status_code == 404


@pytest.mark.parametrize(
    ("fields", "marked"),
    [
        ({}, True),
        ({"state": "entered"}, False),
        ({"state": "refused"}, False),
        ({"state": "revoked"}, False),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, False),
        ({"expires_on": timezone.localdate()}, True),
    ],
)
def test_only_a_valid_certificate_marks_a_public_vacancy(client: Any, fields: dict[str, Any], marked: bool) -> None:
    certificate = make_certificate(**fields)
    make_self_declaration(certificate.company)
    vacancy = make_vacancy(certificate.company)
    html, cost = asked(client, f"/offerte/{vacancy.pk}/")
    assert (MARK in html) is marked
    assert cost <= 10


def test_the_lists_cost_the_same_for_one_and_three_and_narrow_to_the_certified() -> None:
    make_rules()
    client = signed_in(make_operator())
    make_company()
    costs: dict[str, list[int]] = {}
    for more in (1, 2):
        for _ in range(more):
            make_surveillance(make_certificate(), timezone.localdate())
        for url in ("/operatore/imprese/?certificate=si", "/operatore/parita/certificati/?vista=valid"):
            html, cost = asked(client, url)
            assert html.count('<th scope="row">') == GenderEqualityCertificate.objects.count()
            costs.setdefault(url, []).append(cost)
    assert all(one == three <= 10 for one, three in costs.values()), costs
    html, cost = asked(client, "/operatore/imprese/")
    assert (html.count('<th scope="row">'), html.count("Certificata per la parità")) == (Company.objects.count(), 3)
    assert cost <= 10


def test_the_card_of_a_company_shows_its_papers() -> None:
    certificate = make_certificate()
    make_surveillance(certificate, timezone.localdate() - timedelta(days=1))
    html, cost = asked(signed_in(make_operator()), f"/operatore/imprese/{certificate.company_id}/")
    assert f"Certificato {certificate.number}" in html
    assert "sorveglianza mancata" in html
    assert cost <= 10
