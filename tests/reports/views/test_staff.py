"""The official and the control room."""

import re

import pytest
from django.urls import reverse

from reports.models import ReportIssue
from reports.services.build import build_issue
from reports.services.issue import fail_issue, open_issue, request_issue
from reports.states import IssueState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.models import Job
from tests.support.pdf import text_of
from tests.support.personas import make_member, make_official, scope, signed_in
from tests.support.queries import queries_of
from tests.support.reports import make_edition, make_pact, make_rules, segrate_quarter
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def control_room() -> User:
    return make_member(Role.CONTROL_ROOM, make_organisation())


def test_an_official_asks_for_the_own_municipality() -> None:
    place = make_municipality()
    answer = signed_in(make_official(place)).post(reverse("official_reports"), {"semester": "2026-1"})
    (issue,) = ReportIssue.objects.all()
    assert (issue.municipality, answer.headers["Location"]) == (place, f"/rapporti/{issue.pk}/")
    assert Job.objects.filter(key=str(issue.pk)).count() == 1


def test_an_official_sees_the_own_editions_only() -> None:
    here, there = make_municipality(), make_municipality()
    own = request_issue(territory=here, year=2026, half=1, by=BY)
    request_issue(territory=there, year=2026, half=1, by=BY)
    page = signed_in(make_official(here)).get(reverse("official_reports"))
    assert [issue for issue, _progress in page.context["rows"]] == [own]
    assert 'hx-get="/comune/rapporti/"' in page.content.decode()


def test_the_control_room_asks_for_a_pact() -> None:
    pact = make_pact([make_municipality()])
    browser = signed_in(control_room())
    browser.post(reverse("control_room_reports"), {"territory": str(pact.pk), "semester": "2026-1"})
    assert [issue.territory for issue in ReportIssue.objects.all()] == [pact]


@pytest.mark.parametrize("data", [{}, {"semester": "2031-1"}, {"semester": "2026-1", "territory": "x"}])
def test_a_wrong_request_is_shown_again(data: dict[str, str]) -> None:
    page = signed_in(control_room()).post(reverse("control_room_reports"), data)
    assert "Controlla questi punti" in page.content.decode()
    assert ReportIssue.objects.count() == 0


@pytest.mark.parametrize("items", [1, 3])
def test_lists_ask_the_same_queries_whatever_their_length(items: int) -> None:
    for _ in range(items):
        request_issue(territory=make_municipality(), year=2026, half=1, by=BY)
    browser = signed_in(control_room())
    with queries_of() as queries:
        page = browser.get(reverse("control_room_reports"))
    assert len(page.context["rows"]) == items
    assert len(queries) <= 10


def test_the_second_person_has_the_button_and_publishes() -> None:
    asker, reader = control_room(), control_room()
    issue = request_issue(territory=segrate_quarter().place, year=2026, half=1, by=scope(asker))
    build_issue(issue=issue, by=BY)
    detail = reverse("report_detail", kwargs={"issue": issue.pk})
    publish = reverse("report_publish", kwargs={"issue": issue.pk})
    assert publish not in signed_in(asker).get(detail).content.decode()
    assert publish in signed_in(reader).get(detail).content.decode()
    refused = signed_in(asker).post(publish, follow=True).content.decode()
    assert "chi lo ha chiesto non lo pubblica" in refused
    assert "Il rapporto è pubblicato" in signed_in(reader).post(publish, follow=True).content.decode()
    issue.refresh_from_db()
    assert issue.state == IssueState.PUBLISHED


def test_a_new_version_of_a_published_semester_wants_its_reason_beside_the_field() -> None:
    place = segrate_quarter().place
    make_edition(place, "2026-1", users=3)
    browser, url = signed_in(make_official(place)), reverse("official_reports")
    page = browser.post(url, {"semester": "2026-1", "reason": ""})
    assert "scrivi perché ne serve un" in page.context["form"].errors["reason"][0]
    assert "disabled" not in page.content.decode()
    browser.post(url, {"semester": "2026-1", "reason": "Arrivi registrati tardi"})
    newest = build_issue(issue=ReportIssue.objects.get(version=2), by=BY)
    assert newest.revision_reason == "Arrivi registrati tardi"
    detail = browser.get(reverse("report_detail", kwargs={"issue": newest.pk})).content.decode()
    assert "Arrivi registrati tardi" in detail
    assert re.search(r">3</td>\s*<td[^>]*><strong>431</strong>", detail)
    with newest.pdf.open("rb") as pdf:
        assert "Che cosa è cambiato" in text_of(pdf.read())


def test_those_who_read_a_built_edition_talk_about_it_on_a_page_of_theirs() -> None:
    make_rules()
    here = make_municipality()
    issue = build_issue(issue=request_issue(territory=here, year=2026, half=1, by=scope(control_room())), by=BY)
    url, detail = (reverse(name, kwargs={"issue": issue.pk}) for name in ("report_comments", "report_detail"))
    own, foreign, room = make_official(here), make_official(make_municipality()), control_room()
    assert [signed_in(user).get(url).status_code for user in (own, foreign, room)] == [200, 404, 200]
    assert url in signed_in(own).get(detail).content.decode()
    empty = signed_in(own).post(url, {"text": " "})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["text"])
    page = signed_in(own).post(url, {"text": "Mancano gli arrivi\n<di giugno>"}, follow=True).content.decode()
    assert "Mancano gli arrivi<br>&lt;di giugno&gt;" in page
    assert own.get_full_name() in page
    signed_in(room).post(reverse("report_publish", kwargs={"issue": issue.pk}))
    late = signed_in(own).post(url, {"text": "Tardi"}, follow=True).content.decode()
    assert "non si aggiungono osservazioni" in late
    assert "Tardi" not in late
    assert url not in signed_in(foreign).get(detail).content.decode()


def test_a_failed_edition_says_why_and_is_retried() -> None:
    make_rules()
    issue = open_issue(territory=make_municipality(), year=2026, half=1, by=BY)
    fail_issue(issue=issue, label="La stampa del rapporto non è riuscita.", by=BY)
    browser = signed_in(control_room())
    page = browser.get(reverse("report_detail", kwargs={"issue": issue.pk})).content.decode()
    retry = reverse("report_retry", kwargs={"issue": issue.pk})
    assert "La stampa del rapporto non è riuscita." in page
    assert retry in page
    browser.post(retry)
    issue.refresh_from_db()
    assert issue.state == IssueState.QUEUED


def test_the_list_shows_one_state_when_asked() -> None:
    built, queued = (request_issue(territory=make_municipality(), year=2026, half=1, by=BY) for _ in range(2))
    ReportIssue.objects.filter(pk=built.pk).update(state=IssueState.BUILT)
    browser, url = signed_in(control_room()), reverse("control_room_reports")

    def listed(state: str) -> set[ReportIssue]:
        return {issue for issue, _progress in browser.get(url, {"stato": state}).context["rows"]}

    assert [listed(state) for state in ("built", "queued", "", "invented")] == [
        {built},
        {queued},
        {built, queued},
        {built, queued},
    ]
    assert "Nessuna edizione in questo stato." in browser.get(url, {"stato": "failed"}).content.decode()


def test_an_address_may_name_the_territory() -> None:
    pact = make_pact([make_municipality()])
    page = signed_in(control_room()).get(reverse("control_room_reports"), {"territorio": str(pact.pk)})
    assert f'<option value="{pact.pk}" selected>' in page.content.decode()
