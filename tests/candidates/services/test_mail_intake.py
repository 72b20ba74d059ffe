"""No letter is lost, none is two, and no answer starts a quarrel of robots."""

import random
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from candidates.models import InboundAttachment, InboundMessage, SubjectCode
from candidates.services.mail_intake import Received, forget_old_mail, receive_mail
from candidates.services.notices import load_notices
from sportello.accounts.scope import Scope
from sportello.core.models import KEPT, Message
from sportello.territory.models import Desk
from tests.support.mail import BOX, PDF, SPECIMENS, TEXT, Specimen, file, letter, make_code, parts
from tests.support.territory import make_desk

BY = Scope.of_process("tests")


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk(email=BOX, name="Segrate")


@pytest.fixture
def code(desk: Desk) -> SubjectCode:
    return make_code(desk=desk)


def receive(raw: bytes) -> Received:
    return receive_mail(raw=raw, by=BY)


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda s: s.name)
def test_every_letter_finds_its_place(specimen: Specimen, code: SubjectCode) -> None:
    message = receive(specimen.raw).message
    rejected = {"letter": "", "bounce": "bounce", "auto_reply": "auto_reply"}[specimen.nature]
    state = "rejected" if rejected else "new" if specimen.known else "needs_review"
    assert (message.state, message.rejection, message.silence) == (state, rejected, specimen.silence)
    assert message.subject_code == (code if specimen.known else None)
    assert bytes(InboundMessage.objects.get().raw) == specimen.raw
    assert tuple(message.attachments.values_list("name", flat=True)) == specimen.files
    answers = Message.objects.values_list("recipient", flat=True)
    assert list(answers) == ([specimen.sender] if not specimen.silence else [])
    assert message.answered == (not specimen.silence)


def test_all_letters_twice_in_any_order_are_each_one(code: SubjectCode) -> None:
    twice = [specimen.raw for specimen in SPECIMENS] * 2
    random.Random(28).shuffle(twice)
    received = [receive(raw) for raw in twice]
    assert sum(r.is_new for r in received) == len(SPECIMENS) == InboundMessage.objects.count()
    answered = {specimen.sender for specimen in SPECIMENS if not specimen.silence}
    assert sorted(Message.objects.values_list("recipient", flat=True)) == sorted(answered)


def test_one_answer_a_day_to_an_address(code: SubjectCode) -> None:
    today = timezone.now()
    for day in (0, 0, 1):
        with time_machine.travel(today + timedelta(days=day), tick=False):
            receive(letter(number=random.random(), sender="Amina <AMINA@posta.example>"))
    assert Message.objects.count() == 2
    receive(letter(number="other", sender="altra@posta.example"))
    assert Message.objects.count() == 3


def test_the_answer_carries_the_notice_and_nothing_of_the_letter(code: SubjectCode) -> None:
    load_notices()
    receive(letter(body=b"Comprate qui: http://truffa.example", sender='"Comprate" <a@posta.example>'))
    answer = Message.objects.get()
    assert "Informativa sul trattamento dei dati personali" in answer.body
    assert "Segrate" in answer.body
    assert "/privacy/" in answer.body
    assert "truffa" not in answer.body + answer.subject
    assert "Comprate" not in answer.body + answer.subject


def test_an_address_that_no_server_takes_gets_no_answer(code: SubjectCode) -> None:
    message = receive(letter(sender="a..b@posta.example")).message
    message.refresh_from_db()
    assert (message.silence, message.answered) == ("no_sender", False)
    assert not Message.objects.exists()


def test_the_address_written_to_tells_the_desk_where_the_subject_does_not(desk: Desk, code: SubjectCode) -> None:
    other = make_desk(email="altro@comune.example")
    assert receive(letter("Orari", number=1)).message.desk == desk
    assert receive(letter("Orari", number=2, to="ALTRO@comune.example")).message.desk == other
    assert receive(letter("Orari", number=3, to=f"altro@comune.example, {BOX}")).message.desk is None
    assert receive(letter("Orari", number=4, to="posta@afol.example")).message.desk is None
    assert receive(letter(number=5, to="altro@comune.example")).message.desk == desk


def test_a_box_of_two_desks_tells_neither(desk: Desk) -> None:
    make_desk(email=BOX)
    assert receive(letter("Orari")).message.desk is None


def test_a_code_is_recognised_in_its_days(desk: Desk) -> None:
    make_code(desk=desk, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31))
    states = []
    for number, day in enumerate(((2, 28), (3, 1), (3, 31), (4, 1))):
        with time_machine.travel(f"2026-{day[0]:02d}-{day[1]:02d}T12:00:00+00:00", tick=False):
            states.append(receive(letter(number=number)).message.state)
    assert states == ["needs_review", "new", "new", "needs_review"]


def test_two_codes_in_one_subject_are_left_to_a_person(code: SubjectCode) -> None:
    make_code("candidato/a Esselunga")
    assert receive(letter("candidato AlmavivA o Esselunga")).message.state == "needs_review"


def test_files_are_noted_and_the_refused_say_why(desk: Desk) -> None:
    receive(parts(TEXT, file("cv.pdf", PDF), file("cv.docx", b"PK\x03\x04"), file("vuoto.pdf", b"")))
    assert [(a.position, a.name, a.size, a.refusal) for a in InboundAttachment.objects.all()] == [
        (0, "cv.pdf", len(PDF), ""),
        (1, "cv.docx", 4, "Questo file non va bene: serve un file PDF, JPEG, PNG."),
        (2, "vuoto.pdf", 0, "Questo file è vuoto."),
    ]


def test_letters_are_forgotten_with_their_files_when_their_time_is_over(desk: Desk) -> None:
    now = timezone.now()
    for number, age in enumerate((KEPT, KEPT - timedelta(minutes=1), KEPT + timedelta(minutes=1))):
        with time_machine.travel(now - age, tick=False):
            receive(parts(TEXT, file("cv.pdf", PDF), number=number))
    with time_machine.travel(now, tick=False):
        assert forget_old_mail() == 1
        assert forget_old_mail() == 0
    assert InboundMessage.objects.count() == InboundAttachment.objects.count() == 2
