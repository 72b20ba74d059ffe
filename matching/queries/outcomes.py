"""What came of a case: who was written to about the person, and what they found."""

from copy import copy
from typing import Any

from django.utils import timezone

from candidates.models import Case
from candidates.queries.balance import Balance, count_balance, read_balance
from matching.models import Placement, Referral
from matching.states import PlacementState


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
