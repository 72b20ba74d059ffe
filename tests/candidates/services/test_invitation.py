"""Invitation, reminder, convocation: in this order, each once, and none that is no longer true."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from candidates.models import Appointment, BookingInvitation, Candidate, ContactPreference
from candidates.queries.slots import booking_page
from candidates.services import appointment as appointments
from candidates.services import invitation as service
from candidates.states import AppointmentState, InvitationState
from sportello.accounts.scope import Scope
from sportello.core import notify
from sportello.core.models import Job, Message, MessageState
from sportello.territory.models import Desk
from tests.support.agenda import at, make_rules, receiving_desk
from tests.support.personas import make_candidate, make_user

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
TODAY = timezone.localdate()
NOON = at(TODAY, 12)


@pytest.fixture
def desk() -> Desk:
    make_rules()
    return receiving_desk(ends="17:00")[0]


def invite(desk: Desk, *, convokes: bool = False, **fields: Any) -> BookingInvitation:
    return service.invite_to_book(candidate=make_candidate(desk, **fields), desk=desk, convokes=convokes, by=BY)


def due(moment: datetime) -> list[str]:
    """Which jobs are asked for at a moment."""
    with time_machine.travel(moment, tick=False):
        service.request_reminders()
    return sorted(Job.objects.exclude(path=notify.SEND).values_list("path", flat=True))


def book(person: Candidate, desk: Desk) -> Appointment:
    page = booking_page(person)
    assert page is not None
    hour = page.days[0].hours[0]
    return appointments.book_hour(candidate=person, desk=desk, starts_at=hour.starts_at, mode=hour.mode, by=BY)


def kinds() -> list[str]:
    return list(Message.objects.order_by("created_at", "pk").values_list("kind", flat=True))


def test_a_person_is_invited_once_and_told_where_to_book(desk: Desk) -> None:
    invitation = invite(desk, user=make_user())
    message = Message.objects.get()
    assert (message.kind, message.about_id) == ("booking_invitation", invitation.pk)
    assert "/mia-pagina/prenota/" in message.body
    with pytest.raises(service.AlreadyInvited):
        service.invite_to_book(candidate=invitation.candidate, desk=desk, by=BY)
    booked = make_candidate(desk)
    book(booked, desk)
    with pytest.raises(service.AlreadyInvited):
        service.invite_to_book(candidate=booked, desk=desk, by=BY)


def test_whom_no_message_reaches_is_not_invited(desk: Desk) -> None:
    with pytest.raises(appointments.Unreachable):
        invite(desk, email="")
    assert BookingInvitation.objects.count() == 0


def test_a_reminder_is_due_after_the_days_of_the_rule_and_once(desk: Desk) -> None:
    with time_machine.travel(NOON, tick=False):
        invitation = invite(desk)
    assert due(NOON + timedelta(days=3, minutes=-1)) == []
    assert due(NOON + timedelta(days=3)) == due(NOON + timedelta(days=4)) == ["candidates.tasks.remind_invited"]
    with time_machine.travel(NOON + timedelta(days=4), tick=False):
        for _ in range(2):
            service.remind_invited(invitation_id=invitation.pk, by=BY)
    invitation.refresh_from_db()
    assert (invitation.state, kinds()) == (InvitationState.REMINDED, ["booking_invitation", "booking_reminder"])


def test_who_booked_and_cancelled_is_reminded_from_then(desk: Desk) -> None:
    with time_machine.travel(NOON - timedelta(days=9), tick=False):
        invitation = invite(desk)
    with time_machine.travel(NOON, tick=False):
        appointments.cancel_appointment(appointment=book(invitation.candidate, desk), by=BY)
    assert due(NOON + timedelta(days=2)) == []
    assert due(NOON + timedelta(days=3)) == ["candidates.tasks.remind_invited"]


def test_who_paused_reminders_gets_none_and_is_not_convoked(desk: Desk) -> None:
    with time_machine.travel(NOON, tick=False):
        invitation = invite(desk, convokes=True)
    ContactPreference.objects.create(candidate=invitation.candidate, reminders_paused=True)
    assert due(NOON + timedelta(days=90)) == []


@pytest.mark.parametrize(
    ("answer", "state"), [("booked", MessageState.DROPPED), ("paused", MessageState.DROPPED), ("", MessageState.SENT)]
)
def test_a_reminder_leaves_only_while_it_is_true(desk: Desk, answer: str, state: MessageState) -> None:
    invitation = invite(desk)
    service.remind_invited(invitation_id=invitation.pk, by=BY)
    if answer == "booked":
        book(invitation.candidate, desk)
    if answer == "paused":
        ContactPreference.objects.create(candidate=invitation.candidate, reminders_paused=True)
    reminder = Message.objects.get(kind="booking_reminder")
    notify.send_message(reminder.pk)
    reminder.refresh_from_db()
    assert (reminder.state, len(mail.outbox)) == (state, state == MessageState.SENT)


def test_reminders_wait_for_the_morning(desk: Desk) -> None:
    with time_machine.travel(NOON, tick=False):
        invitation = invite(desk)
    with time_machine.travel(at(TODAY, 22), tick=False):
        service.remind_invited(invitation_id=invitation.pk, by=BY)
    waits = Job.objects.filter(path=notify.SEND).order_by("requested_at").last()
    assert waits is not None
    assert waits.not_before == at(TODAY + timedelta(days=1), 8)


def test_a_convocation_fixes_the_first_hour_that_leaves_the_days_of_the_rule(desk: Desk) -> None:
    with time_machine.travel(NOON, tick=False):
        invitation, other = invite(desk, convokes=True), invite(desk)
        for each in (invitation, other):
            service.remind_invited(invitation_id=each.pk, by=BY)
    assert due(NOON + timedelta(days=6)) == []
    assert due(NOON + timedelta(days=7)) == ["candidates.tasks.convoke_invited"]
    fixed = service.convoke_invited(invitation_id=invitation.pk, by=BY)
    assert fixed is not None
    invitation.refresh_from_db()
    assert (invitation.state, invitation.appointment) == (InvitationState.CONVENED, fixed)
    assert timezone.localdate(fixed.starts_at) >= TODAY + timedelta(days=5)
    assert sorted(kinds()) == ["booking_invitation"] * 2 + ["booking_reminder"] * 2 + ["convocation"]
    assert service.convoke_invited(invitation_id=invitation.pk, by=BY) is None


@pytest.mark.parametrize("state", ["open", "booked", "withdrawn"])
def test_nobody_is_convoked_without_a_reminder_or_after_an_answer(desk: Desk, state: str) -> None:
    invitation = invite(desk, convokes=True)
    if state == "booked":
        service.remind_invited(invitation_id=invitation.pk, by=BY)
        book(invitation.candidate, desk)
    if state == "withdrawn":
        service.withdraw_invitation(invitation=invitation, by=BY)
        with pytest.raises(appointments.NotAllowed):
            service.withdraw_invitation(invitation=invitation, by=BY)
    assert service.convoke_invited(invitation_id=invitation.pk, by=BY) is None
    assert Appointment.objects.count() == (state == "booked")


def test_whom_no_message_reaches_any_more_is_neither_reminded_nor_convoked(desk: Desk) -> None:
    first, second = invite(desk, convokes=True), invite(desk, convokes=True)
    service.remind_invited(invitation_id=second.pk, by=BY)
    Candidate.objects.update(email="")
    service.remind_invited(invitation_id=first.pk, by=BY)
    assert service.convoke_invited(invitation_id=second.pk, by=BY) is None
    assert set(BookingInvitation.objects.values_list("state", flat=True)) == {InvitationState.WITHDRAWN}
    assert Appointment.objects.count() == 0


def test_a_meeting_is_remembered_the_day_before_at_the_hour_that_holds(desk: Desk) -> None:
    person = make_candidate(desk)
    with time_machine.travel(NOON - timedelta(days=5), tick=False):
        page = booking_page(person)
        assert page is not None
        old, new = page.days[3].hours[-1], page.days[4].hours[-1]
        booked = appointments.book_hour(candidate=person, desk=desk, starts_at=old.starts_at, mode=old.mode, by=BY)
    assert due(old.starts_at - timedelta(days=1, minutes=1)) == []
    assert due(old.starts_at - timedelta(days=1)) == ["candidates.tasks.remind_of_meeting"]
    with time_machine.travel(old.starts_at - timedelta(hours=20), tick=False):
        for _ in range(2):
            service.remind_of_meeting(appointment_id=booked.pk, by=BY)
        assert kinds() == ["appointment_booked", "appointment_reminder"]
        appointments.move_appointment(appointment=booked, starts_at=new.starts_at, mode=new.mode, by=BY)
        service.remind_of_meeting(appointment_id=booked.pk, by=BY)
        for message in Message.objects.filter(kind="appointment_reminder").order_by("created_at"):
            notify.send_message(message.pk)
    states = Message.objects.filter(kind="appointment_reminder").order_by("created_at").values_list("state", flat=True)
    assert list(states) == [MessageState.DROPPED, MessageState.SENT]


def test_who_books_for_tomorrow_is_not_reminded_of_what_they_just_did(desk: Desk) -> None:
    booked = book(make_candidate(desk), desk)
    Appointment.objects.update(
        starts_at=timezone.now() + timedelta(hours=20), ends_at=timezone.now() + timedelta(hours=21)
    )
    service.remind_of_meeting(appointment_id=booked.pk, by=BY)
    assert kinds() == ["appointment_booked"]
    Appointment.objects.update(state=AppointmentState.CANCELED, reminded_at=None)
    assert due(timezone.now()) == []


@pytest.mark.parametrize(
    ("fields", "channel", "sent"),
    [
        ({"phone": "+393331234567"}, "email", "email"),
        ({"phone": "+393331234567"}, "sms", "sms"),
        ({"phone": "+393331234567", "email": ""}, "email", "sms"),
        ({}, "sms", "email"),
    ],
)
def test_a_person_is_written_to_as_they_chose_where_that_can_be(
    desk: Desk, fields: dict[str, Any], channel: str, sent: str, settings: Settings
) -> None:
    settings.SMS_DRIVER = "console"
    person = make_candidate(desk, **fields)
    ContactPreference.objects.create(candidate=person, channel=channel)
    service.invite_to_book(candidate=person, desk=desk, by=BY)
    message = Message.objects.get()
    assert (message.channel, message.recipient) == (sent, person.email if sent == "email" else "+393331234567")
    assert sent == "email" or len(message.body) <= 160
