"""Booking, moving and closing appointments; the database refuses two at once.

Who books holds the person first, then the operators in the order of their keys, then a group, an appointment, an
invitation: two who want the same hour wait for one another and never in a circle.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.engine.slots import Slot
from candidates.models import Appointment, BookingInvitation, Candidate, Case, GroupMeeting
from candidates.queries.slots import bookable_desks, free_slots, receiving
from candidates.rules import AFTERWARDS, THE_PERSONS
from candidates.services.messages import (
    APPOINTMENT_BOOKED,
    APPOINTMENT_MOVED,
    APPOINTMENT_REVOKED,
    CONVOCATION,
    tell_of_appointment,
)
from candidates.states import (
    APPOINTMENT_TRANSITIONS,
    OPEN_INVITATION,
    AppointmentState,
    CaseState,
    GroupMeetingState,
    InvitationState,
)
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk


class SlotTaken(Exception):
    """The operator or the person already has an appointment at that time."""


class AlreadyBooked(Exception):
    """The person already holds a meeting to come: they move it, they do not take a second hour from others."""


class NotAllowed(Exception):
    """The appointment's state does not permit the change."""


class TooEarly(Exception):
    """How a meeting went cannot be told before it begins."""


class Unreachable(Exception):
    """The person left no address: they are called by voice."""


class GroupFull(Exception):
    """No seat is left, or the group does not meet any more."""


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
    """Book for a person at any time; raises SlotTaken when either side is busy, also under concurrency."""
    _hold_person(candidate)
    hold_operators([operator_id])
    return _book(
        candidate=candidate,
        desk=desk,
        operator_id=operator_id,
        starts_at=starts_at,
        ends_at=ends_at,
        mode=mode,
        reason=reason,
        by=by,
    )


@audit.service("appointment.book_hour")
def book_hour(
    *, candidate: Candidate, desk: Desk, starts_at: datetime, mode: str, by: Scope, reason: str = ""
) -> Appointment:
    """The person takes a free hour; who follows them receives them if free, else a colleague.

    Raises SlotTaken when nobody is free then, AlreadyBooked when they hold a meeting to come with one operator.
    """
    _hold_person(candidate)
    held = candidate.appointments.filter(
        state=AppointmentState.BOOKED, starts_at__gt=timezone.now(), group__isnull=True
    )
    if held.exists():
        raise AlreadyBooked
    slot = _win(candidate, desk, starts_at, mode)
    return _book(
        candidate=candidate,
        desk=desk,
        operator_id=slot.operator,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        mode=slot.mode,
        reason=reason or _("Incontro con lo sportello"),
        by=by,
    )


@audit.service("appointment.move")
def move_appointment(*, appointment: Appointment, starts_at: datetime, mode: str, by: Scope) -> Appointment:
    """Give a meeting another free hour of its desk: the old one is free only if the new one is won.

    Raises SlotTaken, and NotAllowed once it has begun or is over, or is a group's.
    """
    if appointment.group_id is not None:
        raise NotAllowed
    person = appointment.candidate
    _hold_person(person)
    slot = _win(person, appointment.desk, starts_at, mode)
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if appointment.state != AppointmentState.BOOKED or appointment.starts_at <= timezone.now():
        raise NotAllowed
    appointment.operator_id, appointment.mode = slot.operator, slot.mode  # type: ignore[assignment]
    appointment.starts_at, appointment.ends_at = slot.starts_at, slot.ends_at
    appointment.reminded_at = None
    try:
        with transaction.atomic():
            appointment.save(update_fields=["operator", "mode", "starts_at", "ends_at", "reminded_at"])
    except IntegrityError as error:
        raise SlotTaken from error
    tell_of_appointment(appointment=appointment, kind=APPOINTMENT_MOVED, by=by)
    return appointment


@audit.service("appointment.convoke")
def convoke(*, invitation: BookingInvitation, starts_at: datetime, mode: str, by: Scope) -> Appointment:
    """Fix a free hour for who was invited and reminded, and did not book. Raises SlotTaken, NotAllowed, Unreachable."""
    person = invitation.candidate
    _hold_person(person)
    slot = _win(person, invitation.desk, starts_at, mode)
    invitation = BookingInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.state != InvitationState.REMINDED:
        raise NotAllowed
    appointment = _write(
        candidate=person,
        desk=invitation.desk,
        operator_id=slot.operator,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        mode=slot.mode,
        reason=_("Convocazione"),
    )
    invitation.state = InvitationState.CONVENED
    invitation.appointment = appointment
    invitation.closed_at = timezone.now()
    invitation.save(update_fields=["state", "appointment", "closed_at"])
    if tell_of_appointment(appointment=appointment, kind=CONVOCATION, by=by) is None:
        raise Unreachable
    return appointment


@audit.service("appointment.join_group")
def join_group(*, candidate: Candidate, group: GroupMeeting, by: Scope) -> Appointment:
    """Take a seat; the database counts them. Raises GroupFull, and SlotTaken when the person is elsewhere or already in."""
    _hold_person(candidate)
    group = GroupMeeting.objects.select_for_update(of=("self",)).get(pk=group.pk)
    open_still = group.state == GroupMeetingState.PLANNED and group.starts_at > timezone.now()
    if not open_still or group.taken >= group.seats:
        raise GroupFull
    appointment = _write(
        candidate=candidate,
        desk_id=group.desk_id,
        operator_id=group.operator_id,
        group=group,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        mode=group.mode,
        reason=group.title,
    )
    GroupMeeting.objects.filter(pk=group.pk).update(taken=F("taken") + 1)
    _answer_invitation(appointment)
    tell_of_appointment(appointment=appointment, kind=APPOINTMENT_BOOKED, by=by)
    return appointment


@audit.service("appointment.close")
def set_appointment_state(*, appointment: Appointment, state: AppointmentState, by: Scope) -> Appointment:
    """Record how it went, or revoke it and tell the person. Raises NotAllowed, TooEarly."""
    appointment = _locked(appointment)
    if state in THE_PERSONS or state not in APPOINTMENT_TRANSITIONS[AppointmentState(appointment.state)]:
        raise NotAllowed
    if state in AFTERWARDS and appointment.starts_at > timezone.now():
        raise TooEarly
    appointment.state = state
    appointment.save(update_fields=["state"])
    if state == AppointmentState.REVOKED:
        _give_seat_back(appointment)
        if appointment.starts_at > timezone.now():
            tell_of_appointment(appointment=appointment, kind=APPOINTMENT_REVOKED, by=by)
    return appointment


@audit.service("appointment.cancel")
def cancel_appointment(*, appointment: Appointment, by: Scope, note: str = "") -> Appointment:
    """The person cannot come: the time is free again, for both. Raises NotAllowed once it has begun or is over.

    If they had booked it on an invitation, that question is asked anew from today.
    """
    appointment = _locked(appointment)
    lawful = APPOINTMENT_TRANSITIONS[AppointmentState(appointment.state)]
    if AppointmentState.CANCELED not in lawful or appointment.starts_at <= timezone.now():
        raise NotAllowed
    appointment.state = AppointmentState.CANCELED
    appointment.cancel_note = note
    appointment.save(update_fields=["state", "cancel_note"])
    _give_seat_back(appointment)
    _ask_anew(appointment)
    return appointment


def hold_operators(pks: Iterable[UUID]) -> None:
    """Whoever changes an operator's agenda waits here for who changes it now."""
    list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=set(pks)).order_by("pk"))


def _hold_person(candidate: Candidate) -> None:
    Candidate.objects.select_for_update(of=("self",), no_key=True).get(pk=candidate.pk)


def _win(candidate: Candidate, desk: Desk, starts_at: datetime, mode: str) -> Slot:
    """The slot of that moment, of an operator now held: who follows the person, else the first. Raises SlotTaken."""
    day = timezone.localdate(starts_at)
    offering = receiving([desk.pk], first_day=day, last_day=day).order_by("operator")
    hold_operators(offering.values_list("operator_id", flat=True))
    # Read only now: whoever was quicker has written.
    found = [
        slot
        for slots in free_slots(bookable_desks([desk.pk]), first_day=day, last_day=day).values()
        for slot in slots
        if slot.starts_at == starts_at and slot.mode == mode
    ]
    if not found:
        raise SlotTaken
    follows = (
        Case.objects.filter(candidate=candidate, state=CaseState.OPEN)
        .values_list("responsible_operator_id", flat=True)
        .first()
    )
    return next((slot for slot in found if slot.operator == follows), found[0])


def _book(
    *, candidate: Candidate, operator_id: Any, starts_at: datetime, ends_at: datetime, by: Scope, **fields: Any
) -> Appointment:
    """Write, answer the invitation, tell the person; the operator is held, so that no group slips in."""
    groups = GroupMeeting.objects.filter(
        operator=operator_id, state=GroupMeetingState.PLANNED, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if groups.exists():
        raise SlotTaken
    appointment = _write(candidate=candidate, operator_id=operator_id, starts_at=starts_at, ends_at=ends_at, **fields)
    _answer_invitation(appointment)
    tell_of_appointment(appointment=appointment, kind=APPOINTMENT_BOOKED, by=by)
    return appointment


def _write(*, candidate: Candidate, **fields: Any) -> Appointment:
    try:
        with transaction.atomic():
            return Appointment.objects.create(candidate=candidate, residence_id=candidate.residence_id, **fields)
    except IntegrityError as error:
        raise SlotTaken from error


def _locked(appointment: Appointment) -> Appointment:
    """The appointment as it is now; its group is held first, as by who takes a seat."""
    if appointment.group_id:
        GroupMeeting.objects.select_for_update(of=("self",)).get(pk=appointment.group_id)
    return Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)


def _give_seat_back(appointment: Appointment) -> None:
    if appointment.group_id:
        GroupMeeting.objects.filter(pk=appointment.group_id).update(taken=F("taken") - 1)


def _answer_invitation(appointment: Appointment) -> None:
    """What the desk had asked is done; a reminder that is leaving now is waited for, one that has not left does not leave."""
    asked = (
        BookingInvitation.objects.select_for_update(of=("self",))
        .filter(candidate=appointment.candidate_id, state__in=OPEN_INVITATION)
        .first()
    )
    if asked:
        asked.state = InvitationState.BOOKED
        asked.appointment = appointment
        asked.closed_at = timezone.now()
        asked.save(update_fields=["state", "appointment", "closed_at"])


def _ask_anew(appointment: Appointment) -> None:
    answered = (
        BookingInvitation.objects.select_for_update(of=("self",))
        .filter(appointment=appointment, state=InvitationState.BOOKED)
        .first()
    )
    others = BookingInvitation.objects.filter(candidate=appointment.candidate_id, state__in=OPEN_INVITATION)
    if answered and not others.exists():
        answered.state = InvitationState.OPEN
        answered.appointment = answered.reminded_at = answered.closed_at = None
        answered.invited_at = timezone.now()
        answered.save(update_fields=["state", "appointment", "reminded_at", "closed_at", "invited_at"])
