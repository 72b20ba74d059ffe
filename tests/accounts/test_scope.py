"""Who asks, and how deep: a scope grants what its memberships say and nothing more."""

from uuid import uuid4

import pytest

from sportello.accounts.enums import STAFF_ROLES, Part, Role
from sportello.accounts.scope import Grant, Scope
from sportello.core.http import SIGNED_IN

DESK, OTHER_DESK, TOWN = uuid4(), uuid4(), uuid4()


def grant(role: Role, **fields: object) -> Grant:
    return Grant(uuid4(), "Ente", role, **fields)  # type: ignore[arg-type]


def test_a_visitor_may_nothing() -> None:
    visitor = Scope()
    assert (visitor.roles, visitor.is_staff, visitor.has_any([*Role, SIGNED_IN])) == (frozenset(), False, False)
    assert visitor.actor_label == "visitor"
    with pytest.raises(LookupError):
        _ = visitor.account_id


def test_an_account_without_memberships_is_a_citizen_and_no_more() -> None:
    citizen = Scope(user_id=uuid4())
    assert citizen.roles == {Role.CITIZEN}
    assert [role for role in Role if citizen.has(role)] == [Role.CITIZEN]
    assert citizen.has_any([SIGNED_IN])


def test_who_acts_for_a_body_is_no_citizen() -> None:
    assert Scope(user_id=uuid4(), grants=(grant(Role.COMPANY),)).roles == {Role.COMPANY}


def test_only_who_receives_people_serves_desks() -> None:
    """A desk named beside another role opens nobody's file."""
    for role in Role:
        scope = Scope(user_id=uuid4(), grants=(grant(role, desk_ids=frozenset({DESK})),))
        assert scope.desk_ids == ({DESK} if role in (Role.OPERATOR, Role.COORDINATOR) else frozenset()), role


def test_desks_of_several_bodies_add_up() -> None:
    grants = tuple(grant(Role.OPERATOR, desk_ids=frozenset({desk})) for desk in (DESK, OTHER_DESK))
    assert Scope(user_id=uuid4(), grants=grants).desk_ids == {DESK, OTHER_DESK}


def test_a_municipality_is_seen_by_the_role_asked_for() -> None:
    official, operator = grant(Role.OFFICIAL, municipality_id=TOWN), grant(Role.OPERATOR, municipality_id=uuid4())
    scope = Scope(user_id=uuid4(), grants=(official, operator))
    assert scope.municipality_ids(Role.OFFICIAL) == {TOWN}
    assert scope.organisation_ids(Role.OFFICIAL) == {official.organisation_id}
    assert scope.organisation_ids() == {official.organisation_id, operator.organisation_id}


def test_only_who_keeps_a_body_keeps_its_people() -> None:
    keeper, member = grant(Role.COMPANY, is_admin=True), grant(Role.COMPANY)
    assert Scope(user_id=uuid4(), grants=(keeper, member)).kept_organisation_ids == {keeper.organisation_id}


def test_who_acts_for_a_company_reads_unless_more_is_said() -> None:
    reads, decides = grant(Role.COMPANY), grant(Role.COMPANY, decides=True)
    keeps, elsewhere = grant(Role.COMPANY, is_admin=True), grant(Role.OPERATOR, is_admin=True, decides=True)
    scope = Scope(user_id=uuid4(), grants=(reads, decides, keeps, elsewhere))
    asked = [scope.part_in(g.organisation_id) for g in (reads, decides, keeps, elsewhere)]
    assert asked == [Part.READS, Part.DECIDES, Part.ADMINISTERS, None]
    assert scope.farthest_part == Part.ADMINISTERS
    assert Scope(user_id=uuid4(), grants=(elsewhere,)).farthest_part == Part.READS


@pytest.mark.parametrize("role", Role)
def test_staff_are_those_with_a_second_factor(role: Role) -> None:
    assert Scope(user_id=uuid4(), grants=(grant(role),)).is_staff is (role in STAFF_ROLES)


def test_what_the_audit_keeps_names_the_office_and_never_the_person() -> None:
    scope = Scope(user_id=uuid4(), full_name="Anna Segreta", grants=(grant(Role.OPERATOR),))
    assert scope.actor_label == "operator @ Ente"
    assert Scope.of_process("open_portal").actor_label == "open_portal"
    assert Scope(user_id=uuid4(), full_name="Anna Segreta").actor_label == "citizen"


def test_a_process_holds_no_role() -> None:
    process = Scope.of_process("sweep")
    assert (process.roles, process.actor_id, process.desk_ids) == (frozenset(), None, frozenset())
