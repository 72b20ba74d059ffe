"""Asking a person at the desk, and answering."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.models import Candidate, Question
from candidates.services.messages import tell
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.notify import MessageKind, register

MOST_WAITING = 5
"""Questions of one person that may wait together: beyond it, somebody should talk with them."""

ANSWERED = register(
    MessageKind(
        "question_answered",
        "candidates/messages/answered_subject.txt",
        "candidates/messages/answered_body.txt",
        purpose=_("Dire alla persona che lo sportello ha risposto alla sua domanda"),
    )
)


class TooManyQuestions(Exception):
    """As many questions as may wait are waiting."""


class AlreadyAnswered(Exception):
    """Somebody answered in the meantime."""


@audit.service("question.ask")
def ask_question(*, candidate: Candidate, topic: str, text: str, by: Scope) -> Question:
    """Write a question down; whoever may open the person's file sees it. Raises TooManyQuestions."""
    person = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if person.questions.waiting().count() >= MOST_WAITING:
        raise TooManyQuestions
    return Question.objects.create(candidate=person, topic=topic, text=text)


@audit.service("question.answer")
def answer_question(*, question: Question, answer: str, by: Scope) -> Question:
    """Write the answer and tell the person that it is there; its words stay behind the sign-in. Raises AlreadyAnswered."""
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.answered_at:
        raise AlreadyAnswered
    question.answer, question.answered_at, question.answered_by_id = answer, timezone.now(), by.account_id
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    page = settings.SITE_URL + reverse("my_questions")
    tell(question.candidate, ANSWERED, context={"page": page}, dedupe_key=f"answered-{question.pk}", by=by)
    return question
