"""Reads of accounts and memberships."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Grant, Scope


def scope_of(user: User) -> Scope:
    """Scope of a signed-in person: one query, whatever the number of memberships and desks."""
    rows = (
        Membership.objects.in_force()
        .filter(user=user)
        .annotate(desk_ids=ArrayAgg("desks", filter=Q(desks__isnull=False), default=[]))
        .order_by("started_at")
        .values_list(
            "organisation_id",
            "organisation__name",
            "role",
            "organisation__municipality_id",
            "desk_ids",
        )
    )
    return Scope(
        user_id=user.pk,
        full_name=user.get_full_name(),
        grants=tuple(
            Grant(
                organisation_id=organisation_id,
                organisation_name=name,
                role=Role(role),
                municipality_id=municipality_id,
                desk_ids=frozenset(desk_ids),
            )
            for organisation_id, name, role, municipality_id, desk_ids in rows
        ),
    )
