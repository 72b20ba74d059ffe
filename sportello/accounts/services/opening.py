"""The first door of a new portal: its agency, and the invitation of its first administrator."""

from django.utils import timezone

from sportello.accounts.enums import Role
from sportello.accounts.models import Invitation, Membership
from sportello.accounts.scope import Scope
from sportello.accounts.services.membership import invite_member
from sportello.core import audit
from sportello.core.text import sort_key
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Organisation
from sportello.territory.services.bodies import open_body


class PortalOpen(Exception):
    """Somebody administers the portal already: the next ones are invited from its pages."""


class OtherAgency(Exception):
    """The portal has an agency of another name, which is the exception's text."""


@audit.service("portal.open")
def open_portal(*, agency: str, email: str, by: Scope) -> Invitation:
    """Write the agency down, unless it is, and invite the first administrator; the invitation still open when asked again.

    Another address voids the invitation of the one before it: it was a slip of the keys. Raises PortalOpen, OtherAgency,
    AlreadyInvited for an account that was an administrator and is switched off.
    """
    if Membership.objects.in_force().filter(role=Role.ADMINISTRATOR).exists():
        raise PortalOpen
    body = _agency(agency, by)
    waiting = Invitation.objects.select_for_update(of=("self",)).filter(
        role=Role.ADMINISTRATOR, accepted_at__isnull=True, revoked_at__isnull=True
    )
    for invitation in waiting.order_by("created_at"):
        if invitation.is_open and (invitation.email, invitation.organisation_id) == (email.lower(), body.pk):
            return invitation
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
    return invite_member(organisation=body, email=email, role=Role.ADMINISTRATOR, is_admin=True, by=by)


def _agency(name: str, by: Scope) -> Organisation:
    held = list(Organisation.objects.filter(kind=OrganisationKind.AGENCY, is_active=True).order_by("sort_key"))
    if not held:
        return open_body(kind=OrganisationKind.AGENCY, name=name, by=by)
    same = next((body for body in held if body.sort_key == sort_key(name)), None)
    if same is None:
        raise OtherAgency(held[0].name)
    return same
