"""The Punto Parità: a company asks, an adviser sets the hour and closes with an outcome; the company's own checklist."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.engine.readiness import ANSWERS
from employers.models import AdvisoryRequest, Company, ReadinessChecklist
from employers.rules import readiness_questions
from employers.services.messages import tell_company
from employers.states import ADVISORY_TRANSITIONS, AdvisoryState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.notify import MessageKind, register

ADVICE_CONFIRMED = register(
    MessageKind(
        "advice_confirmed",
        "employers/messages/advice_confirmed_subject.txt",
        "employers/messages/advice_confirmed_body.txt",
        purpose=_("Dire all'impresa quando la riceve il Punto Parità"),
    )
)
ADVICE_CLOSED = register(
    MessageKind(
        "advice_closed",
        "employers/messages/advice_closed_subject.txt",
        "employers/messages/advice_closed_body.txt",
        purpose=_("Mandare all'impresa la risposta del Punto Parità"),
    )
)


class AlreadyAsked(Exception):
    """A request of the company is open."""


class NotAllowed(Exception):
    """The request's state does not permit the change, or the hour has passed."""


@audit.service("advice.ask")
def ask_advice(*, company: Company, channel: str, question: str, preferred_days: str, by: Scope) -> AdvisoryRequest:
    """Ask for a meeting; one request at a time. Raises AlreadyAsked."""
    try:
        with transaction.atomic():
            return AdvisoryRequest.objects.create(
                company=company, channel=channel, question=question, preferred_days=preferred_days
            )
    except IntegrityError as error:
        raise AlreadyAsked from error


@audit.service("advice.confirm")
def confirm_advice(*, request: AdvisoryRequest, meets_at: datetime, place: str, by: Scope) -> AdvisoryRequest:
    """Set the hour and the place (an address, or the link of the call), or move them; the company is told. Raises NotAllowed."""
    if meets_at <= timezone.now():
        raise NotAllowed
    request = _move(request, AdvisoryState.CONFIRMED)
    request.meets_at, request.place, request.adviser_id = meets_at, place, by.user_id
    request.save()
    tell_company(ADVICE_CONFIRMED, request.company, reverse("advice"), by, request=request)
    return request


@audit.service("advice.close")
def close_advice(*, request: AdvisoryRequest, outcome: str, answer: str, by: Scope) -> AdvisoryRequest:
    """Answer and say how it ended; the company reads the answer. Raises NotAllowed."""
    request = _move(request, AdvisoryState.CLOSED)
    request.outcome, request.answer, request.closed_at = outcome, answer, timezone.now()
    request.adviser_id = by.user_id
    request.save()
    tell_company(ADVICE_CLOSED, request.company, reverse("advice"), by, request=request)
    return request


@audit.service("advice.withdraw")
def withdraw_advice(*, request: AdvisoryRequest, by: Scope) -> AdvisoryRequest:
    """The company no longer needs it. Raises NotAllowed."""
    request = _move(request, AdvisoryState.WITHDRAWN)
    request.save()
    return request


@audit.service("readiness.save")
def save_answers(*, company: Company, answers: Mapping[str, str], by: Scope) -> ReadinessChecklist:
    """Keep the answers given so far beside the earlier ones. Raises ValueError for a question or an answer that does not exist."""
    codes = {question.code for asked in readiness_questions().values() for question in asked}
    if not codes >= answers.keys() or not ANSWERS.keys() >= set(answers.values()):
        raise ValueError("an unknown question or answer")
    ReadinessChecklist.objects.get_or_create(company=company)
    checklist = ReadinessChecklist.objects.select_for_update(of=("self",)).get(company=company)
    checklist.answers = {**checklist.answers, **answers}
    checklist.save()
    return checklist


def _move(request: AdvisoryRequest, to: AdvisoryState) -> AdvisoryRequest:
    request = (
        AdvisoryRequest.objects.select_for_update(of=("self",))
        # Read after the lock: the company may be another by then.
        .prefetch_related("company__organisation")
        .get(pk=request.pk)
    )
    if to not in ADVISORY_TRANSITIONS[AdvisoryState(request.state)]:
        raise NotAllowed
    request.state = to
    return request
