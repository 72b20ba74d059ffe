"""Booking and closing appointments; the database refuses two at once."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import Appointment, Candidate
from candidates.rules import AFTERWARDS, THE_PERSONS
from candidates.services.messages import APPOINTMENT_BOOKED, APPOINTMENT_REVOKED, tell_of_appointment
from candidates.states import APPOINTMENT_TRANSITIONS, AppointmentState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk


class SlotTaken(Exception):
    """The operator or the person already has an appointment at that time."""


class NotAllowed(Exception):
    """The appointment's state does not permit the change."""


class TooEarly(Exception):
    """How a meeting went cannot be told before it begins."""


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
            appointment = Appointment.objects.create(
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
    tell_of_appointment(appointment=appointment, kind=APPOINTMENT_BOOKED, by=by)
    return appointment


@audit.service("appointment.close")
def set_appointment_state(*, appointment: Appointment, state: AppointmentState, by: Scope) -> Appointment:
    """Record how it went, or revoke it and tell the person. Raises NotAllowed, TooEarly."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if state in THE_PERSONS or state not in APPOINTMENT_TRANSITIONS[AppointmentState(appointment.state)]:
        raise NotAllowed
    if state in AFTERWARDS and appointment.starts_at > timezone.now():
        raise TooEarly
    appointment.state = state
    appointment.save(update_fields=["state"])
    if state == AppointmentState.REVOKED and appointment.starts_at > timezone.now():
        tell_of_appointment(appointment=appointment, kind=APPOINTMENT_REVOKED, by=by)
    return appointment


@audit.service("appointment.cancel")
def cancel_appointment(*, appointment: Appointment, by: Scope, note: str = "") -> Appointment:
    """The person cannot come: the time is free again, for both. Raises NotAllowed once it has begun or is over."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    lawful = APPOINTMENT_TRANSITIONS[AppointmentState(appointment.state)]
    if AppointmentState.CANCELED not in lawful or appointment.starts_at <= timezone.now():
        raise NotAllowed
    appointment.state = AppointmentState.CANCELED
    appointment.cancel_note = note
    appointment.save(update_fields=["state", "cancel_note"])
    return appointment
