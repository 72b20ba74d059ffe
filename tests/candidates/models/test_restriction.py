"""A restriction and its grants say who, when and why; and a restricted person is seen by grant alone."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.models import Appointment, Candidate, Case, Intake, Restriction, RestrictionGrant
from candidates.models.restriction import hidden_from
from sportello.accounts.enums import Role
from tests.support.personas import make_candidate, make_case, make_member, make_operator, make_user, scope
from tests.support.refusals import refused
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("restriction_has_a_motive", {"motive": ""}),
        ("lifted_restriction_says_by_whom_and_why", {"lifted_at": timezone.now()}),
        ("lifted_restriction_says_by_whom_and_why", {"lift_motive": "Finita"}),
    ],
)
def test_a_restriction_is_whole(constraint: str, fields: dict[str, Any]) -> None:
    with refused(constraint):
        Restriction.objects.create(**{"candidate": make_candidate(), "motive": "M", "set_by": make_user(), **fields})


def test_one_restriction_stands() -> None:
    values: dict[str, Any] = {"candidate": make_candidate(), "motive": "M", "set_by": make_user()}
    Restriction.objects.create(**values, lifted_at=timezone.now(), lifted_by=values["set_by"], lift_motive="L")
    Restriction.objects.create(**values)
    with refused("one_restriction_stands"):
        Restriction.objects.create(**values)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("grant_ends_after_it_starts", {"ends_on": date(2026, 5, 3)}), ("grant_has_a_motive", {"motive": ""})],
)
def test_a_grant_is_whole(constraint: str, fields: dict[str, Any]) -> None:
    who = make_user()
    restriction = Restriction.objects.create(candidate=make_candidate(), motive="M", set_by=who)
    values = {"user": who, "granted_by": who, "starts_on": TODAY, "ends_on": TODAY, "motive": "M"}
    with refused(constraint):
        RestrictionGrant.objects.create(restriction=restriction, **{**values, **fields})


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    is_lifted=st.booleans(),
    is_revoked=st.booleans(),
    is_mine=st.booleans(),
    starts=st.integers(-2, 1),
    lasts=st.integers(0, 3),
)
def test_a_restricted_person_is_seen_by_a_grant_of_today_and_by_nothing_else(
    is_lifted: bool, is_revoked: bool, is_mine: bool, starts: int, lasts: int
) -> None:
    desk = make_desk()
    me, colleague = make_operator(desk), make_member(Role.COORDINATOR, desk.managed_by, desk)
    case = make_case(desk, operator=me)
    now = timezone.now()
    restriction = Restriction.objects.create(
        candidate=case.candidate,
        motive="M",
        set_by=colleague,
        **({"lifted_at": now, "lifted_by": colleague, "lift_motive": "L"} if is_lifted else {}),
    )
    first = TODAY + timedelta(days=starts)
    RestrictionGrant.objects.create(
        restriction=restriction,
        user=me if is_mine else colleague,
        granted_by=colleague,
        starts_on=first,
        ends_on=first + timedelta(days=lasts),
        motive="M",
        revoked_at=now if is_revoked else None,
    )
    Appointment.objects.create(
        candidate=case.candidate,
        desk=desk,
        residence=case.residence,
        operator=me,
        starts_at=now,
        ends_at=now + timedelta(minutes=30),
        reason="R",
    )
    holds = starts <= 0 <= starts + lasts
    sees = is_lifted or (is_mine and holds and not is_revoked)
    with time_machine.travel(TODAY):
        scoped = scope(me)
        assert Candidate.objects.visible_to(scoped).filter(pk=case.candidate_id).exists() is sees
        assert Case.objects.visible_to(scoped).filter(pk=case.pk).exists() is sees
        (meeting,) = Appointment.objects.seen_by(scoped).filter(candidate=case.candidate)
        assert meeting.is_hidden is not sees
        (arrival,) = Intake.objects.filter(candidate=case.candidate).annotate(hidden=hidden_from(me.pk))
        assert arrival.hidden is not sees


def test_the_person_always_sees_themself() -> None:
    user = make_user()
    person = make_candidate(make_desk(), user=user)
    Restriction.objects.create(candidate=person, motive="M", set_by=make_user())
    assert Candidate.objects.visible_to(scope(user)).get() == person
