"""Which roles a body can give, and who keeps its list of people."""

from uuid import UUID

from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Organisation

ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    OrganisationKind.AGENCY: (Role.OPERATOR, Role.COORDINATOR, Role.CONTROL_ROOM, Role.ADMINISTRATOR),
    OrganisationKind.MUNICIPALITY: (Role.OFFICIAL,),
    OrganisationKind.COMPANY: (Role.COMPANY,),
}


def roles_offered(scope: Scope, organisation: Organisation) -> tuple[Role, ...]:
    """The roles the actor may give in a body: only the portal's administrators, and its own processes, make another one."""
    roles = ROLES_OF_KIND.get(organisation.kind, ())
    may_make_administrators = scope.has(Role.ADMINISTRATOR) or bool(scope.process)
    return tuple(role for role in roles if may_make_administrators or role != Role.ADMINISTRATOR)


def keeps_people_of(scope: Scope, organisation_id: UUID) -> bool:
    """Whether the actor may invite and release people of a body: its own administrators, and the portal's."""
    return scope.has(Role.ADMINISTRATOR) or organisation_id in scope.kept_organisation_ids


def keeps_keys_of(scope: Scope, organisation: Organisation) -> bool:
    """Whether the actor may make and revoke keys of a body: a company's own administrators, nobody in its name."""
    return organisation.kind == OrganisationKind.COMPANY and organisation.pk in scope.kept_organisation_ids
