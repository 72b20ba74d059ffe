"""Who belongs to a pact on a day, and what its pages show."""

from datetime import date, timedelta

import pytest
import time_machine

from sportello.pacts.models import PactAction, TerritorialPact
from sportello.pacts.queries import action_by_code, goals_of, members_on, pact_page, pacts_of, pacts_today
from sportello.pacts.services import pact as service
from sportello.territory.models import Municipality
from tests.pacts.services.test_pact import BY, END, START, found, join
from tests.support.queries import queries_of
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db

DAY = date(2019, 5, 1)


@pytest.fixture(autouse=True)
def _in_the_middle() -> object:
    with time_machine.travel(DAY):
        yield


def leave(pact: TerritorialPact, name: str, day: date) -> Municipality:
    membership = join(pact, name)
    service.withdraw_membership(membership=membership, left_on=day, reason="Delibera", by=BY)
    return membership.municipality


def test_a_member_counts_from_the_day_it_joins_to_the_day_before_it_leaves() -> None:
    pact = found()
    join(pact, "Domani", DAY + timedelta(days=1))
    leave(pact, "Ieri", DAY)
    leave(pact, "Poi", DAY + timedelta(days=1))
    assert [place.name for place in members_on([pact], DAY)] == ["Poi", "Segrate"]
    assert [place.name for place in members_on([pact], DAY + timedelta(days=1))] == ["Domani", "Segrate"]
    assert not members_on([pact], START - timedelta(days=1)).exists()
    assert not members_on([pact], END + timedelta(days=1)).exists()


def test_who_is_in_two_pacts_counts_once() -> None:
    one, two = found("uno"), found("due")
    both = join(one, "Pioltello").municipality
    service.sign_membership(
        membership=service.invite_municipality(pact=two, municipality=both, by=BY),
        deed_no="3",
        deed_date=START,
        joined_on=START,
        by=BY,
    )
    assert [place.name for place in members_on([one, two], DAY)].count("Pioltello") == 1
    assert list(pacts_of(both)) == [two, one]


@pytest.mark.parametrize("day", [DAY, END, END + timedelta(days=400)])
def test_the_list_counts_members_today_or_on_the_last_day(day: date) -> None:
    pact = found()
    join(pact, "Dentro")
    leave(pact, "Fuori", date(2019, 2, 1))
    service.invite_municipality(pact=pact, municipality=make_municipality(name="Invitato"), by=BY)
    with time_machine.travel(day):
        row = pacts_today().get()
        page = pact_page(pact)
    assert (row.member_count, row.approaching_count) == (2, 1)
    names = [[m.municipality.name for m in group] for group in (page.members, page.approaching, page.left)]
    assert names == [["Dentro", "Segrate"], ["Invitato"], ["Fuori"]]
    assert (page.day, page.is_over) == (min(day, END), day > END)


def test_lists_and_page_take_the_same_queries_for_one_and_three() -> None:
    pact = found()
    costs = []
    for more in (("a",), ("b", "c")):
        for name in more:
            join(pact, name)
            found(f"altro-{name}")
        with queries_of() as asked:
            page = pact_page(pact)
            assert [m.municipality.name for m in page.members]
            assert [row.lead.name for row in pacts_today()]
        costs.append(len(asked))
    assert costs == [4, 4]


@pytest.mark.parametrize(
    ("typed", "on", "is_found"),
    [
        ("AlmavivA", START, True),
        (" alma-vìva ", START, False),
        ("almavìva", END, True),
        ("ALMAVIVA!", START - timedelta(days=1), False),
        ("almaviva", END + timedelta(days=1), False),
        ("", START, False),
    ],
)
def test_an_intake_code_forgives_case_accents_and_signs(typed: str, on: date, is_found: bool) -> None:
    action = PactAction.objects.create(
        pact=found(), code="AlmavivA", code_key="almaviva", title="Ricollocazione", starts_on=START, ends_on=END
    )
    assert action_by_code(typed, on=on) == (action if is_found else None)


def test_the_next_due_goal_comes_first_and_other_pacts_have_theirs() -> None:
    one, other = found("uno"), found("due")
    for pact, title, due_on in ((one, "Poi", END), (one, "Prima", DAY), (other, "Altro", START)):
        pact.goals.create(title=title, indicator="contracts", target=1, due_on=due_on)
    with queries_of() as asked:
        assert [(goal.title, goal.pact.name) for goal in goals_of([one])] == [("Prima", "uno"), ("Poi", "uno")]
    assert len(asked) == 1
