"""Which roles a body gives, and who keeps its people."""

from uuid import uuid4

import pytest

from sportello.accounts.enums import Role
from sportello.accounts.rules import keeps_people_of, roles_offered
from sportello.accounts.scope import Grant, Scope
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Organisation

AGENCY = (Role.OPERATOR, Role.COORDINATOR, Role.CONTROL_ROOM)
HERE, ELSEWHERE = uuid4(), uuid4()


def actor(role: Role, *, is_admin: bool = False) -> Scope:
    return Scope(user_id=uuid4(), grants=(Grant(HERE, "AFOL", role, is_admin=is_admin),))


@pytest.mark.parametrize(
    ("scope", "kind", "roles"),
    [
        (actor(Role.COORDINATOR, is_admin=True), OrganisationKind.AGENCY, AGENCY),
        (actor(Role.ADMINISTRATOR), OrganisationKind.AGENCY, (*AGENCY, Role.ADMINISTRATOR)),
        (Scope.of_process("open_portal"), OrganisationKind.AGENCY, (*AGENCY, Role.ADMINISTRATOR)),
        (Scope(), OrganisationKind.AGENCY, AGENCY),
        (actor(Role.ADMINISTRATOR), OrganisationKind.MUNICIPALITY, (Role.OFFICIAL,)),
        (actor(Role.ADMINISTRATOR), OrganisationKind.COMPANY, (Role.COMPANY,)),
        (actor(Role.ADMINISTRATOR), OrganisationKind.SOCIAL_PARTNER, ()),
    ],
)
def test_only_administrators_make_administrators(scope: Scope, kind: OrganisationKind, roles: tuple[Role, ...]) -> None:
    assert roles_offered(scope, Organisation(kind=kind)) == roles


@pytest.mark.parametrize(
    ("scope", "here", "elsewhere"),
    [
        (actor(Role.ADMINISTRATOR), True, True),
        (actor(Role.OFFICIAL, is_admin=True), True, False),
        (actor(Role.OFFICIAL), False, False),
        (Scope(), False, False),
    ],
)
def test_a_body_keeps_its_own_people(scope: Scope, here: bool, elsewhere: bool) -> None:
    assert (keeps_people_of(scope, HERE), keeps_people_of(scope, ELSEWHERE)) == (here, elsewhere)
