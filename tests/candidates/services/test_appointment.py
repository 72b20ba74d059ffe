"""Nobody meets two people at once, also when many book in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from candidates.models import Appointment, BookingInvitation, Candidate, GroupMeeting
from candidates.queries.slots import Hour, booking_page
from candidates.services import appointment as service
from candidates.states import APPOINTMENT_TRANSITIONS, AppointmentState, InvitationState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from sportello.territory.models import Desk
from tests.support.agenda import make_group, make_reception, make_rules, receiving_desk
from tests.support.personas import make_candidate, make_case, make_operator
from tests.support.territory import make_desk

BY = Scope.of_process("tests")
NOW = timezone.now().replace(microsecond=0)


def book(candidate: Candidate, desk: Desk, operator: User, *, minute: int = 0, length: int = 30) -> Appointment:
    starts = NOW + timedelta(days=1, minutes=minute)
    return service.book_appointment(
        candidate=candidate,
        desk=desk,
        operator_id=operator.pk,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=length),
        mode="in_person",
        reason="Primo incontro",
        by=BY,
    )


@pytest.mark.django_db
def test_adjacent_meetings_fit_overlapping_ones_do_not() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    book(make_candidate(desk), desk, operator)
    book(make_candidate(desk), desk, operator, minute=30)
    with pytest.raises(service.SlotTaken):
        book(make_candidate(desk), desk, operator, minute=29)


@pytest.mark.django_db
def test_person_cannot_be_in_two_places() -> None:
    desk = make_desk()
    candidate = make_candidate(desk)
    book(candidate, desk, make_operator(desk))
    with pytest.raises(service.SlotTaken):
        book(candidate, desk, make_operator(desk), minute=10)


@pytest.mark.django_db
def test_revoked_meeting_frees_the_time() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    first = book(make_candidate(desk), desk, operator)
    service.set_appointment_state(appointment=first, state=AppointmentState.REVOKED, by=BY)
    assert book(make_candidate(desk), desk, operator).state == AppointmentState.BOOKED


@pytest.mark.django_db(transaction=True)
def test_twenty_bookings_of_one_time_have_one_winner() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    candidates = [make_candidate(desk) for _ in range(20)]
    barrier = Barrier(20)

    def try_to_book(candidate: Candidate) -> str:
        barrier.wait()
        try:
            book(candidate, desk, operator)
        except service.SlotTaken:
            return "taken"
        finally:
            connection.close()
        return "booked"

    with ThreadPoolExecutor(20) as threads:
        results = list(threads.map(try_to_book, candidates))
    assert sorted(results) == ["booked"] + ["taken"] * 19


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(AppointmentState))
@pytest.mark.parametrize("to", list(AppointmentState))
def test_only_lawful_steps(state: AppointmentState, to: AppointmentState) -> None:
    desk = make_desk()
    appointment = book(make_candidate(desk), desk, make_operator(desk))
    Appointment.objects.update(state=state, starts_at=NOW - timedelta(hours=1), ends_at=NOW)
    if to in APPOINTMENT_TRANSITIONS[state] - {AppointmentState.CANCELED}:
        assert service.set_appointment_state(appointment=appointment, state=to, by=BY).state == to
    else:
        with pytest.raises(service.NotAllowed):
            service.set_appointment_state(appointment=appointment, state=to, by=BY)


@pytest.mark.django_db
def test_how_it_went_is_told_only_once_it_has_begun() -> None:
    desk = make_desk()
    appointment = book(make_candidate(desk), desk, make_operator(desk))
    for state in (AppointmentState.SEEN, AppointmentState.NO_SHOW):
        with pytest.raises(service.TooEarly):
            service.set_appointment_state(appointment=appointment, state=state, by=BY)
    with time_machine.travel(appointment.starts_at):
        service.set_appointment_state(appointment=appointment, state=AppointmentState.NO_SHOW, by=BY)


@pytest.mark.django_db
def test_person_is_told_of_the_booking_and_of_its_end() -> None:
    desk = make_desk(phone="02 1234567")
    person = make_candidate(desk)
    appointment = book(person, desk, make_operator(desk))
    service.set_appointment_state(appointment=appointment, state=AppointmentState.REVOKED, by=BY)
    sent = Message.objects.order_by("created_at")
    assert [(m.kind, m.recipient, m.subject_id) for m in sent] == [
        ("appointment_booked", person.email, person.pk),
        ("appointment_revoked", person.email, person.pk),
    ]
    assert all("02 1234567" in message.body for message in sent)
    book(make_candidate(desk, email=""), desk, make_operator(desk))
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_person_cancels_and_the_time_is_free() -> None:
    desk = make_desk()
    operator, person = make_operator(desk), make_candidate(desk)
    first = book(person, desk, operator)
    cancelled = service.cancel_appointment(appointment=first, note="Ho la febbre", by=BY)
    assert (cancelled.state, cancelled.cancel_note) == (AppointmentState.CANCELED, "Ho la febbre")
    book(make_candidate(desk), desk, operator)
    with pytest.raises(service.NotAllowed):
        service.cancel_appointment(appointment=first, by=BY)


@pytest.mark.django_db
def test_meeting_that_has_begun_is_not_cancelled() -> None:
    desk = make_desk()
    appointment = book(make_candidate(desk), desk, make_operator(desk))
    Appointment.objects.filter(pk=appointment.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(service.NotAllowed):
        service.cancel_appointment(appointment=appointment, by=BY)


@pytest.mark.django_db
def test_desk_does_not_cancel_in_the_persons_name() -> None:
    desk = make_desk()
    appointment = book(make_candidate(desk), desk, make_operator(desk))
    with pytest.raises(service.NotAllowed):
        service.set_appointment_state(appointment=appointment, state=AppointmentState.CANCELED, by=BY)


@pytest.mark.django_db
def test_a_free_hour_is_given_to_who_follows_the_person_else_to_a_colleague() -> None:
    make_rules()
    desk, first = receiving_desk()
    second = make_operator(desk)
    make_reception(second, desk)
    follows = max(first, second, key=lambda operator: str(operator.pk))
    person = make_case(desk, operator=follows).candidate
    hour = _hours(person)[0]
    booked = service.book_hour(candidate=person, desk=desk, starts_at=hour.starts_at, mode=hour.mode, by=BY)
    assert (booked.operator, booked.reason, booked.ends_at) == (follows, "Incontro con lo sportello", hour.ends_at)
    others = [make_case(desk, operator=follows).candidate for _ in range(2)]
    colleague = service.book_hour(candidate=others[0], desk=desk, starts_at=hour.starts_at, mode=hour.mode, by=BY)
    assert colleague.operator != follows
    with pytest.raises(service.SlotTaken):
        service.book_hour(candidate=others[1], desk=desk, starts_at=hour.starts_at, mode=hour.mode, by=BY)


@pytest.mark.django_db
def test_one_hour_a_person_and_only_of_those_offered() -> None:
    make_rules()
    desk, _operator = receiving_desk()
    person = make_candidate(desk)
    hours = _hours(person)
    for wrong in (hours[0].starts_at + timedelta(minutes=10), timezone.now() - timedelta(days=1)):
        with pytest.raises(service.SlotTaken):
            service.book_hour(candidate=person, desk=desk, starts_at=wrong, mode=hours[0].mode, by=BY)
    with pytest.raises(service.SlotTaken):
        service.book_hour(candidate=person, desk=desk, starts_at=hours[0].starts_at, mode="video", by=BY)
    service.book_hour(candidate=person, desk=desk, starts_at=hours[0].starts_at, mode=hours[0].mode, by=BY)
    with pytest.raises(service.AlreadyBooked):
        service.book_hour(candidate=person, desk=desk, starts_at=hours[1].starts_at, mode=hours[1].mode, by=BY)


@pytest.mark.django_db
def test_a_meeting_moves_and_the_person_is_told() -> None:
    make_rules()
    desk, _operator = receiving_desk()
    person = make_candidate(desk)
    old, new = _hours(person)[:2]
    booked = service.book_hour(candidate=person, desk=desk, starts_at=old.starts_at, mode=old.mode, by=BY)
    moved = service.move_appointment(appointment=booked, starts_at=new.starts_at, mode=new.mode, by=BY)
    assert (moved.pk, moved.starts_at, moved.ends_at) == (booked.pk, new.starts_at, new.ends_at)
    assert [m.kind for m in Message.objects.order_by("created_at")] == ["appointment_booked", "appointment_moved"]
    assert _hours(person)[0] == old
    Appointment.objects.update(state=AppointmentState.CANCELED)
    with pytest.raises(service.NotAllowed):
        service.move_appointment(appointment=booked, starts_at=old.starts_at, mode=old.mode, by=BY)


@pytest.mark.django_db
def test_a_seat_is_taken_once_and_given_back() -> None:
    desk, operator = receiving_desk()
    group = make_group(desk, operator, seats=1)
    person, other = make_candidate(desk), make_candidate(desk)
    seat = service.join_group(candidate=person, group=group, by=BY)
    assert (seat.reason, seat.operator, seat.mode) == ("Scrivere il curriculum", operator, "in_person")
    with pytest.raises(service.GroupFull):
        service.join_group(candidate=other, group=group, by=BY)
    GroupMeeting.objects.update(seats=2)
    with pytest.raises(service.SlotTaken):
        service.join_group(candidate=person, group=group, by=BY)
    service.cancel_appointment(appointment=seat, by=BY)
    group.refresh_from_db()
    assert group.taken == 0
    seat = service.join_group(candidate=other, group=group, by=BY)
    service.set_appointment_state(appointment=seat, state=AppointmentState.REVOKED, by=BY)
    group.refresh_from_db()
    assert group.taken == 0
    with pytest.raises(service.NotAllowed):
        service.move_appointment(
            appointment=service.join_group(candidate=other, group=group, by=BY),
            starts_at=group.starts_at,
            mode="in_person",
            by=BY,
        )


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["open", "reminded"])
def test_booking_answers_the_invitation_and_cancelling_asks_anew(state: str) -> None:
    make_rules()
    desk, _operator = receiving_desk()
    person = make_candidate(desk)
    before = timezone.now() - timedelta(days=9)
    asked = BookingInvitation.objects.create(
        candidate=person,
        desk=desk,
        state=state,
        invited_at=before,
        reminded_at=before if state == "reminded" else None,
    )
    hour = _hours(person)[0]
    booked = service.book_hour(candidate=person, desk=desk, starts_at=hour.starts_at, mode=hour.mode, by=BY)
    asked.refresh_from_db()
    assert (asked.state, asked.appointment) == (InvitationState.BOOKED, booked)
    service.cancel_appointment(appointment=booked, by=BY)
    asked.refresh_from_db()
    assert (asked.state, asked.appointment, asked.reminded_at) == (InvitationState.OPEN, None, None)
    assert asked.invited_at > before + timedelta(days=8)


def _hours(person: Candidate) -> list[Hour]:
    page = booking_page(person, moves=True)
    assert page is not None
    return [hour for day in page.days for hour in day.hours]
