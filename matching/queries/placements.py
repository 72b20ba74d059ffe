"""Placements to check."""

from copy import copy
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from candidates.models import Case
from candidates.models.candidate import of_erased_person
from candidates.models.restriction import hidden_from
from candidates.queries.balance import Balance, count_balance, read_balance
from matching.models import Placement, Referral
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


def outcomes_in(case: Case) -> dict[str, Any]:
    """How often the person of a case was sent to a company since it opened, and what they found: employer and first day."""
    sent = Referral.objects.filter(candidate=case.candidate_id, created_at__date__gte=case.opened_on)
    found = Placement.objects.filter(candidate=case.candidate_id, starts_on__gte=case.opened_on)
    found = found.exclude(state=PlacementState.REJECTED).order_by("starts_on", "pk")
    return {
        "referrals": sent.sent_to_company().count(),
        "jobs": [[employer, day.isoformat()] for employer, day in found.values_list("employer_name", "starts_on")],
    }


def balance_today(case: Case) -> Balance | None:
    """What the balance of an open case would say if it closed today; None once it is closed."""
    if case.closed_on is not None:
        return None
    today = timezone.localdate()
    case = copy(case)
    case.closed_on, case.balance = today, count_balance(case, today, outcomes_in(case))
    return read_balance(case)
