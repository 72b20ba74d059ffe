"""Keep what a person decides otherwise than the ranking, with the reason."""

from candidates.models import Candidate
from employers.models import Vacancy
from employers.services.interest import require_impartial
from matching.models import Override, Referral
from matching.queries.overrides import Standing, standing_of
from matching.states import REASONS_FOR, OverrideKind, OverrideReason
from sportello.accounts.scope import Scope
from sportello.core import audit


class ReasonNeeded(Exception):
    """Who decides otherwise than the ranking says why: a coded reason of that kind, and a sentence."""


class NotRanked(Exception):
    """The newest ranking does not hold the person, or the work was proposed to them already."""


@audit.service("matching.set_aside")
def set_aside(*, vacancy: Vacancy, candidate: Candidate, reason: OverrideReason, motive: str, by: Scope) -> Override:
    """Take a person out of the list of a vacancy; nobody is told, and the person reads it on their page.

    Raises ReasonNeeded, NotRanked, ConflictOfInterest.
    """
    require_impartial(vacancy.company_id, by=by)
    standing = standing_of(vacancy, candidate)
    if standing.rank is None or Referral.objects.filter(vacancy=vacancy, candidate=candidate).open().exists():
        raise NotRanked
    return keep_override(vacancy, candidate, OverrideKind.SET_ASIDE, standing, reason=reason, motive=motive, by=by)


def keep_override(
    vacancy: Vacancy,
    candidate: Candidate,
    kind: OverrideKind,
    standing: Standing,
    *,
    reason: OverrideReason | None,
    motive: str,
    by: Scope,
) -> Override:
    """The record beside the run. Raises ReasonNeeded."""
    if reason not in REASONS_FOR[kind] or not motive.strip():
        raise ReasonNeeded
    return Override.objects.create(
        vacancy=vacancy,
        candidate=candidate,
        run=standing.run,
        kind=kind,
        rank=standing.rank,
        rule=standing.rule or "",
        reason=reason,
        motive=motive.strip(),
        actor_id=by.actor_id,
        actor_label=by.actor_label,
    )
