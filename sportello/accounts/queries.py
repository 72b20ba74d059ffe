"""Reads of accounts and memberships."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from sportello.accounts.enums import Role
from sportello.accounts.models import ApiKey, Invitation, Membership, User
from sportello.accounts.scope import Grant, Scope
from sportello.territory.models import Organisation


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
            "is_admin",
            "decides",
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
                is_admin=is_admin,
                decides=decides,
            )
            for organisation_id, name, role, municipality_id, desk_ids, is_admin, decides in rows
        ),
    )


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """The people of a body with their desks, by name."""
    return (
        Membership.objects.in_force()
        .filter(organisation=organisation)
        .select_related("user")
        .prefetch_related("desks")
        .order_by("user__last_name", "user__first_name", "pk")
    )


def open_invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that may still be accepted, the newest first."""
    return Invitation.objects.filter(
        organisation=organisation,
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
    ).order_by("-created_at", "pk")


def keys_of(organisation: Organisation) -> QuerySet[ApiKey]:
    """Keys of a body, those that open first, the newest of them on top."""
    return (
        ApiKey.objects.filter(organisation=organisation)
        .alias(is_closed=Case(When(revoked_at__isnull=True, expires_at__gt=timezone.now(), then=0), default=1))
        .order_by("is_closed", "-created_at", "pk")
    )
