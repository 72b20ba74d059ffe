"""A question has a topic and words, an answer has words."""

import pytest

from candidates.forms.question import AnswerForm, QuestionForm


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"topic": "pact", "text": "Quando?"}, []),
        ({"topic": "weather", "text": "Quando?"}, ["topic"]),
        ({"topic": "pact", "text": "   "}, ["text"]),
        ({"topic": "pact", "text": "x" * 1001}, ["text"]),
        ({}, ["topic", "text"]),
    ],
)
def test_a_question(data: dict[str, str], errors: list[str]) -> None:
    assert list(QuestionForm(data).errors) == errors


def test_an_answer_is_not_empty_nor_endless() -> None:
    assert list(AnswerForm({"answer": " "}).errors) == ["answer"]
    assert list(AnswerForm({"answer": "x" * 2001}).errors) == ["answer"]
    assert AnswerForm({"answer": "Lunedì."}).is_valid()
