"""Asking people to book: the invitation, one reminder, a convocation where so agreed; and the reminder of a meeting.

A reminder leaves only while it is true: the row it speaks of is held in the transaction that sends, and whoever books
waits for that row. What is due is found by the clock and done one by one, each by a job of its own.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.models import Appointment, BookingInvitation, Candidate, ContactPreference
from candidates.queries.slots import bookable_desks, booking_days, free_slots
from candidates.services.appointment import NotAllowed, SlotTaken, Unreachable, convoke
from candidates.services.messages import tell, tell_of_appointment
from candidates.states import INVITATION_TRANSITIONS, OPEN_INVITATION, AppointmentState, InvitationState
from sportello.accounts.scope import Scope
from sportello.core import audit, jobs
from sportello.core.models import Message
from sportello.core.notify import MessageKind, register
from sportello.reference.rules import parameter, parameters
from sportello.territory.models import Desk

REMIND = "candidates.tasks.remind_invited"
CONVOKE = "candidates.tasks.convoke_invited"
REMIND_OF_MEETING = "candidates.tasks.remind_of_meeting"


def _still_asks(message: Message) -> bool:
    """Held until the message has left: a booking that comes now comes after it."""
    asked = BookingInvitation.objects.select_for_update(of=("self",)).filter(state__in=OPEN_INVITATION)
    return asked.filter(pk=_row(message)).first() is not None and not _paused(message)


def _still_meets(message: Message) -> bool:
    """The meeting is still to come, at the hour that the message names."""
    meeting = (
        Appointment.objects.select_for_update(of=("self",))
        .filter(pk=_row(message), state=AppointmentState.BOOKED, starts_at__gt=timezone.now())
        .first()
    )
    return meeting is not None and message.dedupe_key == _day_before_key(meeting) and not _paused(message)


def _row(message: Message) -> UUID:
    """Raises ValueError for a message that names none: whether it is still true cannot be known."""
    if message.about_id is None:
        raise ValueError(f"a message of kind {message.kind} names no row")
    return message.about_id


def _paused(message: Message) -> bool:
    return ContactPreference.objects.filter(candidate=message.subject_id, reminders_paused=True).exists()


def _day_before_key(meeting: Appointment) -> str:
    return f"day-before-{meeting.pk}-{meeting.starts_at.timestamp():.0f}"


INVITATION = register(
    MessageKind(
        "booking_invitation",
        "candidates/messages/invitation_subject.txt",
        "candidates/messages/invitation_body.txt",
        purpose=_("Chiedere alla persona di prenotare un incontro"),
        sms_template="candidates/messages/invitation_sms.txt",
    )
)
REMINDER = register(
    MessageKind(
        "booking_reminder",
        "candidates/messages/reminder_subject.txt",
        "candidates/messages/reminder_body.txt",
        purpose=_("Ricordare alla persona di prenotare l'incontro"),
        sms_template="candidates/messages/invitation_sms.txt",
        can_be_paused=True,
        is_wanted=_still_asks,
    )
)
DAY_BEFORE = register(
    MessageKind(
        "appointment_reminder",
        "candidates/messages/day_before_subject.txt",
        "candidates/messages/booked_body.txt",
        purpose=_("Ricordare alla persona l'appuntamento che si avvicina"),
        sms_template="candidates/messages/booked_sms.txt",
        can_be_paused=True,
        is_wanted=_still_meets,
    )
)


class AlreadyInvited(Exception):
    """The person has an open invitation, or a meeting to come."""


@audit.service("invitation.send")
def invite_to_book(*, candidate: Candidate, desk: Desk, by: Scope, convokes: bool = False) -> BookingInvitation:
    """Ask the person to choose the hour of a meeting. Raises AlreadyInvited, Unreachable."""
    Candidate.objects.select_for_update(of=("self",), no_key=True).get(pk=candidate.pk)
    if candidate.appointments.filter(state=AppointmentState.BOOKED, starts_at__gt=timezone.now()).exists():
        raise AlreadyInvited
    try:
        with transaction.atomic():
            invitation = BookingInvitation.objects.create(
                candidate=candidate, desk=desk, invited_by_id=by.user_id, convokes=convokes
            )
    except IntegrityError as error:
        raise AlreadyInvited from error
    if _tell(invitation, INVITATION, by=by) is None:
        raise Unreachable
    return invitation


@audit.service("invitation.withdraw")
def withdraw_invitation(*, invitation: BookingInvitation, by: Scope) -> BookingInvitation:
    """Ask no more, as after a telephone call. Raises NotAllowed for one that is closed."""
    invitation = BookingInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if InvitationState.WITHDRAWN not in INVITATION_TRANSITIONS[InvitationState(invitation.state)]:
        raise NotAllowed
    invitation.state = InvitationState.WITHDRAWN
    invitation.closed_at = timezone.now()
    invitation.save(update_fields=["state", "closed_at"])
    return invitation


def request_reminders() -> None:
    """Ask for a job for each reminder and convocation that is due. Run twice it asks no second time."""
    today, now = timezone.localdate(), timezone.now()
    rules = parameters("invitation_reminder_days", "invitation_convocation_days", "appointment_reminder_days", on=today)
    days = {key: timedelta(days=int(rule.value)) for key, rule in rules.items()}
    awake = ~Q(candidate__contact_preference__reminders_paused=True)
    invited = BookingInvitation.objects.filter(
        awake, state=InvitationState.OPEN, invited_at__lte=now - days["invitation_reminder_days"]
    )
    silent = BookingInvitation.objects.filter(
        awake,
        state=InvitationState.REMINDED,
        convokes=True,
        reminded_at__lte=now - days["invitation_convocation_days"],
    )
    near = Appointment.objects.filter(
        awake,
        state=AppointmentState.BOOKED,
        reminded_at=None,
        starts_at__gt=now,
        starts_at__lte=now + days["appointment_reminder_days"],
    )
    for pk in _keys(invited):
        jobs.enqueue(REMIND, pk, key=pk)
    for pk in _keys(silent):
        jobs.enqueue(CONVOKE, pk, key=pk)
    for pk in _keys(near):
        jobs.enqueue(REMIND_OF_MEETING, pk, key=pk)


def _keys(rows: QuerySet[Any]) -> list[str]:
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]


@audit.service("invitation.remind")
def remind_invited(*, invitation_id: UUID, by: Scope) -> None:
    """Once, and only who has not answered; whom no message reaches any more is not asked any further."""
    invitation = BookingInvitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
    if invitation.state != InvitationState.OPEN:
        return
    invitation.state = InvitationState.REMINDED
    invitation.reminded_at = timezone.now()
    invitation.save(update_fields=["state", "reminded_at"])
    if _tell(invitation, REMINDER, by=by) is None:
        withdraw_invitation(invitation=invitation, by=by)


@audit.service("invitation.convoke")
def convoke_invited(*, invitation_id: UUID, by: Scope) -> Appointment | None:
    """Fix the first free hour that leaves the person the days of the rule; None where they have answered, or none is free."""
    invitation = BookingInvitation.objects.select_related("candidate", "desk").get(pk=invitation_id)
    today = timezone.localdate()
    first_day = today + timedelta(days=int(parameter("convocation_notice_days", on=today).value))
    free = free_slots(bookable_desks([invitation.desk_id]), first_day=first_day, last_day=booking_days()[1])
    for slot in free.get(invitation.desk_id, []):
        try:
            return convoke(invitation=invitation, starts_at=slot.starts_at, mode=slot.mode, by=by)
        except SlotTaken:
            continue
        except NotAllowed:
            return None
        except Unreachable:
            withdraw_invitation(invitation=invitation, by=by)
            return None
    return None


@audit.service("appointment.remind")
def remind_of_meeting(*, appointment_id: UUID, by: Scope) -> None:
    """Once for each hour at which the meeting is set; who booked it within the days of the rule knows it already."""
    meeting = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment_id)
    if meeting.state != AppointmentState.BOOKED or meeting.reminded_at:
        return
    meeting.reminded_at = timezone.now()
    meeting.save(update_fields=["reminded_at"])
    ahead = timedelta(days=int(parameter("appointment_reminder_days", on=timezone.localdate()).value))
    if meeting.created_at < meeting.starts_at - ahead:
        tell_of_appointment(appointment=meeting, kind=DAY_BEFORE, once=_day_before_key(meeting), by=by)


def _tell(invitation: BookingInvitation, kind: MessageKind, *, by: Scope) -> Message | None:
    person = invitation.candidate
    return tell(
        person,
        kind,
        context={
            "invitation": invitation,
            "desk": invitation.desk,
            "url": settings.SITE_URL + reverse("my_hours") if person.user_id else "",
        },
        about_id=invitation.pk,
        dedupe_key=f"{kind.key}-{invitation.pk}-{invitation.invited_at.timestamp():.0f}",
        by=by,
    )
