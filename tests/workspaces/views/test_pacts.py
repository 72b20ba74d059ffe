"""The page of a pact with its goals, and the control room that keeps them."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from reports.models import ReportIssue
from reports.states import IssueState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.pacts.models import PactGoal, TerritorialPact
from sportello.pacts.services.goal import retire_goal, set_goal
from tests.support.personas import make_member, signed_in
from tests.support.queries import queries_of
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")
FACTS = {"title": "Cento contratti", "indicator": "contracts", "target": "100", "semester": "2026-2"}


@pytest.fixture(autouse=True)
def _in_august() -> Iterator[None]:
    with time_machine.travel("2026-08-03 10:00+02:00", tick=True):
        yield


def room() -> Client:
    return signed_in(make_member(Role.CONTROL_ROOM, make_organisation()))


def make_goal(pact: TerritorialPact, title: str = "Cento contratti") -> PactGoal:
    return set_goal(pact=pact, title=title, indicator="contracts", target=100, due_on=date(2026, 12, 31), by=BY)


def address(pact: TerritorialPact) -> str:
    return reverse("pact_detail", kwargs={"slug": pact.slug})


def test_a_visitor_reads_how_far_a_goal_is_and_from_which_reports() -> None:
    pact = make_pact([make_municipality()])
    make_goal(pact)
    issues = [make_edition(pact, semester, contracts=20) for semester in ("2025-1", "2025-2", "2026-1")]
    text = Client().get(address(pact)).content.decode()
    assert "<strong>60</strong> su 100 (60%)" in text
    assert '<progress class="sp-bar" max="100" value="60" aria-label="Cento contratti">60%</progress>' in text
    assert all(reverse("report_detail", kwargs={"issue": issue.pk}) in text for issue in issues)
    assert "/patti/obiettivi/" not in text


def test_a_visitor_sees_no_figure_of_an_edition_that_is_not_published() -> None:
    pact = make_pact([make_municipality(name="Segrate")])
    make_goal(pact)
    issue = make_edition(pact, "2026-1", contracts=73)
    ReportIssue.objects.filter(pk=issue.pk).update(state=IssueState.BUILT, published_at=None)
    page = Client().get(address(pact)).content.decode()
    assert "Ancora nessun numero pubblicato." in page
    assert re.findall(r"\b73\b", page) == []
    assert "<strong>almeno 73</strong> su 100" in room().get(address(pact)).content.decode()


def test_the_control_room_sets_a_goal() -> None:
    pact = make_pact([make_municipality()])
    answer = room().post(reverse("goal_add", kwargs={"slug": pact.slug}), FACTS)
    assert answer.headers["Location"] == address(pact)
    goal = pact.goals.get()
    assert (goal.title, goal.indicator, goal.target, goal.due_on) == (
        "Cento contratti",
        "contracts",
        100,
        date(2026, 12, 31),
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Scrivi qui la risposta."),
        ({"indicator": "placements"}, "Scegli una delle risposte proposte."),
        ({"target": "0"}, "Scrivi un numero da 1 in su."),
        ({"indicator": "appointments_kept_rate", "target": "101"}, "Una parte non supera il tutto"),
        ({"semester": "2031-1"}, "Scegli una delle risposte proposte."),
        ({"semester": "2025-1"}, "Scegli una delle risposte proposte."),
    ],
)
def test_a_wrong_goal_is_shown_again_with_what_to_do(wrong: dict[str, str], sentence: str) -> None:
    pact = make_pact([make_municipality()])
    answer = room().post(reverse("goal_add", kwargs={"slug": pact.slug}), FACTS | wrong)
    assert answer.status_code == 422
    assert sentence in " ".join(answer.content.decode().replace("&#x27;", "'").split())
    assert not pact.goals.exists()


def test_a_pact_that_is_over_takes_no_new_goal() -> None:
    pact = make_pact([make_municipality()], ends_on=date(2026, 6, 30))
    add = reverse("goal_add", kwargs={"slug": pact.slug})
    browser = room()
    assert (browser.get(add).status_code, browser.post(add, FACTS).status_code) == (404, 404)
    assert add not in browser.get(address(pact)).content.decode()


def test_a_goal_is_said_anew_from_what_it_was() -> None:
    goal = make_goal(make_pact([make_municipality()]))
    change = reverse("goal_change", kwargs={"goal": goal.pk})
    browser = room()
    assert browser.get(change).context["form"].initial == {**FACTS, "target": 100}
    browser.post(change, FACTS | {"target": "120", "semester": "2027-1"})
    goal.refresh_from_db()
    assert (goal.target, goal.due_on) == (120, date(2027, 6, 30))


def test_a_goal_that_was_due_keeps_its_semester_in_the_choice() -> None:
    pact = make_pact([make_municipality()])
    goal = set_goal(pact=pact, title="x", indicator="posts", target=5, due_on=date(2025, 12, 31), by=BY)
    form = room().get(reverse("goal_change", kwargs={"goal": goal.pk})).context["form"]
    assert [value for value, _label in form.fields["semester"].choices][:2] == ["2025-2", "2026-2"]


def test_a_retired_goal_stays_on_the_page_with_its_reason_and_changes_no_more() -> None:
    pact = make_pact([make_municipality()])
    goal = make_goal(pact)
    browser = room()
    retire = reverse("goal_retire", kwargs={"goal": goal.pk})
    assert browser.post(retire, {"reason": ""}).status_code == 422
    browser.post(retire, {"reason": "Il programma è finito."})
    text = Client().get(address(pact)).content.decode()
    assert "1 obiettivo ritirato" in text
    assert "ritirato il 3 agosto 2026. Il programma è finito." in text
    assert browser.post(retire, {"reason": "Ancora"}).status_code == 404
    assert browser.get(reverse("goal_change", kwargs={"goal": goal.pk})).status_code == 404


def test_the_page_takes_the_same_queries_with_one_and_three_goals() -> None:
    pact = make_pact([make_municipality()])
    browser = room()
    make_goal(pact)
    make_edition(pact, "2025-1", contracts=20)
    with queries_of() as one:
        browser.get(address(pact))
    retire_goal(goal=make_goal(pact, "Altro"), reason="Prova", by=BY)
    make_goal(pact, "Un altro ancora")
    make_edition(pact, "2025-2", contracts=20)
    make_edition(pact, "2026-1", contracts=20)
    with queries_of() as three:
        page = browser.get(address(pact))
    assert (len(page.context["goals"]), len(page.context["retired"])) == (2, 1)
    assert len(three) == len(one) <= 10, three
