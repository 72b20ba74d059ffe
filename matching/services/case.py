"""The end of a case, with all that hung from it."""

from collections.abc import Iterable

from django.db.models import F

from candidates.models import Candidate, Case, Reorientation
from candidates.services.case import NotOpen, close_case, lock_open_case, take_over
from candidates.services.messages import tell_of_closing, tell_of_reorientation
from candidates.services.reorientation import close_question
from candidates.states import CaseClosing, ReorientationState
from matching.queries.outcomes import outcomes_in
from matching.services.referral import lock_referral, move
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core import audit


@audit.service("case.end")
def end_case(*, case: Case, closing: str, by: Scope, note: str = "") -> Case:
    """Close the case and tell the person; what the desk had proposed falls, what they sent by themself goes its way.

    Raises NotOpen.
    """
    # Person first, as a hire does: a case that closes while somebody is hired waits for it.
    person = Candidate.objects.select_for_update(of=("self",)).get(pk=case.candidate_id)
    case = close_case(case=case, closing=closing, note=note, outcomes=outcomes_in(case), by=by)
    proposed = person.referrals.open().exclude(referred_by__isnull=False, referred_by=F("candidate__user"))
    for referral in proposed.order_by("pk"):
        move(lock_referral(referral), ReferralState.OBSOLETE, by=by)
    tell_of_closing(case=case, by=by)
    return case


@audit.service("case.move")
def accept_reorientation(*, request: Reorientation, by: Scope) -> Case:
    """The desk that was asked takes the person: their case there closes as moved, a new one opens here, followed by the actor.

    What was proposed to the person stays, and so does the area decided at intake. Raises Answered, NotOpen.
    """
    Candidate.objects.select_for_update(of=("self",)).get(cases=request.case_id)
    left = lock_open_case(request.case_id)
    request = close_question(request, ReorientationState.ACCEPTED, answer="", by=by)
    close_case(case=left, closing=CaseClosing.MOVED, note=request.motive, outcomes=outcomes_in(left), by=by)
    case = take_over(left=left, desk=request.desk, operator_id=by.account_id, by=by)
    tell_of_reorientation(request=request, by=by)
    return case


@audit.service("caseload.end")
def end_cases(*, cases: Iterable[Case], closing: str, by: Scope, note: str = "") -> int:
    """Close those that are still open, each as `end_case`; returns how many."""
    done = 0
    for case in cases:
        try:
            end_case(case=case, closing=closing, note=note, by=by)
        except NotOpen:
            continue
        done += 1
    return done
