"""The homes of the official and of the control room: the editions' figures, what waits, a way forward when there is nothing."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from reports.models import ReportIssue
from reports.queries.issues import Waiting, waiting
from reports.rules import Semester
from reports.services.issue import request_issue
from reports.states import IssueState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.pacts.models import TerritorialPact
from sportello.pacts.services.goal import set_goal
from sportello.pacts.services.pact import invite_municipality
from tests.support.personas import make_member, make_official, signed_in
from tests.support.queries import queries_of
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")
TOTALS = {"users": 120, "coverage": (120, 20000), "posts": 7, "contracts": 12}


@pytest.fixture(autouse=True)
def _in_august() -> Iterator[None]:
    """The first semester of 2026 is over."""
    with time_machine.travel("2026-08-03 10:00+02:00", tick=True):
        yield


def room_member() -> User:
    return make_member(Role.CONTROL_ROOM, make_organisation())


def goal_of(pact: TerritorialPact) -> None:
    set_goal(pact=pact, title="Cento contratti", indicator="contracts", target=100, due_on=date(2026, 12, 31), by=BY)


def test_the_official_reads_the_figures_of_the_newest_edition() -> None:
    place = make_municipality(name="Segrate")
    make_edition(place, "2025-2", **TOTALS | {"users": 100})  # type: ignore[arg-type]
    issue = make_edition(place, "2026-1", **TOTALS)  # type: ignore[arg-type]
    page = signed_in(make_official(place)).get(reverse("official_home"))
    lines = {line.key.indicator.key: line.key for line in page.context["dashboard"].lines}
    assert page.context["dashboard"].issue == issue
    assert {key: found.shown for key, found in lines.items()} == {
        "users": "120",
        "coverage": "6,0",
        "posts": "7",
        "contracts": "12",
    }
    text = page.content.decode()
    assert "in aumento</strong>, era 100 nel rapporto precedente" in text
    assert "dati fino al 30 giugno 2026" in text
    assert reverse("report_csv", kwargs={"issue": issue.pk}) in text


def test_without_an_edition_the_page_says_so_and_offers_to_ask() -> None:
    text = signed_in(make_official()).get(reverse("official_home")).content.decode()
    assert "Questo Comune non ne ha ancora uno." in text
    assert "Manca il rapporto del Comune: Primo semestre 2026" in text
    pact = make_pact([make_municipality()])
    text = signed_in(room_member()).get(reverse("control_room_home")).content.decode()
    assert "Questo patto non ne ha ancora uno." in text
    assert f"{reverse('control_room_reports')}?territorio={pact.pk}" in text


def test_a_portal_without_pacts_offers_the_first() -> None:
    text = signed_in(room_member()).get(reverse("control_room_home")).content.decode()
    assert "Crea il primo patto" in text
    assert "Niente: è tutto in ordine." in text


def test_the_official_sees_the_goals_of_the_own_pacts_only() -> None:
    place = make_municipality()
    own, other = make_pact([place], name="Nostro"), make_pact([make_municipality()], name="Altrui")
    goal_of(own)
    goal_of(other)
    make_edition(own, "2026-1", contracts=25)
    page = signed_in(make_official(place)).get(reverse("official_home"))
    assert [(pact, [g.reached for g in goals]) for pact, goals in page.context["pacts"]] == [(own, ["25"])]
    # The municipality keeps no goal.
    assert "/patti/obiettivi/" not in page.content.decode()


def test_the_control_room_chooses_the_pact() -> None:
    first, second = make_pact([make_municipality()], name="A"), make_pact([make_municipality()], name="B")
    for pact, users in ((first, 11), (second, 22)):
        make_edition(pact, "2026-1", users=users)
    browser = signed_in(room_member())
    home = reverse("control_room_home")

    def shown(address: str) -> tuple[str, str]:
        context = browser.get(address).context
        return context["pact"].name, context["dashboard"].lines[0].key.shown

    assert [shown(home), shown(f"{home}?patto={second.slug}"), shown(f"{home}?patto=nessuno")] == [
        ("A", "11"),
        ("B", "22"),
        ("A", "11"),
    ]


def test_what_waits_is_counted_by_who_may_do_it() -> None:
    pact = make_pact([make_municipality()])
    me, states = room_member(), [IssueState.BUILT, IssueState.BUILT, IssueState.FAILED, IssueState.QUEUED]
    for position, state in enumerate(states):
        issue = request_issue(territory=make_municipality(), year=2026, half=1, by=BY)
        ReportIssue.objects.filter(pk=issue.pk).update(state=state, requested_by=me if position == 0 else None)
    request_issue(territory=pact, year=2026, half=1, by=BY)
    found = waiting(reader=me.pk, pact=pact, semester=Semester(2026, 1))
    assert found == Waiting(to_publish=1, of_others=1, failed=1, under_way=2, asked=1)
    assert waiting(reader=me.pk, pact=None, semester=Semester(2026, 1)).asked == 0
    page = signed_in(me).get(reverse("control_room_home"))
    assert [counter.count for counter in page.context["counters"]] == [1, 1, 1, 2]
    assert page.context["lacking"] is None


def test_a_municipality_without_its_deed_waits() -> None:
    pact = make_pact([make_municipality()])
    invite_municipality(pact=pact, municipality=make_municipality(), by=BY)
    page = signed_in(room_member()).get(reverse("control_room_home"))
    assert [(found.pk, found.approaching_count, found.member_count) for found in page.context["approaching"]] == [
        (pact.pk, 1, 1)
    ]


@pytest.mark.parametrize("name", ["official_home", "control_room_home"])
def test_homes_take_the_same_queries_with_one_and_three_of_everything(name: str) -> None:
    place = make_municipality()
    user = make_official(place) if name == "official_home" else room_member()
    browser = signed_in(user)
    semesters = iter(["2025-1", "2025-2", "2026-1"])

    def one_more() -> None:
        pact, semester = make_pact([place]), next(semesters)
        goal_of(pact)
        goal_of(pact)
        for territory in (place, pact):
            make_edition(territory, semester, **TOTALS)  # type: ignore[arg-type]

    one_more()
    with queries_of() as one:
        assert browser.get(reverse(name)).status_code == 200
    one_more()
    one_more()
    with queries_of() as three:
        browser.get(reverse(name))
    assert len(three) == len(one) <= 10, three
