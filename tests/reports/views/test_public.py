"""The published editions, for everybody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from reports.models import Figure, ReportIssue
from reports.services.build import build_issue
from reports.services.freeze import freeze_issue
from reports.services.issue import open_issue, publish_issue, request_issue
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.core.models import Job, JobState
from sportello.territory.models import Municipality
from tests.support.chromium import sign_in
from tests.support.personas import make_member, make_official, make_operator, scope, signed_in
from tests.support.queries import queries_of
from tests.support.reports import registered_pact, segrate_quarter
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def published(territory: Any) -> ReportIssue:
    issue = build_issue(issue=open_issue(territory=territory, year=2026, half=1, by=BY), by=BY)
    return publish_issue(issue=issue, by=scope(make_member(Role.CONTROL_ROOM, make_organisation())))


def address(issue: ReportIssue, name: str = "report_detail") -> str:
    return reverse(name, kwargs={"issue": issue.pk})


def frozen_copies(issue: ReportIssue, places: list[Municipality]) -> None:
    """More published editions, as the list shows them."""
    for place in places:
        copy = open_issue(territory=place, year=2026, half=1, by=BY)
        ReportIssue.objects.filter(pk=copy.pk).update(
            state=issue.state, pages=9, published_at=issue.published_at, published_by=issue.published_by
        )


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_asks_the_same_queries_whatever_its_length(items: int) -> None:
    issue = published(segrate_quarter().place)
    frozen_copies(issue, [make_municipality() for _ in range(items - 1)])
    with queries_of() as queries:
        page = Client().get(reverse("reports"))
    assert page.context["page"].paginator.count == items
    assert len(queries) <= 3


def test_an_empty_list_says_whether_nothing_is_published_or_nothing_was_found() -> None:
    client = Client()
    assert "Il primo rapporto non è ancora pubblicato." in client.get("/rapporti/").content.decode()
    assert "Nessun rapporto con questi criteri." in client.get("/rapporti/?territorio=Segrate").content.decode()


def test_the_list_is_filtered_by_territory_and_semester() -> None:
    issue = published(segrate_quarter().place)
    frozen_copies(issue, [make_municipality(name="Rodano")])
    open_issue(territory=make_municipality(name="Segrate Due"), year=2026, half=1, by=BY)  # not published

    def found(**query: str) -> list[str]:
        page = Client().get(reverse("reports"), query)
        return [i.territory_name for i in page.context["page"]]

    assert found(territory="segr", semester="2026-1") == ["Segrate"]
    assert found(semester="2025-2") == []
    assert sorted(found()) == ["Rodano", "Segrate"]


def test_the_page_says_the_figures_and_how_they_are_made() -> None:
    issue = published(segrate_quarter().place)
    with queries_of() as queries:
        page = Client().get(address(issue))
    text = " ".join(page.content.decode().split())
    for said in ("431", "220 donne e 211 uomini", "15,8 %", "68 su 431", issue.figures_sha256):
        assert said in text
    assert "hx-get" not in text
    assert len(queries) <= 10


def test_a_pact_shows_its_map_and_all_its_municipalities() -> None:
    page = Client().get(address(published(registered_pact()))).content.decode()
    assert 'id="coverage-title"' in page
    assert page.count("Cernusco sul Naviglio") > 1


def test_the_files_are_those_that_were_made() -> None:
    issue = published(segrate_quarter().place)
    data = Client().get(address(issue, "report_csv"))
    assert data.headers["Content-Disposition"] == 'attachment; filename="rapporto-2026-1-015205-01.csv"'
    assert data.content.count(b"\r\n") == Figure.objects.filter(area=issue.area).count() + 1
    pdf: Any = Client().get(address(issue, "report_pdf"))
    with issue.pdf.open("rb") as kept:
        assert pdf.getvalue() == kept.read()
    pdf.close()


@pytest.mark.parametrize("name", ["report_detail", "report_pdf", "report_csv"])
def test_what_is_not_published_does_not_exist_for_others(name: str) -> None:
    issue = build_issue(issue=open_issue(territory=segrate_quarter().place, year=2026, half=1, by=BY), by=BY)
    place = issue.municipality
    assert place is not None
    others = [Client(), signed_in(make_official()), signed_in(make_operator())]
    insiders = [signed_in(make_official(place)), signed_in(make_member(Role.CONTROL_ROOM, make_organisation()))]
    answers = [browser.get(address(issue, name)) for browser in [*others, *insiders]]
    for answer in answers:
        answer.close()
    assert [answer.status_code for answer in answers] == [404, 404, 404, 200, 200]


def test_the_page_of_one_being_built_says_how_far_it_is() -> None:
    place = make_municipality()
    issue = request_issue(territory=place, year=2026, half=1, by=BY)
    page = signed_in(make_official(place)).get(address(issue))
    assert "<progress" in page.content.decode()
    assert not page.context["can_retry"]
    for name in ("report_pdf", "report_csv"):
        assert signed_in(make_official(place)).get(address(issue, name)).status_code == 404


def test_a_frozen_one_shows_its_figures_before_the_print() -> None:
    issue = freeze_issue(issue=open_issue(territory=segrate_quarter().place, year=2026, half=1, by=BY), by=BY)
    page = signed_in(make_member(Role.CONTROL_ROOM, make_organisation())).get(address(issue)).content.decode()
    assert "220 donne" in page
    assert "rapporto.pdf" not in page


def test_one_whose_job_was_given_up_can_be_asked_again() -> None:
    issue = request_issue(territory=make_municipality(), year=2026, half=1, by=BY)
    Job.objects.update(state=JobState.FAILED, finished_at=timezone.now())
    browser = signed_in(make_member(Role.CONTROL_ROOM, make_organisation()))
    assert browser.get(address(issue)).context["can_retry"]
    browser.post(address(issue, "report_retry"))
    assert sorted(Job.objects.values_list("key", "state")) == [(str(issue.pk), "failed"), (str(issue.pk), "requested")]
    assert not browser.get(address(issue)).context["can_retry"]


@pytest.mark.django_db(transaction=True)
def test_the_figures_appear_by_themselves_when_they_are_there(live_server: LiveServer, chromium: Browser) -> None:
    issue = request_issue(territory=segrate_quarter().place, year=2026, half=1, by=BY)
    with chromium.new_context(locale="it-IT") as context:
        sign_in(context, live_server.url, make_member(Role.CONTROL_ROOM, make_organisation()))
        page = context.new_page()
        page.goto(live_server.url + address(issue))
        page.get_by_role("link", name="Aggiorna la pagina").wait_for()
        build_issue(issue=issue, by=BY)
        page.get_by_role("heading", name="In sintesi").wait_for(timeout=15_000)
        assert page.get_by_role("link", name="Aggiorna la pagina").count() == 0
