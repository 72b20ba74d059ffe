"""What the database refuses of pacts."""

from datetime import date
from typing import Any

import pytest

from sportello.pacts.models import PactAction, PactGoal, PactMembership, PactPartner, TerritorialPact
from tests.pacts.services.test_pact import END, START, found
from tests.support.refusals import refused
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db

DEED = {"deed_no": "12", "deed_date": START}
SIGNED = {**DEED, "state": "signed", "joined_on": START}
LEFT = {**SIGNED, "state": "withdrawn", "left_on": END}


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"deed_no": "12"}, "deed_has_number_and_date"),
        ({"deed_date": START}, "deed_has_number_and_date"),
        ({"state": "signed", "joined_on": START}, "nobody_joins_without_a_deed"),
        ({**DEED, "state": "signed"}, "signed_member_has_joined"),
        ({**SIGNED, "state": "invited"}, "signed_member_has_joined"),
        ({**SIGNED, "left_on": END}, "withdrawn_member_has_left"),
        ({**SIGNED, "state": "withdrawn"}, "withdrawn_member_has_left"),
        ({**LEFT, "left_on": date(2017, 12, 31)}, "member_leaves_after_joining|range lower bound"),
    ],
)
def test_a_membership_is_whole(fields: dict[str, Any], constraint: str) -> None:
    with refused(constraint):
        PactMembership.objects.create(pact=found(), municipality=make_municipality(), **fields)


def test_a_municipality_belongs_once_at_a_time() -> None:
    pact, place = found(), make_municipality()
    PactMembership.objects.create(pact=pact, municipality=place, **{**LEFT, "left_on": date(2019, 1, 1)})
    with refused("memberships_do_not_overlap"):
        PactMembership.objects.create(pact=pact, municipality=place, **{**SIGNED, "joined_on": date(2018, 12, 31)})
    PactMembership.objects.create(pact=pact, municipality=place, **{**SIGNED, "joined_on": date(2019, 1, 1)})
    with refused("one_open_membership_per_municipality"):
        PactMembership.objects.create(pact=pact, municipality=place)


def test_pacts_goals_and_actions_end_after_they_begin() -> None:
    pact = found()
    with refused("pact_ends_after_it_starts"):
        TerritorialPact.objects.filter(pk=pact.pk).update(ends_on=date(2017, 12, 31))
    with refused("action_ends_after_it_starts"):
        PactAction.objects.create(pact=pact, code="A", code_key="a", title="Azione", starts_on=END, ends_on=START)
    with refused("goal_asks_for_something"):
        PactGoal.objects.create(pact=pact, title="Nulla", indicator="contracts", target=0, due_on=END)


@pytest.mark.parametrize("half", [{"retired_on": START}, {"retirement_reason": "Superato"}])
def test_a_goal_given_up_has_its_day_and_its_reason(half: dict[str, Any]) -> None:
    with refused("retired_goal_has_day_and_reason"):
        PactGoal.objects.create(pact=found(), title="Posti", indicator="posts", target=1, due_on=END, **half)


def test_a_partner_stands_once_beside_a_pact() -> None:
    pact, body = found(), make_organisation()
    PactPartner.objects.create(pact=pact, organisation=body, role="supporter", since=START)
    with refused("partner_stands_once"):
        PactPartner.objects.create(pact=pact, organisation=body, role="contributor", since=START)
