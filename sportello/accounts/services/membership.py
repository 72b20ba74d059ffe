"""Inviting people into a body, letting them in, letting them go."""

from collections.abc import Iterable
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sportello.accounts.enums import Part, Role
from sportello.accounts.models import Invitation, Membership, User
from sportello.accounts.rules import roles_offered
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.notify import MessageKind, notify, register
from sportello.territory.models import Desk, Organisation

INVITATION = register(
    MessageKind(
        "invitation",
        "accounts/messages/invitation_subject.txt",
        "accounts/messages/invitation_body.txt",
        purpose=_("Invitare una persona a lavorare per un ente"),
        opens_a_door=True,
    )
)


class RoleNotOffered(Exception):
    """The body cannot give that role, or not by the hand of who invites."""


class AlreadyInvited(Exception):
    """The address has an open invitation, or the role already."""


class InvitationClosed(Exception):
    """The invitation was used, revoked or has expired."""


class AccountExists(Exception):
    """The invited address has an account: its owner must sign in to accept."""


class LastAdministrator(Exception):
    """Nobody would be left to keep the body's people."""


@audit.service("invitation.send")
def invite_member(
    *,
    organisation: Organisation,
    email: str,
    role: str,
    by: Scope,
    desks: Iterable[Desk] = (),
    is_admin: bool = False,
    decides: bool = False,
) -> Invitation:
    """Write the invitation and e-mail its link. Raises RoleNotOffered, AlreadyInvited."""
    if role not in roles_offered(by, organisation):
        raise RoleNotOffered
    email = email.lower()
    if Membership.objects.filter(
        user__email=email, organisation=organisation, role=role, ended_at__isnull=True
    ).exists():
        raise AlreadyInvited
    # An expired invitation gives way to the new one.
    Invitation.objects.filter(
        email=email, organisation=organisation, role=role, accepted_at__isnull=True, expires_at__lte=timezone.now()
    ).update(revoked_at=timezone.now())
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=email,
                organisation=organisation,
                role=role,
                is_admin=is_admin,
                decides=decides,
                invited_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise AlreadyInvited from error
    invitation.desks.set(desks)
    invitation.refresh_from_db(fields=["token"])
    notify(
        INVITATION,
        to=email,
        language=settings.LANGUAGE_CODE,
        context={
            "organisation": organisation,
            "role": invitation.get_role_display(),
            "url": invitation_link(invitation),
            "expires_at": invitation.expires_at,
        },
        by=by,
    )
    return invitation


def invitation_link(invitation: Invitation) -> str:
    """The whole address that opens the invitation: a secret, for the invited person only."""
    path = reverse("invitation", kwargs={"token": invitation.token})
    return f"{settings.SITE_URL}{path}"


@audit.service("invitation.accept")
def accept_invitation(
    *,
    token: UUID,
    by: Scope,
    user: User | None = None,
    first_name: str = "",
    last_name: str = "",
    password: str = "",
) -> Membership:
    """Let the invited person in: `user` when they are signed in, else a new account.

    Raises InvitationClosed (also for somebody signed in with another address) and AccountExists.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(token=token)
    if not invitation.is_open or (user and user.email != invitation.email):
        raise InvitationClosed
    if user is None:
        if User.objects.filter(email=invitation.email).exists():
            raise AccountExists
        user = User.objects.create_user(invitation.email, password, first_name=first_name, last_name=last_name)
    # The link reached the mailbox: the address is proved, and a second factor may be added to the account.
    if not EmailAddress.objects.filter(user=user, email=user.email).update(verified=True):
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    membership = Membership.objects.create(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        is_admin=invitation.is_admin,
        decides=invitation.decides,
    )
    membership.desks.set(invitation.desks.all())
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return membership


@audit.service("invitation.revoke")
def revoke_invitation(*, invitation: Invitation, by: Scope) -> None:
    """Void the link; an accepted one stays accepted."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )


@audit.service("membership.part")
def change_part(*, membership: Membership, part: Part, by: Scope) -> Membership:
    """Say anew how far a person acts for a company; it holds from their next page on.

    Raises RoleNotOffered for another kind of body or somebody who has left, LastAdministrator.
    """
    membership = _lock(membership)
    if membership.role != Role.COMPANY or membership.ended_at:
        raise RoleNotOffered
    if not part.may_administer:
        _require_another_administrator(membership)
    membership.is_admin, membership.decides = part.may_administer, part.may_decide
    membership.save(update_fields=["is_admin", "decides"])
    return membership


@audit.service("membership.end")
def end_membership(*, membership: Membership, by: Scope) -> Membership:
    """Close a membership and the person's sessions. Raises LastAdministrator."""
    membership = _lock(membership)
    _require_another_administrator(membership)
    if membership.ended_at is None:
        membership.ended_at = timezone.now()
        membership.save(update_fields=["ended_at"])
        _end_sessions(membership.user_id)
    return membership


@audit.service("membership.pass")
def pass_memberships(*, left: Organisation, joined: Organisation, by: Scope) -> None:
    """Let the people of one body work for another that takes its place, but administer it: its own administrators say who does.

    Who works there already stays there as they are.
    """
    there = joined.memberships.filter(ended_at__isnull=True)
    for membership in left.memberships.select_for_update(of=("self",)).filter(ended_at__isnull=True).order_by("pk"):
        if not there.filter(user=membership.user_id, role=membership.role).exists():
            membership.organisation, membership.is_admin = joined, False
            membership.save(update_fields=["organisation", "is_admin"])


def _lock(membership: Membership) -> Membership:
    # The body's row is the lock: two administrators who release each other in the same moment meet here.
    Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    return Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)


def _require_another_administrator(membership: Membership) -> None:
    others = Membership.objects.in_force().filter(organisation=membership.organisation_id, is_admin=True)
    if membership.is_admin and not others.exclude(pk=membership.pk).exists():
        raise LastAdministrator


def _end_sessions(user_id: UUID) -> None:
    sessions = UserSession.objects.filter(user_id=user_id)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()
