"""The box is read over the wire: nothing is lost, nothing doubled, whatever breaks and when."""

import socket
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from pytest_django import Settings

from candidates.models import InboundMessage, Mailbox
from candidates.services import mailbox
from candidates.services.mail_intake import receive_mail
from candidates.services.mailbox import read_mailbox
from sportello.accounts.scope import Scope
from tests.support.imap import Box, imap_server
from tests.support.mail import SPECIMENS, letter
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
BY = Scope.of_process("clock")


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    with imap_server() as box:
        settings.IMAP_URL = box.url
        yield box


def test_every_specimen_is_kept_once_and_marked(box: Box, settings: Settings) -> None:
    settings.IMAP_URL = box.url
    make_desk(email="sportello.lavoro@comune.segrate.example")
    box.put(*(specimen.raw for specimen in SPECIMENS))
    assert read_mailbox(by=BY) == InboundMessage.objects.count()
    kept = {bytes(raw) for raw in InboundMessage.objects.values_list("raw", flat=True)}
    assert kept <= {specimen.raw for specimen in SPECIMENS}
    assert len(kept) == len({m.identity for m in InboundMessage.objects.all()})
    assert box.seen == set(box.messages)
    before = InboundMessage.objects.count()
    box.seen.clear()
    assert read_mailbox(by=BY) == 0
    assert InboundMessage.objects.count() == before


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE"])
def test_a_line_that_breaks_loses_and_doubles_nothing(box: Box, command: str) -> None:
    box.put(*(letter(number=n) for n in range(3)))
    box.die_before = command
    assert read_mailbox(by=BY) == 0
    row = Mailbox.objects.get()
    assert (row.read_at, row.failed_at is not None, bool(row.failure)) == (None, True, True)
    read_mailbox(by=BY)
    assert InboundMessage.objects.count() == 3
    assert box.seen == {1, 2, 3}
    row.refresh_from_db()
    assert (row.read_at is not None, row.failed_at, row.failure, row.last_uid) == (True, None, "", 3)


def test_what_somebody_opened_before_us_is_kept_too(box: Box) -> None:
    assert read_mailbox(by=BY) == 0
    box.put(letter(number=1))
    box.seen = {1}
    assert read_mailbox(by=BY) == 1


def test_what_was_opened_before_the_first_reading_is_history(box: Box) -> None:
    box.put(letter(number=1), letter(number=2))
    box.seen = {1}
    assert read_mailbox(by=BY) == 1
    box.validity, box.seen = 2, {1, 2}
    box.put(letter(number=3))
    assert read_mailbox(by=BY) == 1
    assert InboundMessage.objects.count() == 2


def test_a_letter_that_cannot_be_kept_waits_and_lets_the_others_pass(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.put(letter(number=1), letter(number=2))

    def breaks(*, raw: bytes, by: Scope) -> object:
        if raw == box.messages[1]:
            raise MemoryError
        return receive_mail(raw=raw, by=by)

    with monkeypatch.context() as patched:
        patched.setattr(mailbox, "receive_mail", breaks)
        assert read_mailbox(by=BY) == 1
    assert box.seen == {2}
    assert read_mailbox(by=BY) == 1
    assert box.seen == {1, 2}


def test_a_server_that_is_away_is_a_date_on_the_row(settings: Settings) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.IMAP_URL = f"imap://a:b@127.0.0.1:{nobody.getsockname()[1]}/INBOX"
        assert read_mailbox(by=BY) == 0
    row = Mailbox.objects.get()
    assert (row.name, row.failure) == ("a@127.0.0.1/INBOX", "ConnectionRefusedError")


def test_a_wrong_password_or_folder_is_told_too(box: Box, settings: Settings) -> None:
    settings.IMAP_URL = box.url.replace("segreta", "altra")
    assert read_mailbox(by=BY) == 0
    settings.IMAP_URL = box.url + "Altra%20cartella"
    assert read_mailbox(by=BY) == 0
    assert set(Mailbox.objects.values_list("failure", flat=True)) == {"error"}
    assert not any("segreta" in name for name in Mailbox.objects.values_list("name", flat=True))


def test_only_one_reads_at_a_time(box: Box) -> None:
    box.put(letter())
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [mailbox._LOCK])
        assert read_mailbox(by=BY) is None
        assert box.commands == []
        # Said aloud: the server takes its time to notice that a connection is closed.
        other.execute("SELECT pg_advisory_unlock(%s)", [mailbox._LOCK])
    assert read_mailbox(by=BY) == 1


def test_without_an_address_nobody_reads_and_a_wrong_one_is_a_fault(settings: Settings) -> None:
    settings.IMAP_URL = ""
    assert read_mailbox(by=BY) is None
    settings.IMAP_URL = "https://posta.example"
    with pytest.raises(ValueError, match="IMAP_URL"):
        read_mailbox(by=BY)
