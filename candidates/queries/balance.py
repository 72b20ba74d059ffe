"""What was done in a case, counted when it closes and read again afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from candidates.models import Appointment, Candidate, Case, PlannedAction
from candidates.queries.delivered import Received, received_in
from candidates.states import AppointmentState, CaseState, PlannedActionState


@dataclass(frozen=True)
class Balance:
    """One closed case in numbers; `jobs` are employer and first day of what the person found, `minutes` of all services."""

    case: Case
    days: int
    contacts: int
    meetings: int
    missed: int
    services: tuple[Received, ...]
    done: int
    abandoned: int
    left: int
    referrals: int
    jobs: tuple[tuple[str, date], ...]

    @property
    def minutes(self) -> int:
        return sum(service.minutes for service in self.services)

    @property
    def time(self) -> str:
        """The whole time of the services, in words."""
        return Received("", 0, self.minutes).time


def count_balance(case: Case, day: date, outcomes: Mapping[str, Any]) -> dict[str, Any]:
    """The case until a day, as JSON data; `outcomes` are `referrals` and `jobs`, which a later room counts. Four queries."""
    meetings = Appointment.objects.filter(
        candidate=case.candidate_id, desk=case.desk_id, starts_at__date__range=(case.opened_on, day)
    ).aggregate(
        meetings=Count("pk", filter=Q(state=AppointmentState.SEEN)),
        missed=Count("pk", filter=Q(state=AppointmentState.NO_SHOW)),
    )
    actions = PlannedAction.objects.filter(pact__case=case).aggregate(
        done=Count("pk", filter=Q(state=PlannedActionState.DONE)),
        abandoned=Count("pk", filter=Q(state=PlannedActionState.ABANDONED)),
        left=Count("pk", filter=Q(state=PlannedActionState.PENDING)),
    )
    services = [[row.label, row.times, row.minutes] for row in received_in(case)]
    return {
        "days": (day - case.opened_on).days + 1,
        "contacts": case.contacts.count(),
        **meetings,
        **actions,
        "services": services,
        "referrals": outcomes.get("referrals", 0),
        "jobs": outcomes.get("jobs", []),
    }


def read_balance(case: Case) -> Balance | None:
    """The balance that a closed case keeps; None where it closed before balances were kept, or its person was erased."""
    kept: dict[str, Any] | None = case.balance
    if not kept:
        return None
    return Balance(
        case=case,
        services=tuple(Received(*row) for row in kept["services"]),
        jobs=tuple((employer, date.fromisoformat(day)) for employer, day in kept["jobs"]),
        **{
            name: kept[name]
            for name in ("days", "contacts", "meetings", "missed", "done", "abandoned", "left", "referrals")
        },
    )


def own_balances(candidate: Candidate) -> list[Balance]:
    """A person's closed cases, the newest first; one query."""
    closed = candidate.cases.filter(state=CaseState.CLOSED).select_related("desk").order_by("-closed_on", "pk")
    return [balance for case in closed if (balance := read_balance(case))]
