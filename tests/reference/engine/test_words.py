"""How a request is read."""

import pytest

from sportello.reference.engine.stem import stem
from sportello.reference.engine.words import ABBREVIATIONS, FUNCTION_WORDS, REQUEST_WORDS, words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Operatore socio-sanitario", ["operatore", "socio", "sanitario"]),
        ("operaio/a", ["operaio", "a"]),
        ("L’addetta  all'ufficio", ["l", "addetta", "all", "ufficio"]),
        ("impiegat*", ["impiegat"]),
        ("qualita\u0300", ["qualita"]),
        ("cuoca 🎉", ["cuoca"]),
        ("кухар", ["kukhar"]),
        ("\x00 \t\n", []),
        ("", []),
    ],
)
def test_words_are_plain_and_symbols_have_no_name(text: str, read: list[str]) -> None:
    assert words(text) == read


def test_a_long_text_is_read_at_its_beginning() -> None:
    assert words("cuoco " * 2000) == ["cuoco"] * 50


def test_no_word_is_of_two_lists() -> None:
    assert frozenset() == FUNCTION_WORDS & REQUEST_WORDS
    assert set(ABBREVIATIONS) & (FUNCTION_WORDS | REQUEST_WORDS) == set()


def test_the_lists_hold_words_as_they_are_read() -> None:
    listed = [*FUNCTION_WORDS, *REQUEST_WORDS, *ABBREVIATIONS, *ABBREVIATIONS.values()]
    assert [words(word) for word in listed] == [[word] for word in listed]


def test_an_abbreviation_begins_what_it_stands_for() -> None:
    assert {cut: full for cut, full in ABBREVIATIONS.items() if not full.startswith(cut)} == {}
    assert {cut for cut, full in ABBREVIATIONS.items() if stem(cut) == stem(full)} == set()
