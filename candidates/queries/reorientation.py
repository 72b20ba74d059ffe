"""Questions between desks: those that wait for mine, those that mine have asked."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from candidates.models import Case, Reorientation
from candidates.models.restriction import IS_HIDDEN, hidden_from
from candidates.states import CaseState, ReorientationState
from sportello.accounts.scope import Scope
from sportello.territory.models import Desk
from sportello.territory.queries import RECEIVING


def questions_to(scope: Scope) -> QuerySet[Reorientation]:
    """Questions that wait for an answer of the actor's desks, the oldest first; `is_hidden` where only a grant tells whose."""
    waiting = Reorientation.objects.filter(
        state=ReorientationState.ASKED, desk__in=scope.desk_ids, case__state=CaseState.OPEN
    )
    found = waiting.annotate(**{IS_HIDDEN: hidden_from(scope.user_id, candidate="case__candidate")})
    return found.select_related("case__candidate__residence", "case__desk", "desk", "asked_by").order_by(
        "asked_at", "pk"
    )


def questions_of(scope: Scope) -> QuerySet[Reorientation]:
    """Questions about people of the actor's desks that other desks have not answered, the oldest first."""
    mine = Case.objects.visible_to(scope).open()
    return (
        Reorientation.objects.filter(state=ReorientationState.ASKED, case__in=mine)
        .select_related("case__candidate", "desk", "asked_by")
        .order_by("asked_at", "pk")
    )


def question_to(scope: Scope, pk: UUID) -> Reorientation:
    """One that waits for the actor's desks, or a 404."""
    return get_object_or_404(questions_to(scope), pk=pk)


def question_of(scope: Scope, pk: UUID) -> Reorientation:
    """One that the actor's desks have asked, or a 404."""
    return get_object_or_404(questions_of(scope), pk=pk)


def other_desks(case: Case) -> QuerySet[Desk]:
    """Desks that could take the person of a case."""
    return Desk.objects.filter(state__in=RECEIVING).exclude(pk=case.desk_id).order_by("name")
