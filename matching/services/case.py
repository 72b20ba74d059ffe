"""The end of a case, with all that hung from it."""

from collections.abc import Iterable

from django.db.models import F

from candidates.models import Candidate, Case
from candidates.services.case import NotOpen, close_case
from matching.services.referral import lock_referral, move
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core import audit


@audit.service("case.end")
def end_case(*, case: Case, closing: str, by: Scope, note: str = "") -> Case:
    """Close the case; what the desk had proposed falls, what the person sent by themself goes its way. Raises NotOpen."""
    # Person first, as a hire does: a case that closes while somebody is hired waits for it.
    person = Candidate.objects.select_for_update(of=("self",)).get(pk=case.candidate_id)
    case = close_case(case=case, closing=closing, note=note, by=by)
    proposed = person.referrals.open().exclude(referred_by__isnull=False, referred_by=F("candidate__user"))
    for referral in proposed.order_by("pk"):
        move(lock_referral(referral), ReferralState.OBSOLETE, by=by)
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
