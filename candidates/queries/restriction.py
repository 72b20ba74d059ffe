"""Restricted files as those who lead a desk keep them: who may see each, and never whose it is."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from candidates.models import Case, Intake, Restriction, RestrictionGrant
from candidates.rules import led_desks
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope


def restrictions(scope: Scope) -> QuerySet[Restriction]:
    """Restrictions that stand on people of the desks that the actor leads, with their grants; the oldest first."""
    desks = led_desks(scope)
    here = {"candidate": OuterRef("candidate"), "desk__in": desks}
    elsewhere = Case.objects.open().filter(candidate=OuterRef("candidate")).exclude(desk__in=desks)
    known = Q(Exists(Case.objects.filter(**here))) | Q(Exists(Intake.objects.filter(**here)))
    grants = RestrictionGrant.objects.filter(revoked_at__isnull=True).select_related("user").order_by("ends_on", "pk")
    return (
        Restriction.objects.filter(known, ~Q(Exists(elsewhere)), lifted_at__isnull=True)
        .select_related("set_by")
        .prefetch_related(Prefetch("grants", grants))
        .order_by("set_at", "pk")
    )


def led_restriction(scope: Scope, pk: UUID) -> Restriction:
    """One of them, or a 404."""
    return get_object_or_404(restrictions(scope), pk=pk)


def who_may_be_granted(scope: Scope) -> QuerySet[User]:
    """Operators and coordinators of the desks that the actor leads."""
    return (
        User.objects.filter(
            memberships__ended_at__isnull=True,
            memberships__role__in=(Role.OPERATOR, Role.COORDINATOR),
            memberships__desks__in=led_desks(scope),
            is_active=True,
        )
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )
