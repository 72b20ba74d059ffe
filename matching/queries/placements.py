"""Placements to check."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from candidates.models.candidate import of_erased_person
from candidates.models.restriction import hidden_from
from matching.models import Placement
from matching.states import PlacementState
from sportello.accounts.scope import Scope


def placements(scope: Scope, *, state: str = "") -> QuerySet[Placement]:
    """Placements of the actor's desks, the oldest declarations first; `state` narrows the list."""
    found = Placement.objects.filter(
        ~of_erased_person(), ~hidden_from(scope.user_id), desk__in=scope.desk_ids
    ).select_related("candidate", "contract_type", "desk")
    if state in PlacementState:
        found = found.filter(state=state)
    return found.order_by("declared_at", "pk")


def visible_placement(scope: Scope, pk: UUID) -> Placement:
    """A placement of the actor's desks, or a 404."""
    return get_object_or_404(placements(scope), pk=pk)
