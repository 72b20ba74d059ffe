"""Who asks, and how deep they may see: one frozen value a request, read by every permission question."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest

from sportello.accounts.enums import STAFF_ROLES, Part, Role, part_of
from sportello.core.http import SIGNED_IN


@dataclass(frozen=True)
class Grant:
    """One membership in force: a role in an organisation, limited to desks where any are named."""

    organisation_id: UUID
    organisation_name: str
    role: Role
    municipality_id: UUID | None = None
    desk_ids: frozenset[UUID] = frozenset()
    is_admin: bool = False
    decides: bool = False


@dataclass(frozen=True)
class Scope:
    """The actor of a request or of a process; `user_id` is None for visitors and processes."""

    user_id: UUID | None = None
    full_name: str = ""
    grants: tuple[Grant, ...] = ()
    process: str = ""
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        roles = {grant.role for grant in self.grants}
        if self.user_id is not None and not roles:
            roles = {Role.CITIZEN}
        object.__setattr__(self, "roles", frozenset(roles))

    @classmethod
    def of_process(cls, name: str) -> "Scope":
        """Actor for tasks, imports and seeds."""
        return cls(process=name)

    @property
    def actor_id(self) -> UUID | None:
        return self.user_id

    @property
    def account_id(self) -> UUID:
        """The signed-in account; LookupError for visitors and processes, whom no audience of a view lets in."""
        if self.user_id is None:
            raise LookupError("nobody is signed in")
        return self.user_id

    @property
    def actor_label(self) -> str:
        """Office and role, never a name: what audit rows may keep after the person has left."""
        if self.process:
            return self.process
        return "; ".join(f"{g.role.value} @ {g.organisation_name}" for g in self.grants) or (
            "citizen" if self.user_id else "visitor"
        )

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF_ROLES)

    def has(self, role: Role) -> bool:
        return role in self.roles

    def has_any(self, roles: Iterable[str]) -> bool:
        return any(r in self.roles or (r == SIGNED_IN and self.user_id is not None) for r in roles)

    def organisation_ids(self, *roles: Role) -> frozenset[UUID]:
        """Organisations in which the actor holds one of `roles` (any role when none is named)."""
        return frozenset(g.organisation_id for g in self.grants if not roles or g.role in roles)

    @property
    def kept_organisation_ids(self) -> frozenset[UUID]:
        """Bodies whose people the actor invites and releases."""
        return frozenset(g.organisation_id for g in self.grants if g.is_admin)

    def part_in(self, organisation_id: UUID) -> Part | None:
        """How far the actor acts for a company; None for another's."""
        return max(
            (
                part_of(is_admin=g.is_admin, decides=g.decides)
                for g in self.grants
                if g.role == Role.COMPANY and g.organisation_id == organisation_id
            ),
            default=None,
        )

    @property
    def farthest_part(self) -> Part:
        """The most that the actor may do for any company; to read, for who acts for none."""
        parts = (part_of(is_admin=g.is_admin, decides=g.decides) for g in self.grants if g.role == Role.COMPANY)
        return max(parts, default=Part.READS)

    def municipality_ids(self, *roles: Role) -> frozenset[UUID]:
        return frozenset(g.municipality_id for g in self.grants if g.municipality_id and (not roles or g.role in roles))

    @property
    def coordinates(self) -> bool:
        """Whether the actor coordinates desks, and may decide what joins two of them."""
        return self.has(Role.COORDINATOR)

    @property
    def desk_ids(self) -> frozenset[UUID]:
        """Desks whose people the actor serves as operator or coordinator."""
        return frozenset(
            desk for g in self.grants if g.role in (Role.OPERATOR, Role.COORDINATOR) for desk in g.desk_ids
        )


class Request(HttpRequest):
    """A request after the middleware: views and what they call annotate with this."""

    scope: Scope
    needs: Part
    """How far one must act for a company to open its page; set by the door of that page, read where its company is known."""
    part: Part
    """How far the actor acts for the company of the page, once it is known."""
