"""What people are written: to whom, how often, with which link."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from candidates.models import Appointment, Intake, RegistrationDraft
from candidates.services import messages
from candidates.services.account import candidate_by_token
from sportello.accounts.scope import Scope
from sportello.accounts.services.address import confirm_address
from sportello.core.models import Message
from tests.support.employers import make_rule
from tests.support.personas import make_candidate, make_operator, make_user
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def token_in(message: Message) -> str:
    """The signed part of the only link that carries one."""
    return next(part for part in message.body.split() if part.startswith("http") and ":" in part[8:]).split("/")[-2]


def test_the_receipt_is_sent_once_and_not_without_an_address() -> None:
    make_rule("first_contact_days", 5)
    desk = make_desk()
    make_candidate(desk, email="")
    person = make_candidate(desk)
    for intake in [*Intake.objects.all(), *Intake.objects.all()]:
        messages.send_receipt(intake=intake, by=BY)
    message = Message.objects.get()
    assert (message.recipient, message.subject_id) == (person.email, person.pk)
    assert person.intakes.get().receipt in message.body


def test_the_receipt_of_a_new_account_proves_its_address() -> None:
    make_rule("first_contact_days", 5)
    user = make_user()
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    person = make_candidate(make_desk(), user=user, email=user.email)
    messages.send_receipt(intake=person.intakes.get(), by=BY)
    assert confirm_address(token=token_in(Message.objects.get()), by=BY) == user


def test_the_resuming_link_goes_to_the_address_of_the_draft() -> None:
    draft = RegistrationDraft.objects.create(email="mia@example.org", expires_at=timezone.now() + timedelta(days=3))
    messages.send_resume_message(draft=draft, token="segreto-del-test", language="it")
    message = Message.objects.get()
    assert message.recipient == "mia@example.org"
    assert "segreto-del-test" in message.body


def test_the_door_is_mailed_once_a_day_and_at_will_without_a_day() -> None:
    person = make_candidate()
    for day in ("2026-05-04", "2026-05-04", "2026-05-05", "", ""):
        messages.send_door(candidate=person, by=BY, day=day)
    found = list(Message.objects.all())
    assert len(found) == 4
    assert {candidate_by_token(token_in(message)) for message in found} == {person}


def test_a_door_belongs_to_a_person_and_an_address() -> None:
    person, other = make_candidate(), make_candidate()
    before = messages.door_key(person)
    assert before != messages.door_key(other)
    person.email = "altra@example.org"
    assert before != messages.door_key(person)


@pytest.mark.parametrize(("email", "count"), [("mia@example.org", 1), ("", 0)])
def test_who_left_no_address_hears_of_a_meeting_by_telephone(email: str, count: int) -> None:
    desk = make_desk(name="Sportello di prova")
    person = make_candidate(desk, email=email)
    now = timezone.now()
    appointment = Appointment.objects.create(
        candidate=person,
        desk=desk,
        residence=person.residence,
        operator=make_operator(desk),
        starts_at=now,
        ends_at=now + timedelta(minutes=30),
        reason="Incontro",
    )
    messages.tell_of_appointment(appointment=appointment, kind=messages.APPOINTMENT_BOOKED, by=BY)
    assert ["Sportello di prova" in message.body for message in Message.objects.all()] == [True] * count
