"""The first administrator of an empty portal."""

import pytest

from sportello.accounts.enums import Role
from sportello.accounts.models import Invitation, Membership
from sportello.accounts.scope import Scope
from sportello.accounts.services.membership import accept_invitation
from sportello.accounts.services.opening import OtherAgency, PortalOpen, open_portal
from sportello.core.models import Message
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Organisation
from tests.support.personas import PASSWORD, make_member
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def opened(email: str = "prima@example.org", agency: str = "AFOL Prova") -> Invitation:
    return open_portal(agency=agency, email=email, by=BY)


def test_it_writes_the_agency_and_invites_who_keeps_it() -> None:
    invitation = opened()
    membership = accept_invitation(token=invitation.token, first_name="A", last_name="B", password=PASSWORD, by=BY)
    body = Organisation.objects.get()
    assert (body.name, body.kind) == ("AFOL Prova", OrganisationKind.AGENCY)
    assert (membership.organisation, membership.role, membership.is_admin) == (body, Role.ADMINISTRATOR, True)


def test_asked_again_it_gives_the_same_invitation() -> None:
    assert opened() == opened("PRIMA@example.org", "afol prova")
    assert (Organisation.objects.count(), Invitation.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_another_address_voids_the_one_before() -> None:
    wrong, right = opened("sbagliata@example.org"), opened("giusta@example.org")
    wrong.refresh_from_db()
    assert (wrong.is_open, right.is_open) == (False, True)


def test_it_joins_the_agency_that_is_there() -> None:
    agency = make_organisation(name="AFOL Prova")
    assert opened().organisation == agency
    with pytest.raises(OtherAgency, match="AFOL Prova"):
        opened(agency="Altra agenzia")
    assert Organisation.objects.count() == 1


def test_a_portal_that_somebody_keeps_stays_theirs() -> None:
    user = make_member(Role.ADMINISTRATOR, make_organisation(name="AFOL Prova"))
    with pytest.raises(PortalOpen):
        opened()
    assert Invitation.objects.count() == 0
    Membership.objects.filter(user=user).update(organisation=make_organisation(is_active=False))
    assert opened().is_open
