"""Accounts, memberships and invitations at their borders."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sportello.accounts.enums import Role
from sportello.accounts.models import INVITATION_DAYS, Invitation, Membership, User
from tests.support.personas import PASSWORD, make_member
from tests.support.refusals import refused
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db


def test_an_address_is_one_account_whatever_its_case() -> None:
    user = User.objects.create_user("Ada@Example.org", PASSWORD)
    assert (user.email, User.objects.get_by_natural_key("ADA@example.ORG")) == ("ada@example.org", user)
    with refused("accounts_user_email"):
        User.objects.create_user("ADA@EXAMPLE.ORG", PASSWORD)


@pytest.mark.parametrize(
    ("first", "last", "shown"), [("Ada", "Riva", "Ada Riva"), ("", "Riva", "Riva"), ("", "", "a@example.org")]
)
def test_a_person_is_called_by_name_else_by_address(first: str, last: str, shown: str) -> None:
    assert str(User(email="a@example.org", first_name=first, last_name=last)) == shown


def test_a_role_is_held_once_until_it_ends() -> None:
    body = make_organisation()
    user = make_member(Role.OPERATOR, body)
    with refused("one_open_membership_per_role"):
        Membership.objects.create(user=user, organisation=body, role=Role.OPERATOR)
    now = timezone.now()
    with refused("membership_ends_after_it_starts"):
        Membership.objects.update(started_at=now, ended_at=now - timedelta(seconds=1))
    Membership.objects.update(started_at=now, ended_at=now)
    Membership.objects.create(user=user, organisation=body, role=Role.OPERATOR)
    assert Membership.objects.in_force().count() == 1


@pytest.mark.parametrize("closed", ["ended", "body", "person"])
def test_a_door_closes_with_the_membership_the_body_or_the_account(closed: str) -> None:
    user = make_member(Role.OPERATOR, make_organisation())
    membership = Membership.objects.in_force().get()
    if closed == "ended":
        membership.ended_at = timezone.now()
        membership.save()
    elif closed == "body":
        membership.organisation.is_active = False
        membership.organisation.save()
    else:
        user.is_active = False
        user.save()
    assert not Membership.objects.in_force().exists()


def test_an_invitation_is_open_until_its_last_moment() -> None:
    now = timezone.now()
    invitation = Invitation.objects.create(email="a@example.org", organisation=make_organisation(), role=Role.OPERATOR)
    assert abs(invitation.expires_at - now - timedelta(days=INVITATION_DAYS)) < timedelta(minutes=1)
    assert invitation.is_open
    assert not Invitation(expires_at=now - timedelta(seconds=1)).is_open
    assert not Invitation(expires_at=now + timedelta(days=1), accepted_at=now).is_open
    assert not Invitation(expires_at=now + timedelta(days=1), revoked_at=now).is_open


def test_one_invitation_is_open_for_a_role() -> None:
    body = make_organisation()

    def invite(role: Role) -> Invitation:
        return Invitation.objects.create(email="a@example.org", organisation=body, role=role)

    first = invite(Role.OPERATOR)
    with refused("one_open_invitation_per_role"):
        invite(Role.OPERATOR)
    invite(Role.COORDINATOR)
    first.revoked_at = timezone.now()
    first.save()
    assert invite(Role.OPERATOR).is_open
