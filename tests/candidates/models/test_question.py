"""A question is seen by who may open the person's file, and has an answer or has none."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import Question
from tests.support.personas import make_candidate, make_case, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_only_who_may_open_the_file_sees_the_question() -> None:
    desk, other = make_desk(), make_desk()
    question = Question.objects.create(candidate=make_case(desk).candidate, topic="pact", text="Quando?")
    Question.objects.create(candidate=make_case(other).candidate, topic="pact", text="Altro sportello")
    assert list(Question.objects.visible_to(scope(make_operator(desk)))) == [question]


def test_half_an_answer_is_refused() -> None:
    person = make_candidate(make_desk())
    with pytest.raises(IntegrityError, match="answered_question_has_its_answer"), transaction.atomic():
        Question.objects.create(candidate=person, topic="pact", text="Quando?", answered_at=timezone.now())
    with pytest.raises(IntegrityError, match="answered_question_has_its_answer"), transaction.atomic():
        Question.objects.create(candidate=person, topic="pact", text="Quando?", answer="Domani")
