"""Letters in any charset, texts of pages, and what is forwarded inside."""

from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.engine.mail_parts import LONGEST_TEXT, body_of, decode_text, forwarded, header_line, writer_of
from tests.support.mail import PDF, TEXT, file, letter, parts


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("però".encode(), "utf-8", "però"),
        ("però".encode("latin-1"), "utf-8", "però"),
        ("però".encode(), "iso-8859-1", "però"),
        ("€".encode("windows-1252"), "latin-1", "€"),
        ("però".encode("utf-16"), '"UTF-16"', "però"),
        (b"+AGE-", "UTF-7", "+AGE-"),
        (b"abc", "base64", "abc"),
        (b"abc", "a\x00b", "abc"),
    ],
)
def test_a_wrong_charset_gives_way(content: bytes, charset: str, text: str) -> None:
    assert decode_text(content, charset) == text


@given(st.binary(max_size=50), st.text(max_size=20))
def test_any_bytes_in_any_charset_are_text(content: bytes, charset: str) -> None:
    assert isinstance(decode_text(content, charset), str)


def test_a_header_is_one_line_of_letters() -> None:
    message = message_from_bytes(b"Subject: =?utf-8?Q?a=0D=0ABcc:_x?=\n b\nFrom: Nobody\n\n")
    assert header_line(message, "subject") == "a Bcc: x b"
    assert header_line(message, "to") == ""
    assert writer_of(message, "From").address == ""


def test_an_address_is_found_in_a_broken_field() -> None:
    message = message_from_bytes(b"From: Rossi, Amina [mailto:amina@posta.example]\n\n")
    assert writer_of(message, "From").address == "amina@posta.example"


def test_the_files_keep_their_bytes() -> None:
    body = body_of(message_from_bytes(parts(TEXT, file("cv.pdf", PDF))))
    assert [(f.name, f.content) for f in body.attached] == [("cv.pdf", PDF)]
    assert body.text == "Buongiorno, cerco lavoro."


def test_a_long_text_is_cut() -> None:
    assert len(body_of(message_from_bytes(letter(body=b"a" * (LONGEST_TEXT + 1)))).text) == LONGEST_TEXT


def test_a_head_left_open_ends_with_the_page() -> None:
    page = b"<html><title>x<p>no</html><p>uno</p><table><tr><td>due</td></tr></table>"
    assert body_of(message_from_bytes(letter(body=page, kind="text/html"))).text == "uno\n\ndue"


def test_who_is_forwarded_is_told_with_their_subject() -> None:
    text = b"-----Messaggio originale-----\n> *Da:* Luca Neri <Luca@altra.example>\n> *Oggetto:* candidato\n"
    writer, subject = forwarded(body_of(message_from_bytes(letter(body=text))))
    assert (writer.name, writer.address, subject) == ("Luca Neri", "luca@altra.example", "candidato")
    writer, subject = forwarded(body_of(message_from_bytes(letter(body=b"Da: altri\nOggetto: altro"))))
    assert (writer.address, subject) == ("", "")
