import smtplib
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connections, transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import Settings

from sportello.core import jobs, notify, sms
from sportello.core.models import Job, JobState, Message, MessageChannel, MessageState
from sportello.core.notify import MessageKind, UnsafeMessageError

APPOINTMENT = MessageKind("test_appointment", "subject.txt", "body.txt", "Ricordare un appuntamento")


@pytest.fixture(autouse=True)
def _templates(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "subject.txt").write_text("{% load i18n %}{% translate 'Appuntamento' %}: {{ name }}\n")
    (tmp_path / "body.txt").write_text("Ciao {{ name }}.\n\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


@pytest.fixture
def failing_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exception]]:
    """The errors of the mail server, in order; none left: it takes the mail."""
    errors: list[Exception] = []
    Refusing.errors = errors
    with override_settings(EMAIL_BACKEND="tests.core.test_notify.Refusing"):
        yield errors


class Refusing(locmem.EmailBackend):
    errors: list[Exception] = []

    def send_messages(self, messages):  # type: ignore[no-untyped-def]
        if self.errors:
            raise self.errors.pop(0)
        return super().send_messages(messages)


def remind(to: str = "anna@example.org", name: str = "Anna", dedupe_key: str | None = None) -> Message:
    return notify.notify(APPOINTMENT, to=to, language="it", context={"name": name}, dedupe_key=dedupe_key)


@pytest.mark.django_db
def test_a_message_is_rendered_once_in_the_language_of_its_reader() -> None:
    person = uuid.uuid4()
    message = notify.notify(
        APPOINTMENT, to="anna@example.org", language="en", context={"name": "Anna"}, subject_id=person
    )
    stored = Message.objects.get()
    assert stored == message
    assert (stored.subject, stored.body, stored.language) == ("Appointment: Anna", "Ciao Anna.\n", "en")
    assert (stored.kind, stored.subject_id, stored.state) == ("test_appointment", person, MessageState.QUEUED)
    assert remind().subject == "Appuntamento: Anna"


@pytest.mark.django_db
def test_a_name_reads_in_the_mail_as_it_is_written() -> None:
    message = remind(name="Anna D'Amico & figli")
    assert (message.subject, message.body) == ("Appuntamento: Anna D'Amico & figli", "Ciao Anna D'Amico & figli.\n")


@pytest.mark.django_db(transaction=True)
def test_the_text_that_opens_a_door_is_forgotten_once_it_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    door = MessageKind("test_door", "subject.txt", "body.txt", "Aprire una porta", opens_a_door=True)
    monkeypatch.setitem(notify._kinds, door.key, door)
    message = notify.notify(door, to="anna@example.org", language="it", context={"name": "Anna"})
    assert message.body == "Ciao Anna.\n"
    jobs.run(Job.objects.get().pk)
    message.refresh_from_db()
    assert (message.state, message.body, mail.outbox[0].body) == (MessageState.SENT, "", "Ciao Anna.\n")


@pytest.mark.django_db
def test_its_job_carries_the_id_alone() -> None:
    message = remind()
    assert [(row.path, row.args) for row in Job.objects.all()] == [(notify.SEND, [str(message.pk)])]


@pytest.mark.django_db(transaction=True)
def test_the_job_sends_it_once() -> None:
    message = remind()
    row = Job.objects.get()
    jobs.run(row.pk)
    notify.send_message(message.pk)
    message.refresh_from_db()
    assert (message.state, [sent.to for sent in mail.outbox]) == (MessageState.SENT, [["anna@example.org"]])
    assert message.sent_at is not None
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{message.pk}@sportello>"


@pytest.mark.django_db
def test_the_same_key_is_one_message() -> None:
    assert remind(dedupe_key="appointment 1, the day before") == remind(dedupe_key="appointment 1, the day before")
    assert remind(dedupe_key="appointment 2, the day before") != remind()
    assert (Message.objects.count(), Job.objects.count()) == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_mail() -> None:
    message = remind()

    def send(_: int) -> None:
        try:
            notify.send_message(message.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        [*pool.map(send, range(4))]
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_sent() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        remind()
        raise RuntimeError
    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "to",
    [
        "",
        "anna",
        "anna@example.org\nBcc: tutti@example.org",
        "anna@example.org, altri@example.org",
        "<anna@example.org>",
    ],
)
def test_a_recipient_that_is_not_one_address_is_refused(to: str) -> None:
    with pytest.raises(UnsafeMessageError):
        remind(to=to)
    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Anna\nBcc: tutti@example.org", "Anna\rX", "Anna\x00", "Anna\u2028B", "A" * 200])
def test_a_subject_that_is_not_one_line_is_refused(name: str) -> None:
    with pytest.raises(UnsafeMessageError):
        remind(name=name)
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_away_is_asked_again(failing_server: list[Exception]) -> None:
    message = remind()
    row = Job.objects.get()
    failing_server.append(ConnectionRefusedError())
    jobs.run(row.pk)
    message.refresh_from_db()
    row.refresh_from_db()
    assert (message.state, row.state, row.error) == (MessageState.QUEUED, JobState.REQUESTED, "ConnectionRefusedError")
    Job.objects.filter(pk=row.pk).update(not_before=row.requested_at)
    jobs.run(row.pk)
    message.refresh_from_db()
    assert (message.state, len(mail.outbox)) == (MessageState.SENT, 1)


@pytest.mark.django_db(transaction=True)
def test_an_address_that_the_server_refuses_is_not_asked_again(failing_server: list[Exception]) -> None:
    message = remind()
    failing_server.append(smtplib.SMTPRecipientsRefused({"anna@example.org": (550, b"no such user")}))
    jobs.run(Job.objects.get().pk)
    message.refresh_from_db()
    assert (message.state, Job.objects.get().state) == (MessageState.FAILED, JobState.DONE)


@pytest.mark.django_db(transaction=True)
def test_a_server_that_says_later_is_asked_later(failing_server: list[Exception]) -> None:
    message = remind()
    failing_server.append(smtplib.SMTPRecipientsRefused({"anna@example.org": (450, b"greylisted, try again")}))
    jobs.run(Job.objects.get().pk)
    message.refresh_from_db()
    assert (message.state, Job.objects.get().state) == (MessageState.QUEUED, JobState.REQUESTED)


@pytest.mark.django_db(transaction=True)
def test_after_the_last_attempt_the_message_says_that_it_failed(failing_server: list[Exception]) -> None:
    message = remind()
    row = Job.objects.get()
    for _ in range(6):
        failing_server.append(smtplib.SMTPServerDisconnected())
        Job.objects.filter(pk=row.pk).update(not_before=row.requested_at)
        jobs.run(row.pk)
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (MessageState.FAILED, None)


def test_a_key_belongs_to_one_kind() -> None:
    kind = MessageKind(f"test_{uuid.uuid4()}", "s.txt", "b.txt", "Prova")
    assert notify.register(kind) is kind
    with pytest.raises(ValueError, match="registered twice"):
        notify.register(kind)
    notify._kinds.pop(kind.key)


@pytest.fixture
def telephone(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[Exception]]:
    """A kind for telephones; the errors of the gateway, in order, none left: it takes the text."""
    (tmp_path / "short.txt").write_text("Ciao {{ name }}")
    kind = MessageKind("test_short", "subject.txt", "body.txt", "Prova", sms_template="short.txt")
    monkeypatch.setitem(notify._kinds, kind.key, kind)
    errors: list[Exception] = []
    Texts.sent, Texts.errors = [], errors
    monkeypatch.setitem(sms._DRIVERS, "test", Texts.send)
    settings.SMS_DRIVER = "test"
    yield errors


class Texts:
    sent: list[tuple[str, str]] = []
    errors: list[Exception] = []

    @classmethod
    def send(cls, to: str, text: str, key: str) -> None:
        assert Message.objects.get(pk=key).state == MessageState.SENDING
        if cls.errors:
            raise cls.errors.pop(0)
        cls.sent.append((to, text))


def text(to: str = "+393331234567", name: str = "Anna") -> Message:
    kind = notify._kinds["test_short"]
    return notify.notify(kind, to=to, language="it", context={"name": name}, channel=MessageChannel.SMS)


@pytest.mark.django_db(transaction=True)
def test_a_short_message_leaves_once(telephone: list[Exception]) -> None:
    message = text()
    assert (message.subject, message.body) == ("", "Ciao Anna")
    notify.send_message(message.pk)
    notify.send_message(message.pk)
    message.refresh_from_db()
    assert (message.state, Texts.sent) == (MessageState.SENT, [("+393331234567", "Ciao Anna")])


@pytest.mark.django_db(transaction=True)
def test_a_short_message_is_tried_again_only_if_it_surely_did_not_leave(telephone: list[Exception]) -> None:
    telephone += [sms.NotSent()]
    message = text()
    job = Job.objects.get()
    jobs.run(job.pk)
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    Job.objects.update(not_before=job.requested_at)
    jobs.run(job.pk)
    message.refresh_from_db()
    assert (message.state, len(Texts.sent)) == (MessageState.SENT, 1)
    telephone += [sms.Refused()]
    other = text()
    notify.send_message(other.pk)
    other.refresh_from_db()
    assert (other.state, len(Texts.sent)) == (MessageState.FAILED, 1)


@pytest.mark.django_db(transaction=True)
def test_a_short_message_cut_off_while_it_left_is_not_repeated(telephone: list[Exception]) -> None:
    message = text()
    Message.objects.update(state=MessageState.SENDING)
    notify.send_message(message.pk)
    message.refresh_from_db()
    assert (message.state, Texts.sent) == (MessageState.FAILED, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "name"), [("3331234567", "Anna"), ("+39 333", "Anna"), ("a@b.it", "Anna"), ("+393331234567", "x" * 460)]
)
def test_a_telephone_takes_numbers_and_short_texts(telephone: list[Exception], to: str, name: str) -> None:
    with pytest.raises(UnsafeMessageError):
        text(to, name)


@pytest.mark.django_db(transaction=True)
def test_what_is_no_longer_wanted_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Message] = []

    def is_wanted(message: Message) -> bool:
        asked.append(message)
        return len(asked) == 2

    kind = MessageKind("test_wanted", "subject.txt", "body.txt", "Prova", is_wanted=is_wanted)
    monkeypatch.setitem(notify._kinds, kind.key, kind)
    about = uuid.uuid4()
    sent = []
    for _ in range(2):
        message = notify.notify(kind, to="a@example.org", language="it", context={"name": "Anna"}, about_id=about)
        notify.send_message(message.pk)
        message.refresh_from_db()
        sent.append(message)
    assert [m.state for m in sent] == [MessageState.DROPPED, MessageState.SENT]
    assert ([m.about_id for m in asked], len(mail.outbox)) == ([about, about], 1)
    lost = notify.notify(kind, to="a@example.org", language="it", context={"name": "Anna"}, about_id=about)
    monkeypatch.delitem(notify._kinds, kind.key)
    with pytest.raises(LookupError):
        notify.send_message(lost.pk)


@pytest.mark.django_db(transaction=True)
def test_a_message_waits_for_its_moment() -> None:
    later = timezone.now() + timedelta(hours=3)
    notify.notify(APPOINTMENT, to="a@example.org", language="it", context={"name": "Anna"}, not_before=later)
    job = Job.objects.get()
    assert (job.not_before, job.sent_at, jobs.run(job.pk)) == (later, None, False)
    assert jobs.sweep() == 0


def test_a_kind_says_why_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notify._kinds, APPOINTMENT.key, APPOINTMENT)
    assert notify.purpose_of(APPOINTMENT.key) == "Ricordare un appuntamento"
    assert notify.purpose_of("gone") == "gone"
