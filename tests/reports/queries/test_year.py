"""The year of a pact: there once both halves are published, as things were known at the second freeze."""

from datetime import date
from typing import Any

import pytest

from reports.models import ReportIssue
from reports.queries.year import MemberMove, pact_year, with_years
from reports.rules import Semester
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.core.text import search_key
from sportello.pacts.models import PactAction, TerritorialPact
from sportello.pacts.services import pact as pacts
from sportello.pacts.services.goal import change_goal, retire_goal, set_goal
from tests.support.queries import queries_of
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_municipality

# Each write is a transaction of its own, as it is in life: the history keeps when it began.
pytestmark = [pytest.mark.django_db(transaction=True)]
BY = Scope.of_process("tests")
END = date(2028, 12, 31)


@pytest.fixture(autouse=True)
def _in_august() -> None:
    """Of the database's own time: the history is written by its clock."""


def found(pact: TerritorialPact, year: int = 2025) -> Any:
    return pact_year(pact, year)


def years_of(pact: TerritorialPact) -> list[int]:
    return with_years(TerritorialPact.objects.filter(pk=pact.pk)).get().balance_years


def edition_of(pact: TerritorialPact, *semesters: str) -> None:
    for semester in semesters:
        make_edition(pact, semester, contracts=20)


@pytest.mark.parametrize("only", ["2025-1", "2025-2"])
def test_there_is_no_year_with_one_half(only: str) -> None:
    pact = make_pact([make_municipality()])
    edition_of(pact, only, "2024-1")
    assert (found(pact), years_of(pact)) == (None, [])


def test_there_is_no_year_while_a_half_is_read_inside_alone() -> None:
    pact = make_pact([make_municipality()])
    edition_of(pact, "2025-1", "2025-2")
    last = ReportIssue.objects.filter(half=2)
    last.update(state=IssueState.BUILT, published_at=None)
    assert (found(pact), years_of(pact)) == (None, [])


def test_the_years_of_a_pact_are_its_own_newest_first() -> None:
    place = make_municipality()
    pact = make_pact([place])
    edition_of(pact, "2025-1", "2025-2", "2024-2", "2024-1", "2026-1")
    edition_of(make_pact([place]), "2026-2", "2023-1", "2023-2")
    assert years_of(pact) == [2025, 2024]


def test_a_year_reads_the_newest_versions_and_the_year_before() -> None:
    pact = make_pact([make_municipality()])
    edition_of(pact, "2024-1", "2024-2", "2025-1", "2025-2")
    make_edition(pact, "2025-1", contracts=21)
    edition_of(pact, "2026-1")
    year = found(pact)
    assert [(h.edition.semester, h.edition.issue.version) for h in (*year.before, *year.halves)] == [
        (Semester(2024, 1), 1),
        (Semester(2024, 2), 1),
        (Semester(2025, 1), 2),
        (Semester(2025, 2), 1),
    ]
    assert year.halves[0].edition.totals["contracts"].numerator == 21
    assert Semester(2026, 1) not in [edition.semester for edition in year.series.editions]
    assert found(pact, 2024).before is None


def test_members_are_those_of_the_freeze_and_move_on_their_days() -> None:
    first, second, third = (make_municipality(name=name) for name in ("Segrate", "Rodano", "Melzo"))
    pact = make_pact([first, second], starts_on=date(2025, 1, 1))
    edition_of(pact, "2025-1")
    joins = pacts.invite_municipality(pact=pact, municipality=third, by=BY)
    pacts.sign_membership(membership=joins, deed_no="3", deed_date=date(2025, 9, 1), joined_on=date(2025, 9, 15), by=BY)
    leaves = pact.memberships.get(municipality=second)
    pacts.withdraw_membership(membership=leaves, left_on=date(2025, 10, 1), reason="Fusione", by=BY)
    edition_of(pact, "2025-2")
    before = found(pact)
    joins.delete()  # what is put right later changes nothing
    assert found(pact) == before
    assert [len(half.members) for half in before.halves] == [2, 2]
    assert before.halves[1].members == {first.istat_code, third.istat_code}
    assert before.moves == (
        MemberMove("Rodano", date(2025, 1, 1), True),
        MemberMove("Segrate", date(2025, 1, 1), True),
        MemberMove("Melzo", date(2025, 9, 15), True),
        MemberMove("Rodano", date(2025, 10, 1), False),
    )


def test_goals_are_as_they_were_known_and_those_of_the_past_are_left_out() -> None:
    pact = make_pact([make_municipality()])
    facts: dict[str, Any] = {"indicator": "contracts", "target": 100, "by": BY}
    kept = set_goal(pact=pact, title="Resta", due_on=END, **facts)
    given_up = set_goal(pact=pact, title="Lasciato", due_on=END, **facts)
    set_goal(pact=pact, title="Scaduto prima", due_on=date(2024, 12, 31), **facts)
    edition_of(pact, "2025-1", "2025-2")
    change_goal(goal=kept, title="Altro", due_on=END, **facts)
    retire_goal(goal=given_up, reason="Non serve più", by=BY)
    set_goal(pact=pact, title="Nuovo", due_on=END, **facts)
    goals = found(pact).goals
    assert [(goal.title, goal.target, goal.retired_on) for goal in goals] == [
        ("Lasciato", 100, None),
        ("Resta", 100, None),
    ]
    assert goals[1] == kept


def test_actions_are_those_of_the_second_half() -> None:
    pact = make_pact([make_municipality()])
    for title, ends in (("Finita a maggio", date(2025, 5, 31)), ("In corso", None)):
        PactAction.objects.create(
            pact=pact, title=title, code=title, code_key=search_key(title), starts_on=date(2025, 1, 1), ends_on=ends
        )
    edition_of(pact, "2025-1", "2025-2")
    assert [action.title for action in found(pact).actions] == ["In corso"]


@pytest.mark.parametrize("items", [1, 3])
def test_five_queries_whatever_there_is(items: int) -> None:
    pact = make_pact([make_municipality() for _ in range(items)])
    for number in range(items):
        set_goal(pact=pact, title=str(number), indicator="contracts", target=1, due_on=END, by=BY)
    for year in range(2025 - items, 2026):
        edition_of(pact, f"{year}-1", f"{year}-2")
    with queries_of() as asked:
        year_found = found(pact)
    assert len(year_found.moves) == items
    assert len(asked) == 5
