"""Pieces of documents: days as precise as they are written, words without tags, nothing of what means harm."""

from datetime import date

import pytest

from candidates.engine.xml import Lines, day_of, digits_of, distinct, remains, safe_root, text_of, words_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-2-3", date(2020, 2, 3), date(2020, 2, 3)),
        ("2020-02-03T10:00:00", date(2020, 2, 3), date(2020, 2, 3)),
        ("2021-02-30", None, None),
        ("2020-13", None, None),
        ("0000", None, None),
        ("3 marzo", None, None),
        ("", None, None),
    ],
)
def test_a_day_is_the_first_or_the_last_of_what_is_said(text: str, first: date | None, last: date | None) -> None:
    assert (day_of(text), day_of(text, last=True)) == (first, last)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Uno &amp; due</p><p> tre\tquattro </p>", "Uno & due\ntre quattro"),
        ("Uno<br>due<ul><li>tre</li></ul>", "Uno\ndue\ntre"),
        ("senza tag", "senza tag"),
        ("Fish & chips", "Fish & chips"),
        ("", ""),
    ],
)
def test_words_keep_their_lines(html: str, text: str) -> None:
    assert words_of(html) == text


@pytest.mark.parametrize(
    ("html", "first"),
    [("<p><strong>Casa</strong></p><p>x</p>", "Casa"), ("<p>x</p><p><strong>Casa</strong></p>", ""), ("<p>x</p>", "")],
)
def test_a_bold_beginning_is_told_apart(html: str, first: str) -> None:
    lines = Lines()
    lines.feed(html)
    assert lines.first_strong == first


def test_a_document_type_is_refused_and_a_plain_document_read() -> None:
    assert safe_root(b"<!DOCTYPE a><a/>") is None
    assert safe_root(b"<a>") is None
    root = safe_root(b"<a><b> uno </b><c/><d>due</d></a>")
    assert root is not None
    assert (text_of(root, "b"), text_of(root, "x")) == ("uno", "")
    assert remains(root, {"b"}) == [("d", "due")]


def test_small_helpers() -> None:
    assert digits_of("+39 02.1") == "39021"
    assert distinct(["a", "", "b", "a"]) == ("a", "b")
