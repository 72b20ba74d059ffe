"""Questions to the desk: written down, answered once, told to who asked."""

import pytest

from candidates.models import Question
from candidates.services.question import AlreadyAnswered, TooManyQuestions, answer_question, ask_question
from sportello.core.models import Message
from tests.support.personas import make_case, make_operator, make_user, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_the_answer_is_told_and_its_words_stay_in_the_portal() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    person = make_case(desk).candidate
    question = ask_question(candidate=person, topic="match", text="Perché questo lavoro?", by=scope(make_user()))
    answer_question(question=question, answer="Per le tue due lingue.", by=scope(operator))
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("Per le tue due lingue.", operator)
    (message,) = Message.objects.all()
    assert (message.recipient, "lingue" in message.body, "/mia-pagina/domande/" in message.body) == (
        person.email,
        False,
        True,
    )


def test_a_question_is_answered_once() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    question = ask_question(candidate=make_case(desk).candidate, topic="pact", text="Quando?", by=scope(make_user()))
    answer_question(question=question, answer="Lunedì.", by=scope(operator))
    with pytest.raises(AlreadyAnswered):
        answer_question(question=question, answer="Martedì.", by=scope(operator))
    assert Question.objects.get().answer == "Lunedì."


def test_the_sixth_question_waits_for_an_answer() -> None:
    desk = make_desk()
    person, by = make_case(desk).candidate, scope(make_user())
    first, *_others = [ask_question(candidate=person, topic="pact", text="Quando?", by=by) for _ in range(5)]
    with pytest.raises(TooManyQuestions):
        ask_question(candidate=person, topic="pact", text="Quando?", by=by)
    answer_question(question=first, answer="Lunedì.", by=scope(make_operator(desk)))
    assert ask_question(candidate=person, topic="pact", text="Quando?", by=by).answered_at is None
