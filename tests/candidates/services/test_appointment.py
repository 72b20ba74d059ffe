"""Nobody meets two people at once, also when many book in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from candidates.models import Appointment, Candidate
from candidates.services import appointment as service
from candidates.states import APPOINTMENT_TRANSITIONS, AppointmentState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from sportello.territory.models import Desk
from tests.support.personas import make_candidate, make_operator
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
