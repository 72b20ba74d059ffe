"""Steps with a company to be won: lawful, dated, logged; a vacancy needs its record."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from employers.models import TargetCompany
from employers.services.target import AlreadyTarget, NotAllowed, link_company, move_target, write_target
from employers.states import TARGET_TRANSITIONS, WITH_COMPANY, CompanyState, TargetState
from sportello.accounts.scope import Scope
from tests.support.employers import make_company, make_target
from tests.support.personas import make_operator
from tests.support.races import while_it_waits
from tests.support.territory import make_desk

BY = Scope.of_process("tests")


def target(**fields: object) -> TargetCompany:
    desk = make_desk()
    return make_target(make_operator(desk), desk, **fields)


@pytest.mark.django_db
@pytest.mark.parametrize("state", TargetState)
@pytest.mark.parametrize("to", TargetState)
@pytest.mark.parametrize("is_registered", [True, False])
def test_only_lawful_steps_pass(state: TargetState, to: TargetState, is_registered: bool) -> None:
    if state in WITH_COMPANY and not is_registered:
        return  # the database has no such row
    made = target(state=state, company=make_company() if is_registered else None)
    if to in TARGET_TRANSITIONS[state] and (is_registered or to not in WITH_COMPANY):
        moved = move_target(target=made, to=to, note="Detto al telefono", by=BY)
        assert moved.state == to
        assert [(t.from_state, t.to_state, t.note) for t in moved.transitions.all()] == [
            (state, to, "Detto al telefono")
        ]
        return
    with pytest.raises(NotAllowed):
        move_target(target=made, to=to, note="Detto al telefono", by=BY)
    assert made.transitions.count() == 0


@pytest.mark.django_db
def test_a_step_happened_today_or_before_and_who_drops_says_why() -> None:
    made, today = target(), timezone.localdate()
    for fields in ({"happened_on": today + timedelta(days=1), "to": "contacted"}, {"to": "dropped", "note": " "}):
        with pytest.raises(NotAllowed):
            move_target(target=made, by=BY, **fields)
    moved = move_target(target=made, to="contacted", happened_on=today - timedelta(days=5), by=BY)
    assert moved.transitions.get().happened_on == today - timedelta(days=5)


@pytest.mark.django_db
def test_what_is_over_has_no_next_step() -> None:
    made = target(next_step="Chiamare", next_step_on=timezone.localdate())
    moved = move_target(target=made, to="dropped", note="Non assumono", by=BY)
    assert (moved.next_step, moved.next_step_on) == ("", None)


@pytest.mark.django_db
def test_it_is_joined_once_to_a_record_that_is_served() -> None:
    made, company = target(), make_company()
    rejected = make_company(state=CompanyState.REJECTED, decision_reason="No")
    with pytest.raises(NotAllowed):
        link_company(target=made, company=rejected, by=BY)
    assert link_company(target=made, company=company, by=BY).company == company
    with pytest.raises(NotAllowed):
        link_company(target=made, company=make_company(), by=BY)
    with pytest.raises(AlreadyTarget):
        link_company(target=target(), company=company, by=BY)


@pytest.mark.django_db
def test_the_same_name_in_the_same_town_is_one_company() -> None:
    made = target(name="Forno Bianchi")
    said: dict[str, Any] = {
        "name": "Forno Bianchi",
        "municipality": made.municipality,
        "desk": made.desk,
        "owner": made.owner,
    }
    with pytest.raises(AlreadyTarget):
        write_target(by=BY, **said)
    assert write_target(target=made, by=BY, **{**said, "name": "Forno"}).name == "Forno"


@pytest.mark.django_db(transaction=True)
def test_of_two_steps_of_the_same_moment_one_is_taken() -> None:
    made = target()

    def late() -> None:
        with pytest.raises(NotAllowed):
            move_target(target=made, to="contacted", by=BY)

    while_it_waits(lambda: move_target(target=made, to="contacted", by=BY), late)
    assert made.transitions.count() == 1
