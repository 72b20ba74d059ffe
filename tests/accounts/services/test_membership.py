"""Invitations open once and in time; a body never loses its last administrator."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.utils import timezone

from sportello.accounts.enums import Part, Role
from sportello.accounts.models import Invitation, Membership
from sportello.accounts.scope import Scope
from sportello.accounts.services import membership as service
from sportello.core import audit
from sportello.core.models import Message
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Organisation
from tests.support.personas import PASSWORD, make_member, make_user, scope
from tests.support.territory import make_desk, make_municipality, make_organisation

BY = Scope.of_process("tests")


def invite(organisation: Organisation, email: str = "nuova@example.org") -> Invitation:
    return service.invite_member(organisation=organisation, email=email, role=Role.OPERATOR, by=BY)


@pytest.mark.django_db
def test_invitation_makes_the_account_and_the_membership() -> None:
    desk = make_desk()
    invitation = service.invite_member(
        organisation=desk.managed_by, email="Nuova@Example.org", role=Role.OPERATOR, desks=[desk], by=BY
    )
    membership = service.accept_invitation(
        token=invitation.token, first_name="Nuova", last_name="Persona", password=PASSWORD, by=BY
    )
    assert membership.user.email == "nuova@example.org"
    assert list(membership.desks.all()) == [desk]
    assert str(invitation.token) in Message.objects.get().body
    assert mail.outbox == []  # the job sends it, after the commit


@pytest.mark.django_db
def test_invitation_opens_once() -> None:
    invitation = invite(make_organisation())
    service.accept_invitation(token=invitation.token, first_name="A", last_name="B", password=PASSWORD, by=BY)
    with pytest.raises(service.InvitationClosed):
        service.accept_invitation(token=invitation.token, first_name="A", last_name="B", password=PASSWORD, by=BY)


@pytest.mark.django_db
@pytest.mark.parametrize("closing", ["expired", "revoked"])
def test_closed_invitation_lets_nobody_in(closing: str) -> None:
    invitation = invite(make_organisation())
    if closing == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        service.revoke_invitation(invitation=invitation, by=BY)
    with pytest.raises(service.InvitationClosed):
        service.accept_invitation(token=invitation.token, first_name="A", last_name="B", password=PASSWORD, by=BY)
    assert not Membership.objects.exists()


@pytest.mark.django_db
def test_expired_invitation_gives_way_to_a_new_one() -> None:
    organisation = make_organisation()
    invite(organisation)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert invite(organisation).is_open


@pytest.mark.django_db
def test_same_role_twice_is_refused() -> None:
    organisation = make_organisation()
    invite(organisation)
    with pytest.raises(service.AlreadyInvited):
        invite(organisation)


@pytest.mark.django_db
def test_a_municipality_gives_no_operators() -> None:
    body = make_organisation(kind=OrganisationKind.MUNICIPALITY, municipality=make_municipality())
    with pytest.raises(service.RoleNotOffered):
        invite(body)


@pytest.mark.django_db
def test_only_an_administrator_of_the_portal_makes_another() -> None:
    agency = make_organisation()
    operator = make_member(Role.OPERATOR, agency)
    Membership.objects.filter(user=operator).update(is_admin=True)
    with pytest.raises(service.RoleNotOffered):
        service.invite_member(organisation=agency, email="a@example.org", role=Role.ADMINISTRATOR, by=scope(operator))
    administrator = make_member(Role.ADMINISTRATOR, agency)
    invitation = service.invite_member(
        organisation=agency, email="a@example.org", role=Role.ADMINISTRATOR, by=scope(administrator)
    )
    assert invitation.is_open


@pytest.mark.django_db
def test_accepting_proves_the_address_of_an_account_that_was_there() -> None:
    user = make_user()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    invitation = invite(make_organisation(), user.email)
    service.accept_invitation(token=invitation.token, user=user, by=BY)
    assert [(a.email, a.verified) for a in EmailAddress.objects.filter(user=user)] == [(user.email, True)]


@pytest.mark.django_db
def test_link_meant_for_another_address_is_refused() -> None:
    invitation = invite(make_organisation())
    with pytest.raises(service.InvitationClosed):
        service.accept_invitation(token=invitation.token, user=make_user(), by=BY)


@pytest.mark.django_db
def test_existing_account_must_sign_in_to_accept() -> None:
    user = make_user()
    invitation = invite(make_organisation(), user.email)
    with pytest.raises(service.AccountExists):
        service.accept_invitation(token=invitation.token, first_name="A", last_name="B", password=PASSWORD, by=BY)
    assert service.accept_invitation(token=invitation.token, user=user, by=BY).user == user


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_release_each_other_in_the_same_moment() -> None:
    organisation = make_organisation()
    for _ in range(2):
        make_member(Role.ADMINISTRATOR, organisation)
    Membership.objects.update(is_admin=True)
    memberships = list(Membership.objects.order_by("pk"))
    barrier = Barrier(2)

    def release(membership: Membership) -> str:
        barrier.wait()
        try:
            with audit.acting(BY, "test"):
                service.end_membership(membership=membership, by=BY)
        except service.LastAdministrator:
            return "last"
        finally:
            connection.close()
        return "released"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(release, memberships)) == ["last", "released"]
    assert Membership.objects.in_force().count() == 1


@pytest.mark.django_db
def test_people_pass_to_another_body_but_do_not_administer_it() -> None:
    left, joined = make_organisation(), make_organisation()
    keeper, both, gone = (make_member(Role.OPERATOR, left) for _ in range(3))
    Membership.objects.filter(user=keeper).update(is_admin=True)
    Membership.objects.filter(user=gone).update(ended_at=timezone.now())
    Membership.objects.create(user=both, organisation=joined, role=Role.OPERATOR, is_admin=True)
    service.pass_memberships(left=left, joined=joined, by=BY)
    assert set(joined.memberships.values_list("user", "is_admin")) == {(keeper.pk, False), (both.pk, True)}
    assert set(left.memberships.values_list("user", flat=True)) == {both.pk, gone.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("part", Part)
def test_the_invited_get_the_part_they_were_promised(part: Part) -> None:
    firm = make_organisation(kind=OrganisationKind.COMPANY)
    invitation = service.invite_member(
        organisation=firm,
        email="nuova@example.org",
        role=Role.COMPANY,
        is_admin=part.may_administer,
        decides=part.may_decide,
        by=BY,
    )
    assert invitation.part == part
    membership = service.accept_invitation(
        token=invitation.token, first_name="Nuova", last_name="Persona", password=PASSWORD, by=BY
    )
    assert membership.part == scope(membership.user).part_in(firm.pk) == part


@pytest.mark.django_db
def test_a_part_changes_and_the_last_administrator_stays_one() -> None:
    firm = make_organisation(kind=OrganisationKind.COMPANY)
    keeper, other = (
        Membership.objects.create(user=make_user(), organisation=firm, role=Role.COMPANY, is_admin=first)
        for first in (True, False)
    )
    for part in (Part.READS, Part.DECIDES):
        with pytest.raises(service.LastAdministrator):
            service.change_part(membership=keeper, part=part, by=BY)
    for part in (*Part, Part.DECIDES, Part.READS, Part.ADMINISTERS):
        assert service.change_part(membership=other, part=part, by=BY).part == part
    assert service.change_part(membership=keeper, part=Part.READS, by=BY).part == Part.READS
    with pytest.raises(service.LastAdministrator):
        service.end_membership(membership=other, by=BY)


@pytest.mark.django_db
def test_only_who_still_acts_for_a_company_has_a_part() -> None:
    desk = make_desk()
    operator = Membership.objects.get(user=make_member(Role.OPERATOR, desk.managed_by, desk))
    firm = make_organisation(kind=OrganisationKind.COMPANY)
    left = Membership.objects.create(user=make_user(), organisation=firm, role=Role.COMPANY)
    Membership.objects.filter(pk=left.pk).update(ended_at=timezone.now())
    for membership in (operator, left):
        with pytest.raises(service.RoleNotOffered):
            service.change_part(membership=membership, part=Part.DECIDES, by=BY)
