"""The balance of a pact's year, for everybody."""

import page
import pytest
from django.test import Client
from django.urls import reverse

from reports.models import ReportIssue
from reports.states import IssueState
from sportello.accounts.enums import Role
from sportello.pacts.models import TerritorialPact
from tests.support.pdf import failures
from tests.support.personas import make_member, signed_in
from tests.support.queries import queries_of
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db


def address(pact: TerritorialPact, name: str = "pact_year", year: int = 2025) -> str:
    return reverse(name, kwargs={"slug": pact.slug, "year": year})


def pact_with(*semesters: str) -> TerritorialPact:
    pact = make_pact([make_municipality()])
    for semester in semesters:
        make_edition(pact, semester, posts=73, users=140, appointments_kept_rate=(30, 40))
    return pact


def test_everybody_reads_the_year_with_its_two_editions() -> None:
    pact = pact_with("2024-1", "2024-2", "2025-1", "2025-2")
    with queries_of() as queries:
        answer = Client().get(address(pact))
    text = " ".join(answer.content.decode().split())
    for issue in ReportIssue.objects.filter(year=2025):
        assert issue.code in text
        assert reverse("report_detail", kwargs={"issue": issue.pk}) in text
    assert '<td class="sp-num" data-label="Tutto il 2025">146</td>' in text
    assert "280" not in text
    assert len(queries) <= 10


def test_the_print_is_what_anybody_downloads() -> None:
    pact = pact_with("2025-1", "2025-2")
    answer = Client().get(address(pact, "pact_year_print"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="bilancio-{pact.slug}-2025.pdf"'
    assert failures(answer.content, archival=page.ValidationProfile.PDF_A_3A) == []


def test_the_print_is_italian_whatever_the_reader_speaks() -> None:
    pact = pact_with("2025-1", "2025-2")
    prints = [Client(HTTP_ACCEPT_LANGUAGE=code).get(address(pact, "pact_year_print")).content for code in ("it", "en")]
    assert prints[0] == prints[1]


@pytest.mark.parametrize("name", ["pact_year", "pact_year_print"])
def test_there_is_none_until_both_halves_are_published(name: str) -> None:
    pact = pact_with("2025-1", "2025-2", "2026-1")
    room = signed_in(make_member(Role.CONTROL_ROOM, make_organisation()))
    assert [Client().get(address(pact, name, year)).status_code for year in (2024, 2025, 2026)] == [404, 200, 404]
    ReportIssue.objects.filter(pact=pact, year=2025, half=2).update(state=IssueState.BUILT, published_at=None)
    assert [browser.get(address(pact, name)).status_code for browser in (Client(), room)] == [404, 404]


def test_the_page_of_the_pact_leads_to_its_years() -> None:
    pact = pact_with("2024-1", "2024-2", "2025-1", "2025-2", "2026-1")
    text = Client().get(reverse("pact_detail", kwargs={"slug": pact.slug})).content.decode()
    assert [address(pact, year=year) in text for year in (2024, 2025, 2026)] == [True, True, False]
