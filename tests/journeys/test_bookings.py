"""Two hundred people want the same hour, and then the last seat: one wins, the others are offered something else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, BoundedSemaphore
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from candidates.models import Appointment, Candidate, GroupMeeting
from candidates.queries.slots import booking_page
from candidates.services import appointment as service
from candidates.services import reception
from candidates.services.invitation import invite_to_book, remind_invited
from sportello.accounts.scope import Scope
from sportello.core.models import Message, MessageState
from sportello.core.notify import send_message
from tests.support.agenda import at, make_group, make_rules, receiving_desk
from tests.support.personas import make_candidate, make_user, signed_in
from tests.support.races import while_it_waits

pytestmark = pytest.mark.django_db(transaction=True)

BY = Scope.of_process("tests")
PEOPLE = 200
# A server of the tests grants a hundred connections, and other runs want theirs.
CONNECTIONS = BoundedSemaphore(40)


def all_at_once(people: list[Candidate], act: Callable[[Candidate], object]) -> list[str]:
    """What each person got, all of them let go in the same moment; refusals by their names."""
    barrier = Barrier(len(people))

    def one(person: Candidate) -> str:
        barrier.wait()
        with CONNECTIONS:
            try:
                act(person)
            except (service.SlotTaken, service.GroupFull) as refusal:
                return type(refusal).__name__
            finally:
                connection.close()
        return "won"

    with ThreadPoolExecutor(len(people)) as threads:
        return sorted(threads.map(one, people))


def test_one_hour_has_one_winner_and_the_others_see_other_hours() -> None:
    make_rules()
    desk, _operator = receiving_desk()
    people = [make_candidate(desk, user=make_user() if n < 2 else None) for n in range(PEOPLE)]
    page = booking_page(people[0])
    assert page is not None
    wanted = page.days[0].hours[0]
    results = all_at_once(
        people,
        lambda person: service.book_hour(
            candidate=person, desk=desk, starts_at=wanted.starts_at, mode=wanted.mode, by=BY
        ),
    )
    assert results == ["SlotTaken"] * (PEOPLE - 1) + ["won"]
    winner = Appointment.objects.get().candidate
    loser = next(person for person in people[:2] if person != winner)
    assert loser.user is not None
    answer = signed_in(loser.user).post(reverse("my_hour", kwargs={"hour": wanted.key}), {"topic": ""})
    assert answer.status_code == 409
    page_text = answer.content.decode()
    assert "l'ha appena presa un'altra persona" in page_text.replace("&#x27;", "'")
    offered = booking_page(loser)
    assert offered is not None
    assert wanted.key not in [hour.key for hour in offered.days[0].hours]
    assert [reverse("my_hour", kwargs={"hour": hour.key}) in page_text for hour in offered.days[0].hours] == [True]


def test_the_last_seat_has_one_winner() -> None:
    desk, operator = receiving_desk()
    group = make_group(desk, operator, seats=1)
    people = [make_candidate(desk) for _ in range(PEOPLE)]
    results = all_at_once(people, lambda person: service.join_group(candidate=person, group=group, by=BY))
    assert results == ["GroupFull"] * (PEOPLE - 1) + ["won"]
    assert (GroupMeeting.objects.get().taken, Appointment.objects.count()) == (1, 1)


def test_the_old_hour_is_free_only_if_the_new_one_is_won() -> None:
    make_rules()
    desk, _operator = receiving_desk()
    mine, theirs = make_candidate(desk), make_candidate(desk)
    page = booking_page(mine)
    assert page is not None
    old, new = page.days[0].hours[:2]
    booked = service.book_hour(candidate=mine, desk=desk, starts_at=old.starts_at, mode=old.mode, by=BY)
    refused: list[str] = []

    def move() -> None:
        try:
            service.move_appointment(appointment=booked, starts_at=new.starts_at, mode=new.mode, by=BY)
        except service.SlotTaken:
            refused.append("taken")

    while_it_waits(
        lambda: service.book_hour(candidate=theirs, desk=desk, starts_at=new.starts_at, mode=new.mode, by=BY), move
    )
    assert refused == ["taken"]
    assert {a.candidate: a.starts_at for a in Appointment.objects.all()} == {mine: old.starts_at, theirs: new.starts_at}


def test_a_group_and_a_meeting_wanted_in_the_same_moment_are_one() -> None:
    desk, operator = receiving_desk()
    starts_at = at(timezone.localdate() + timedelta(days=3), 14)
    times: dict[str, Any] = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "by": BY}
    person = make_candidate(desk)
    refused: list[str] = []

    def book() -> None:
        try:
            service.book_appointment(
                candidate=person,
                desk=desk,
                operator_id=operator.pk,
                mode="phone",
                reason="Incontro",
                **times,
            )
        except service.SlotTaken:
            refused.append("taken")

    while_it_waits(
        lambda: reception.plan_group(
            desk=desk, operator_id=operator.pk, title="Gruppo", mode="in_person", seats=3, **times
        ),
        book,
    )
    assert (refused, Appointment.objects.count(), GroupMeeting.objects.count()) == (["taken"], 0, 1)


def test_no_reminder_leaves_after_the_booking_it_asks_for() -> None:
    make_rules()
    desk, _operator = receiving_desk()
    person = make_candidate(desk)
    page = booking_page(person)
    assert page is not None
    hour = page.days[0].hours[0]
    invitation = invite_to_book(candidate=person, desk=desk, by=BY)
    remind_invited(invitation_id=invitation.pk, by=BY)
    reminder = Message.objects.get(kind="booking_reminder")
    while_it_waits(
        lambda: service.book_hour(candidate=person, desk=desk, starts_at=hour.starts_at, mode=hour.mode, by=BY),
        lambda: send_message(reminder.pk),
    )
    reminder.refresh_from_db()
    assert (reminder.state, mail.outbox) == (MessageState.DROPPED, [])


def test_a_booking_waits_for_the_reminder_that_is_leaving() -> None:
    make_rules()
    desk, _operator = receiving_desk()
    person = make_candidate(desk)
    page = booking_page(person)
    assert page is not None
    hour = page.days[0].hours[0]
    invitation = invite_to_book(candidate=person, desk=desk, by=BY)
    remind_invited(invitation_id=invitation.pk, by=BY)
    reminder = Message.objects.get(kind="booking_reminder")
    while_it_waits(
        lambda: send_message(reminder.pk),
        lambda: service.book_hour(candidate=person, desk=desk, starts_at=hour.starts_at, mode=hour.mode, by=BY),
    )
    reminder.refresh_from_db()
    invitation.refresh_from_db()
    assert (reminder.state, invitation.appointment) == (MessageState.SENT, Appointment.objects.get())
    assert reminder.sent_at is not None
    assert invitation.closed_at is not None
    assert reminder.sent_at < invitation.closed_at
