"""The published figures in the open data: what the print says, and nothing before its time."""

from typing import Any

import pytest
from django.test import Client

from reports.indicators import INDICATORS
from reports.models import ReportIssue
from reports.queries.issues import reading_of
from reports.services.build import build_issue
from reports.services.issue import open_issue, publish_issue
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from tests.support.personas import make_member, scope, signed_in
from tests.support.reports import make_edition, segrate_quarter
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def built(place: Any) -> ReportIssue:
    return build_issue(issue=open_issue(territory=place, year=2026, half=1, by=BY), by=BY)


def published(place: Any) -> ReportIssue:
    return publish_issue(issue=built(place), by=scope(make_member(Role.CONTROL_ROOM, make_organisation())))


def test_an_edition_says_its_frozen_figures() -> None:
    issue = published(segrate_quarter().place)
    [edition] = Client().get("/api/v1/statistics").json()["items"]
    assert (edition["id"], edition["territory"], edition["kind"]) == (str(issue.pk), "Segrate", "municipality")
    answer = Client().get(f"/api/v1/statistics/{issue.pk}").json()
    assert answer["edition"] == edition
    kept = reading_of(issue).figures
    assert [
        (f["indicator"], f["dimension"], f["member"], f["numerator"], f["denominator"], f["suppressed"])
        for f in answer["figures"]
    ] == [(*cell, figure.numerator, figure.denominator, figure.numerator is None) for cell, figure in kept.items()]
    assert len(kept) > 20
    assert edition["figures_sha256"] == issue.figures_sha256 != ""


def test_what_is_suppressed_has_no_number() -> None:
    first, second = (indicator.key for indicator in INDICATORS[:2])
    totals: dict[str, tuple[int | None, int | None] | int] = {first: (None, None), second: 12}
    issue = make_edition(make_municipality(), "2026-1", **totals)
    figures = Client().get(f"/api/v1/statistics/{issue.pk}").json()["figures"]
    assert {f["indicator"]: (f["numerator"], f["denominator"], f["suppressed"]) for f in figures} == {
        first: (None, None, True),
        second: (12, None, False),
    }


def test_an_indicator_is_asked_by_its_code() -> None:
    issue = published(segrate_quarter().place)
    wanted = next(iter(reading_of(issue).figures)).measure
    asked = Client().get(f"/api/v1/statistics/{issue.pk}", {"indicator": wanted}).json()
    assert {figure["indicator"] for figure in asked["figures"]} == {wanted}
    assert Client().get(f"/api/v1/statistics/{issue.pk}", {"indicator": "boh"}).status_code == 400


def test_nobody_reads_an_edition_before_it_is_published() -> None:
    issue = built(segrate_quarter().place)
    control_room = signed_in(make_member(Role.CONTROL_ROOM, make_organisation()))
    for client in (Client(), control_room):
        assert client.get("/api/v1/statistics").json()["items"] == []
        assert client.get(f"/api/v1/statistics/{issue.pk}").status_code == 404


def test_editions_are_narrowed_and_read_page_by_page() -> None:
    issue = published(segrate_quarter().place)
    client = Client()
    first = client.get("/api/v1/statistics", {"limit": "1", "year": "2026", "half": "1", "kind": "municipality"}).json()
    assert ([row["id"] for row in first["items"]], first["has_more"]) == ([str(issue.pk)], False)
    assert client.get("/api/v1/statistics", {"cursor": first["next"]}).json()["items"] == []
    assert client.get("/api/v1/statistics", {"kind": "pact"}).json()["items"] == []


@pytest.mark.parametrize("asked", [{"half": "3"}, {"kind": "x"}, {"cursor": "WyIxIiwiMiJd"}, {"anno": "2026"}])
def test_a_mistake_is_an_error(asked: dict[str, str]) -> None:
    assert Client().get("/api/v1/statistics", asked).status_code == 400
