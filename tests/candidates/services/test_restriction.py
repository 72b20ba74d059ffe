"""Who restricts a file goes on seeing it, names who else may, and everything ends by itself."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from candidates.models import Candidate, RestrictionGrant
from candidates.services import restriction as service
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from tests.support.personas import make_case, make_member, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_of_three() -> tuple[Candidate, Scope, User, User]:
    """A person followed by an operator, who leads the desk, the operator, a colleague."""
    desk = make_desk()
    follows, colleague = make_operator(desk), make_operator(desk)
    person = make_case(desk, operator=follows).candidate
    return person, scope(make_member(Role.COORDINATOR, desk.managed_by, desk)), follows, colleague


def sees(who: Scope, person: Candidate) -> bool:
    return Candidate.objects.visible_to(who).filter(pk=person.pk).exists()


def test_only_the_named_and_who_restricts_go_on_seeing(desk_of_three: tuple[Candidate, Scope, User, User]) -> None:
    person, leader, follows, colleague = desk_of_three
    until = timezone.localdate() + timedelta(days=30)
    service.restrict(candidate=person, motive="M", ends_on=until, users=[follows.pk], by=leader)
    assert [sees(who, person) for who in (leader, scope(follows), scope(colleague))] == [True, True, False]
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert [sees(who, person) for who in (leader, scope(follows), scope(colleague))] == [False, False, False]
    with pytest.raises(service.AlreadyRestricted):
        service.restrict(candidate=person, motive="M", ends_on=until, users=[], by=leader)


def test_a_grant_opens_and_its_revocation_closes(desk_of_three: tuple[Candidate, Scope, User, User]) -> None:
    person, leader, _follows, colleague = desk_of_three
    today = timezone.localdate()
    restriction = service.restrict(candidate=person, motive="M", ends_on=today, users=[], by=leader)
    grant = service.grant_reading(
        restriction=restriction, user_id=colleague.pk, ends_on=today, motive="Sostituisce", by=leader
    )
    assert sees(scope(colleague), person)
    service.revoke_reading(grant=grant, by=leader)
    service.revoke_reading(grant=grant, by=leader)
    assert not sees(scope(colleague), person)
    assert RestrictionGrant.objects.filter(revoked_at__isnull=True).count() == 1


def test_a_lifted_restriction_hides_nothing_and_takes_no_grant(
    desk_of_three: tuple[Candidate, Scope, User, User],
) -> None:
    person, leader, _follows, colleague = desk_of_three
    today = timezone.localdate()
    restriction = service.restrict(candidate=person, motive="M", ends_on=today, users=[], by=leader)
    service.lift(restriction=restriction, motive="Finita", by=leader)
    assert sees(scope(colleague), person)
    with pytest.raises(service.Lifted):
        service.grant_reading(restriction=restriction, user_id=colleague.pk, ends_on=today, motive="M", by=leader)
    with pytest.raises(service.Lifted):
        service.lift(restriction=restriction, motive="Ancora", by=leader)
