"""Asking another desk to take a person; the answer that changes nothing. The one that moves the case is `matching.services.case`'s."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import Case, Reorientation
from candidates.services.case import lock_open_case
from candidates.services.messages import tell_of_reorientation
from candidates.states import REORIENTATION_TRANSITIONS, ReorientationState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk


class AlreadyAsked(Exception):
    """Another desk has been asked and has not answered."""


class SameDesk(Exception):
    """The desk that asks is the one that follows the person."""


class Answered(Exception):
    """The question has had its answer, or was taken back."""


@audit.service("reorientation.ask")
def ask_reorientation(*, case: Case, desk: Desk, motive: str, by: Scope) -> Reorientation:
    """Ask a desk to follow the person from now on. Raises AlreadyAsked, SameDesk, NotOpen."""
    case = lock_open_case(case.pk)
    if desk.pk == case.desk_id:
        raise SameDesk
    try:
        with transaction.atomic():
            return Reorientation.objects.create(case=case, desk=desk, motive=motive, asked_by_id=by.account_id)
    except IntegrityError as error:
        raise AlreadyAsked from error


@audit.service("reorientation.deny")
def deny_reorientation(*, request: Reorientation, answer: str, by: Scope) -> Reorientation:
    """Say no, with a reason for the desk that asked; the person is told who goes on following them. Raises Answered, NotOpen."""
    lock_open_case(request.case_id)
    request = close_question(request, ReorientationState.DENIED, answer=answer, by=by)
    tell_of_reorientation(request=request, by=by)
    return request


@audit.service("reorientation.withdraw")
def withdraw_reorientation(*, request: Reorientation, by: Scope) -> Reorientation:
    """Ask no more. Raises Answered."""
    return close_question(request, ReorientationState.WITHDRAWN, answer="", by=by)


def close_question(request: Reorientation, state: ReorientationState, *, answer: str, by: Scope) -> Reorientation:
    """Give a waiting question its answer, inside the caller's transaction. Raises Answered."""
    request = Reorientation.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if state not in REORIENTATION_TRANSITIONS[ReorientationState(request.state)]:
        raise Answered
    request.state = state
    request.answer = answer
    request.answered_by_id = by.user_id
    request.answered_at = timezone.now()
    request.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return request
