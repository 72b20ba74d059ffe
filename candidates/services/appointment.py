"""Booking and closing appointments; the database refuses two at once."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from candidates.models import Appointment, Candidate
from candidates.states import APPOINTMENT_TRANSITIONS, AppointmentState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk


class SlotTaken(Exception):
    """The operator or the person already has an appointment at that time."""


class NotAllowed(Exception):
    """The appointment's state does not permit the change."""


@audit.service("appointment.book")
def book_appointment(
    *,
    candidate: Candidate,
    desk: Desk,
    operator_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    mode: str,
    reason: str,
    by: Scope,
) -> Appointment:
    """Book; raises SlotTaken when either side is busy, also under concurrency (exclusion constraints)."""
    try:
        with transaction.atomic():
            return Appointment.objects.create(
                candidate=candidate,
                desk=desk,
                residence_id=candidate.residence_id,
                operator_id=operator_id,
                starts_at=starts_at,
                ends_at=ends_at,
                mode=mode,
                reason=reason,
            )
    except IntegrityError as error:
        raise SlotTaken from error


@audit.service("appointment.close")
def set_appointment_state(*, appointment: Appointment, state: AppointmentState, by: Scope) -> Appointment:
    """Record how it went, or revoke it. Raises NotAllowed."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if state not in APPOINTMENT_TRANSITIONS[AppointmentState(appointment.state)]:
        raise NotAllowed
    appointment.state = state
    appointment.save(update_fields=["state"])
    return appointment
