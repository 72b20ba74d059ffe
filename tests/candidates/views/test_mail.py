"""The box of letters: who reads it, and what one click does."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import InboundMessage, Mailbox, RegistrationDraft
from candidates.services.mail_intake import receive_mail
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.models import AccessLogEntry
from sportello.territory.models import Desk
from tests.support.mail import BOX, PDF, TEXT, file, make_code, make_inbound, parts
from tests.support.personas import make_candidate, make_member, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.usefixtures("vocabulary")


@pytest.fixture
def desk() -> Desk:
    return make_desk(email=BOX)


@pytest.fixture
def operator(desk: Desk) -> User:
    return make_operator(desk)


def url(name: str, letter: InboundMessage, **more: object) -> str:
    return reverse(name, kwargs={"inbound": letter.pk, **more})


def test_one_click_begins_the_registration_of_the_writer(desk: Desk, operator: User) -> None:
    letter = make_inbound(desk=desk, sender_name="Amina Rossi")
    page = signed_in(operator).post(url("register_writer", letter), follow=True).content.decode()
    assert 'value="Amina"' in page
    assert RegistrationDraft.objects.get().desk == desk


def test_who_serves_two_desks_says_at_which(desk: Desk) -> None:
    second = make_desk()
    client = signed_in(make_member(Role.OPERATOR, desk.managed_by, desk, second))
    letter = make_inbound()
    assert client.post(url("register_writer", letter)).status_code == 200
    assert not RegistrationDraft.objects.exists()
    client.post(url("register_writer", letter), {"desk": str(second.pk)})
    assert RegistrationDraft.objects.get().desk == second


def test_a_letter_is_linked_to_whom_the_address_or_the_search_finds(desk: Desk, operator: User) -> None:
    client = signed_in(operator)
    person = make_candidate(desk, email="Amina@posta.example", last_name="Trovata")
    letter = make_inbound(desk=desk, sender_address="amina@posta.example")
    assert "Trovata" in client.get(url("inbound_letter", letter)).content.decode()
    assert AccessLogEntry.objects.get().subject_id == person.pk
    other = make_inbound(desk=desk)
    assert "Trovata" not in client.get(url("inbound_letter", other)).content.decode()
    assert "Trovata" in client.post(url("inbound_letter", other), {"persona": "trovata"}).content.decode()
    client.post(url("link_writer", letter, candidate=person.pk))
    letter.refresh_from_db()
    assert (letter.state, letter.candidate) == ("linked", person)
    again = client.post(url("reject_letter", letter), {"rejection": "spam"}, follow=True).content.decode()
    assert "Nel frattempo" in again


def test_a_letter_is_rejected_with_a_reason_and_taken_up_again(desk: Desk, operator: User) -> None:
    client, letter = signed_in(operator), make_inbound(desk=desk)
    assert client.post(url("reject_letter", letter)).status_code == 422
    client.post(url("reject_letter", letter), {"rejection": "bounce"})
    assert InboundMessage.objects.waiting().exists()
    client.post(url("reject_letter", letter), {"rejection": "other", "note": "Doppione"})
    assert not InboundMessage.objects.waiting().exists()
    assert "Doppione" in client.get(url("inbound_letter", letter)).content.decode()
    client.post(url("restore_letter", letter))
    assert InboundMessage.objects.waiting().get() == letter


def test_files_are_handed_out_unless_refused_and_only_to_the_desk(desk: Desk, operator: User) -> None:
    raw = parts(TEXT, file("cv.pdf", PDF), file("cv.exe", b"MZ"), number="x")
    letter = receive_mail(raw=raw, by=Scope.of_process("tests")).message
    good, bad = (reverse("letter_file", kwargs={"attachment": a.pk}) for a in letter.attachments.all())
    answer = signed_in(operator).get(good)
    assert (b"".join(answer), answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert signed_in(operator).get(bad).status_code == 404
    assert signed_in(make_operator()).get(good).status_code == 404


def test_the_words_of_a_stranger_are_only_words(desk: Desk, operator: User) -> None:
    letter = make_inbound(desk=desk, text="<script>alert(1)</script>", subject="<b>x</b>")
    page = signed_in(operator).get(url("inbound_letter", letter)).content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_the_box_costs_the_same_for_one_and_three_letters(desk: Desk, operator: User) -> None:
    client = signed_in(operator)
    costs: list[int] = []
    code = make_code(desk=desk)
    for _number in range(3):
        make_inbound(desk=desk, state="new", subject_code=code)
        page, cost = asked(client, f"{reverse('inbox')}?vista=new")
        assert page.count("Cerco lavoro") == len(costs) + 1
        costs.append(cost)
    assert costs[0] == costs[2] <= 10


def test_the_box_says_when_the_server_was_read_and_that_it_does_not_answer(operator: User) -> None:
    client = signed_in(operator)
    assert "Ultima lettura" not in client.get(reverse("inbox")).content.decode()
    at = datetime(2026, 3, 9, 9, 30, tzinfo=timezone.get_default_timezone())
    box = Mailbox.objects.create(name="casella", read_at=at)
    assert "Ultima lettura della casella: 9 marzo 2026, 9:30" in client.get(reverse("inbox")).content.decode()
    box.failed_at, box.failure = at + timedelta(minutes=2), "TimeoutError"
    box.save()
    page, queries = asked(client, reverse("inbox"))
    assert queries <= 10
    assert "La casella di posta non risponde: ultimo tentativo 9 marzo 2026, 9:32" in page
