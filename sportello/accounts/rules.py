"""Which roles a body can give, and who keeps its list of people."""

from uuid import UUID

from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.territory.enums import OrganisationKind

ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    OrganisationKind.AGENCY: (Role.OPERATOR, Role.COORDINATOR, Role.CONTROL_ROOM, Role.ADMINISTRATOR),
    OrganisationKind.MUNICIPALITY: (Role.OFFICIAL,),
    OrganisationKind.COMPANY: (Role.COMPANY,),
}


def keeps_people_of(scope: Scope, organisation_id: UUID) -> bool:
    """Whether the actor may invite and release people of a body: its own administrators, and the portal's."""
    return scope.has(Role.ADMINISTRATOR) or organisation_id in scope.kept_organisation_ids
