"""Subjects of one meaning have one key, and a code is found in it however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.engine.subject import caught_by, code_of, speaks_of, subject_key
from tests.support.mail import SUBJECTS

CODE = subject_key("candidato/a AlmavivA")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_spelling_speaks_of_the_code(subject: str) -> None:
    assert code_of(subject_key(subject), [CODE, "candidato esselunga"]) == CODE


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        ("candidato/a AlmavivA", "candidato almaviva"),
        ("Re: FW: I: Inoltro: «Candidata» Almaviva", "candidato almaviva"),
        ("R(2): RE[3]: Candidature per l'AlmavivA", "candidato almaviva"),
        ("[SPAM] ri: candidato", "candidato"),
        ("Rossi Maria", "rossi maria"),
        ("R: ", ""),
        ("", ""),
    ],
)
def test_the_key_holds_the_words_that_count(subject: str, key: str) -> None:
    assert subject_key(subject) == key


@pytest.mark.parametrize("subject", ["candidato", "almaviva", "candidato almavivano", "scandidato almaviva", ""])
def test_half_a_code_or_a_longer_word_is_another(subject: str) -> None:
    assert not speaks_of(subject_key(subject), CODE)


def test_an_empty_code_is_in_no_subject() -> None:
    assert not speaks_of("candidato almaviva", "")


def test_the_fuller_code_wins_and_two_strangers_leave_it_to_a_person() -> None:
    key = subject_key("candidata AlmavivA Segrate")
    assert code_of(key, [CODE, "candidato almaviva segrate"]) == "candidato almaviva segrate"
    assert code_of(key, [CODE, "segrate"]) is None
    assert code_of(key, []) is None


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = subject_key(text)
    assert subject_key(key) == key


@given(st.lists(st.sampled_from(["Re: ", "R: ", "I: ", "Fwd: ", "FW: ", "Inoltro: ", "[EXT] ", '"']), max_size=8))
def test_marks_change_nothing(marks: list[str]) -> None:
    assert subject_key("".join(marks) + "candidato AlmavivA") == CODE


@given(st.text(max_size=40))
def test_examples_are_subjects_that_the_code_recognises(code: str) -> None:
    for example in caught_by(code):
        assert speaks_of(subject_key(example), subject_key(code))


def test_examples_show_what_people_write() -> None:
    assert caught_by("candidato/a AlmavivA") == [
        "CANDIDATO/A ALMAVIVA",
        "Re: R: candidato/a AlmavivA",
        "Fwd: «candidato/a AlmavivA»",
        "candidato/a AlmavivA - Maria Rossi",
        "AlmavivA candidato/a",
    ]
    assert caught_by("di") == []
