"""What a conversation about one person needs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from candidates.models import (
    Appointment,
    Candidate,
    Case,
    ServicePact,
)
from candidates.queries.balance import Balance, read_balance
from candidates.queries.delivered import Received, all_received, sum_received
from candidates.states import AppointmentState, PactState, PlannedActionState
from matching.models import Referral
from matching.states import ReferralState

MISSED_DAYS = 60
"""Days in which a missed meeting stays before the operator, who may still learn of a good reason."""


@dataclass(frozen=True)
class AgreedAction:
    """A pending action of the signed pact."""

    id: UUID
    text: str
    due_on: date


@dataclass(frozen=True)
class PersonPage:
    """What a conversation about one person needs; `pact` is the signed one."""

    case: Case | None
    pact: ServicePact | None
    actions: list[AgreedAction]
    received: list[Received]
    appointments: list[Appointment]
    missed: list[Appointment]
    referrals: list[Referral]

    @property
    def balance(self) -> Balance | None:
        """What was done, where the case is closed."""
        return read_balance(self.case) if self.case else None

    @property
    def questions(self) -> list[Referral]:
        """Referrals that wait for the person's yes or no."""
        return [r for r in self.referrals if r.state == ReferralState.CONSENT_ASKED]


def latest_case(candidate: Candidate) -> Case | None:
    """The open case, else the last one, with `received`: what the person has received in all their cases."""
    cases = candidate.cases.select_related("desk", "responsible_operator").annotate(received=all_received("candidate"))
    return cases.order_by("-opened_on", "pk").first()


def person_page(candidate: Candidate) -> PersonPage:
    """One person in four queries, whatever the length of their history."""
    case = latest_case(candidate)
    pact = (
        ServicePact.objects.filter(case__candidate=candidate, state=PactState.SIGNED)
        .select_related("responsible")
        .annotate(
            pending=JSONBAgg(
                JSONObject(id="actions__id", text="actions__text", due_on="actions__due_on"),
                filter=Q(actions__state=PlannedActionState.PENDING),
                default=[],
                order_by=("actions__due_on", "actions__position"),
            )
        )
        .order_by("-signed_on", "pk")
        .first()
    )
    pending: list[dict[str, Any]] = pact.pending if pact else []
    recent = timezone.now() - timedelta(days=MISSED_DAYS)
    meetings = list(
        candidate.appointments.filter(
            Q(state=AppointmentState.BOOKED) | Q(state=AppointmentState.NO_SHOW, starts_at__gte=recent)
        )
        .select_related("desk", "operator")
        .order_by("starts_at", "pk")
    )
    return PersonPage(
        case=case,
        pact=pact,
        actions=[AgreedAction(UUID(a["id"]), a["text"], date.fromisoformat(a["due_on"])) for a in pending],
        received=sum_received(getattr(case, "received", None)),
        appointments=[m for m in meetings if m.state == AppointmentState.BOOKED],
        missed=[m for m in meetings if m.state == AppointmentState.NO_SHOW],
        referrals=list(
            candidate.referrals.select_related(
                "vacancy__company__organisation", "vacancy__workplace__municipality"
            ).order_by("-created_at", "pk")
        ),
    )
