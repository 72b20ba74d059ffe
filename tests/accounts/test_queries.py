"""The scope of a person is what is in force today, in one query."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sportello.accounts.enums import Role
from sportello.accounts.models import Invitation, Membership
from sportello.accounts.queries import members_of, open_invitations_of, scope_of
from sportello.territory.models import Organisation
from tests.support.personas import make_member
from tests.support.queries import queries_of
from tests.support.territory import make_desk, make_municipality, make_organisation

pytestmark = pytest.mark.django_db


def test_a_scope_takes_one_query_whatever_its_desks() -> None:
    place = make_municipality()
    agency = make_organisation(municipality=place)
    desks = [make_desk(managed_by=agency) for _each in range(3)]
    user = make_member(Role.OPERATOR, agency, *desks)
    Membership.objects.create(user=user, organisation=make_organisation(), role=Role.COMPANY, is_admin=True)
    with queries_of() as queries:
        scope = scope_of(user)
    assert len(queries) == 1
    assert scope.desk_ids == {desk.pk for desk in desks}
    assert [(g.role, g.is_admin, g.municipality_id) for g in scope.grants] == [
        (Role.OPERATOR, False, place.pk),
        (Role.COMPANY, True, None),
    ]


@pytest.mark.parametrize("closed", ["membership", "organisation"])
def test_what_has_ended_opens_no_door(closed: str) -> None:
    desk = make_desk()
    user = make_member(Role.OPERATOR, desk.managed_by, desk)
    if closed == "membership":
        Membership.objects.filter(user=user).update(ended_at=timezone.now())
    else:
        Organisation.objects.filter(pk=desk.managed_by_id).update(is_active=False)
    scope = scope_of(user)
    assert scope.roles == {Role.CITIZEN}
    assert not scope.desk_ids
    assert not members_of(desk.managed_by).exists()


def test_the_people_of_a_body_come_by_name_and_nobody_elses() -> None:
    agency = make_organisation()
    for name in ("Verdi", "Bianchi"):
        make_member(Role.OPERATOR, agency, last_name=name)
    make_member(Role.OPERATOR, make_organisation(), last_name="Altri")
    assert [member.user.last_name for member in members_of(agency)] == ["Bianchi", "Verdi"]


def test_only_invitations_that_open_are_listed() -> None:
    agency, now = make_organisation(), timezone.now()

    def invite(name: str, organisation: Organisation = agency, **fields: Any) -> None:
        Invitation.objects.create(email=f"{name}@example.org", organisation=organisation, role=Role.OPERATOR, **fields)

    invite("aperto")
    invite("usato", accepted_at=now)
    invite("annullato", revoked_at=now)
    invite("scaduto", expires_at=now - timedelta(minutes=1))
    invite("altrui", organisation=make_organisation())
    assert [invitation.email for invitation in open_invitations_of(agency)] == ["aperto@example.org"]
