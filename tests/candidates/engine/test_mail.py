"""Every letter is read: what it says, who wrote it, whether an answer may leave."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.engine.mail import read_mail
from candidates.engine.subject import speaks_of, subject_key
from tests.support.mail import BOX, SPECIMENS, Specimen, letter

OWN = frozenset({BOX})


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda s: s.name)
def test_a_letter_is_read(specimen: Specimen) -> None:
    mail = read_mail(specimen.raw, own=OWN)
    code = subject_key("candidato/a AlmavivA")
    known = any(speaks_of(subject_key(text), code) for text in (mail.subject, mail.original_subject))
    read = replace(
        specimen,
        known=known,
        nature=mail.nature.value,
        silence=mail.silence.value,
        sender=mail.sender.address,
        words=specimen.words if specimen.words == "?" else mail.text,
        original=mail.original.address,
        files=tuple(attached.name for attached in mail.attachments),
    )
    assert read == specimen


def test_every_letter_has_an_identity_of_its_own() -> None:
    assert len({read_mail(specimen.raw).identity for specimen in SPECIMENS}) == len(SPECIMENS)


def test_copies_have_one_identity_and_two_senders_two() -> None:
    first = read_mail(letter(number="x")).identity
    assert read_mail(letter(number="x", more="Received: by relay", to="other@posta.example")).identity == first
    assert read_mail(letter(number="x", sender="altra@posta.example")).identity != first
    assert read_mail(letter(number=None)).identity == read_mail(letter(number=None)).identity
    assert read_mail(letter(number=None)).identity != read_mail(letter("altro", number=None)).identity


def test_names_recipients_and_files_are_told() -> None:
    mail = read_mail(letter(more="Cc: Due <Due@Posta.example>\nDelivered-To: tre@posta.example"))
    assert (mail.sender.name, mail.sender.address) == ("Amina Rossi", "amina.rossi@posta.example")
    assert mail.recipients == {BOX, "due@posta.example", "tre@posta.example"}


def test_the_answer_goes_where_an_empty_sender_asks() -> None:
    mail = read_mail(letter(sender="", more="Reply-To: amina@posta.example"))
    assert (mail.sender.address, mail.silence) == ("amina@posta.example", "")


def test_a_thousand_enclosures_are_read_or_said_unreadable() -> None:
    raw = letter(body=b"")
    for _depth in range(1000):
        raw = b"Content-Type: message/rfc822\n\n" + raw
    assert len(read_mail(raw).identity) == 64


@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_are_refused(noise: bytes, headed: bool) -> None:
    mail = read_mail(b"Subject: a\nContent-Type: multipart/mixed; boundary=b\nFrom: " + noise if headed else noise)
    assert mail.readable
    for text in (mail.subject, mail.text, mail.sender.name, mail.sender.address, mail.message_id):
        assert "\x00" not in text
        text.encode()  # a lone surrogate would fail, here and in the database
