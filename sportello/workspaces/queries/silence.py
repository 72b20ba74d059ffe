"""People of whom nothing is heard any more."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from candidates.models import (
    Appointment,
    Candidate,
    Case,
    Contact,
    Intake,
)
from candidates.states import CaseState
from matching.models import Placement, Referral


def silent_since(day: date) -> QuerySet[Candidate]:
    """People of whom nothing is heard since that day, nor is a case open; a login is word enough."""
    owned = {"candidate": OuterRef("pk")}
    signs = (
        Case.objects.filter(Q(state=CaseState.OPEN) | Q(closed_on__gte=day), **owned),
        Intake.objects.filter(received_on__gte=day, **owned),
        Contact.objects.filter(happened_on__gte=day, **owned),
        Appointment.objects.filter(starts_at__date__gte=day, **owned),
        Referral.objects.filter(updated_at__date__gte=day, **owned),
        Placement.objects.filter(starts_on__gte=day, **owned),
    )
    signed_in = Q(user__isnull=False, user__last_login__date__gte=day)
    idle = Candidate.objects.filter(
        ~signed_in,
        # A record absorbed by another goes with it.
        absorbed_into__isnull=True,
        erased_at__isnull=True,
        created_at__date__lt=day,
        confirmed_at__date__lt=day,
    )
    return idle.filter(*(~Exists(found) for found in signs))
