"""A referral from the question to the person to the company's answer; every step is locked, checked and logged."""

from uuid import UUID

from django.db import IntegrityError, transaction

from candidates.models import Candidate, DisclosureRequest
from candidates.services.disclosure import answer_disclosure, ask_disclosure
from candidates.states import DisclosureState
from employers.models import Vacancy
from employers.services.interest import require_impartial
from employers.states import CompanyState, VacancyState
from matching.models import Referral, ReferralTransition
from matching.models.referral import ReferralQuerySet
from matching.queries.overrides import standing_of
from matching.services.messages import ask_consent, confirm_consent, tell_company, tell_person
from matching.services.override import keep_override
from matching.states import (
    GIVEN_REASONS,
    NAMELESS_REFERRALS,
    OPEN_REFERRALS,
    REFERRAL_TRANSITIONS,
    OverrideKind,
    OverrideReason,
    ReferralState,
    RefusalReason,
)
from sportello.accounts.scope import Scope
from sportello.core import audit

COMPANY_STEPS = frozenset({ReferralState.VIEWED, ReferralState.INTERVIEW, ReferralState.OFFER, ReferralState.REFUSED})
"""What a company may say of an application; a hire is `services.placement.hire`."""


class NotAllowed(Exception):
    """The referral's state does not permit the step, or its reason is missing."""


class AlreadyReferred(Exception):
    """The person has a referral for this vacancy already."""


class VacancyClosed(Exception):
    """The vacancy takes no new applications."""


class AgainstTheLaw(Exception):
    """The person fails a rule that nobody may lift."""


@audit.service("referral.refer")
def refer(
    *,
    vacancy: Vacancy,
    candidate: Candidate,
    by: Scope,
    note: str = "",
    reason: OverrideReason | None = None,
    motive: str = "",
) -> Referral:
    """Ask the person whether the company may see them; whom the ranking does not hold is put forward for a `reason`, which is kept.

    Raises VacancyClosed, AlreadyReferred, AgainstTheLaw, ReasonNeeded, ConflictOfInterest.
    """
    require_impartial(vacancy.company_id, by=by)
    standing = standing_of(vacancy, candidate)
    if standing.is_unlawful:
        raise AgainstTheLaw
    referral = _create(vacancy, candidate, by, note=note, proposal_id=standing.proposal_id)
    if standing.is_outside:
        keep_override(vacancy, candidate, OverrideKind.PUT_FORWARD, standing, reason=reason, motive=motive, by=by)
    ask_consent(referral=referral, by=by)
    return referral


@audit.service("referral.interest")
def express_interest(*, vacancy: Vacancy, candidate: Candidate, by: Scope) -> Referral:
    """The person's own initiative: the yes is in the act. Raises VacancyClosed, AlreadyReferred."""
    referral = _create(vacancy, candidate, by)
    return _send(referral, by)


@audit.service("referral.answer")
def answer_referral(*, referral: Referral, agreed: bool, by: Scope) -> Referral:
    """Record the person's yes or no; a yes sends the profile, and one that somebody else wrote down is told to the person.

    Of an application that went on under another employer it decides over the name alone. Raises NotAllowed, and VacancyClosed
    for a late yes.
    """
    referral = lock_referral(referral)
    if referral.state != ReferralState.CONSENT_ASKED and not referral.is_asked_anew:
        raise NotAllowed
    if agreed:
        if referral.is_asked_anew:
            referral.disclosure = _record_answer(referral.disclosure, agreed=True, by=by)
        else:
            _check_open(referral.vacancy)
            referral = _send(referral, by)
        if by.user_id is None or by.user_id != referral.candidate.user_id:
            confirm_consent(referral=referral, by=by)
        return referral
    referral.disclosure = _record_answer(referral.disclosure, agreed=False, by=by)
    return referral if referral.is_asked_anew else move(referral, ReferralState.DECLINED, by=by)


@audit.service("referral.withdraw")
def withdraw_referral(*, referral: Referral, by: Scope) -> Referral:
    """The person takes the application back, and with it the right to see their name.

    Of one that is closed, a hire too, they take back the name alone. Raises NotAllowed when there is nothing to take back.
    """
    referral = lock_referral(referral)
    if referral.state not in OPEN_REFERRALS:
        if not _end_disclosure(referral, by):
            raise NotAllowed
        return referral
    referral = move(referral, ReferralState.WITHDRAWN, by=by)
    _record_answer(referral.disclosure, agreed=False, by=by)
    return referral


@audit.service("referral.move")
def move_referral(
    *,
    referral: Referral,
    to: ReferralState,
    by: Scope,
    reason: str = "",
    message_to_person: str = "",
    message_to_desk: str = "",
) -> Referral:
    """A step of the company; a refusal needs its coded reason. The person reads only their own message.

    Raises NotAllowed.
    """
    referral = lock_referral(referral)
    if to not in COMPANY_STEPS or (to == ReferralState.REFUSED and reason not in GIVEN_REASONS):
        raise NotAllowed
    referral.refusal_reason = reason if to == ReferralState.REFUSED else ""
    referral.message_to_person = message_to_person or referral.message_to_person
    referral.message_to_desk = message_to_desk or referral.message_to_desk
    referral = move(referral, to, by=by, reason=reason)
    if to != ReferralState.VIEWED:
        tell_person(referral=referral, by=by)
    return referral


@audit.service("referral.reopen")
def reopen_referral(*, referral: Referral, reason: str, by: Scope) -> Referral:
    """The hire was not confirmed: the company may declare it again, unless it is closed or the person has hidden their name.

    Raises NotAllowed.
    """
    referral = lock_referral(referral)
    if referral.state != ReferralState.HIRED:
        raise NotAllowed
    if referral.vacancy.company.state == CompanyState.CLOSED:
        return close_with_company(referral=referral, by=by)
    # One who has not yet answered a new employer has hidden nothing.
    is_hidden = referral.disclosure.state not in (DisclosureState.GRANTED, DisclosureState.ASKED)
    return _step(referral, ReferralState.OFFER if not is_hidden else ReferralState.WITHDRAWN, by=by, reason=reason)


def close_with_company(*, referral: Referral, by: Scope) -> Referral:
    """End a locked row because its company is closed, and tell the person that it is not about them."""
    referral.refusal_reason = RefusalReason.CLOSED
    referral = _step(referral, ReferralState.OBSOLETE, by=by, reason=RefusalReason.CLOSED)
    tell_person(referral=referral, by=by)
    return referral


def lock_referral(referral: Referral) -> Referral:
    """The row as it is now, held until the end of the transaction, with what its messages need."""
    return lock_referrals(Referral.objects.filter(pk=referral.pk)).get()


def lock_referrals(referrals: ReferralQuerySet) -> ReferralQuerySet:
    """The same held until the end of the transaction, those that by then still answer the question, in order of id."""
    return (
        referrals.select_for_update(of=("self",))
        # Read after the lock: rows joined to one that was waited for would be as they were before the wait.
        .prefetch_related("vacancy__company__organisation", "candidate", "disclosure")
        .order_by("pk")
    )


def move(referral: Referral, to: ReferralState, *, by: Scope, reason: str = "") -> Referral:
    """Apply one lawful transition to a locked row, with its log entry; some end the disclosure. Raises NotAllowed."""
    if to not in REFERRAL_TRANSITIONS[ReferralState(referral.state)]:
        raise NotAllowed
    return _step(referral, to, by=by, reason=reason)


def _step(referral: Referral, to: ReferralState, *, by: Scope, reason: str) -> Referral:
    ReferralTransition.objects.create(
        referral=referral,
        from_state=referral.state,
        to_state=to,
        reason=reason,
        actor_id=by.actor_id,
        actor_label=by.actor_label,
    )
    referral.state = to
    referral.chased_at = None
    referral.save()
    if to in NAMELESS_REFERRALS:
        _end_disclosure(referral, by)
    return referral


def _create(
    vacancy: Vacancy, candidate: Candidate, by: Scope, *, note: str = "", proposal_id: UUID | None = None
) -> Referral:
    # As a hire does, person before vacancy: what closes the vacancy comes before this, or waits and finds the new referral.
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    held = Vacancy.objects.select_for_update(of=("self",))
    vacancy = held.prefetch_related("company__organisation").get(pk=vacancy.pk)
    _check_open(vacancy)
    disclosure = ask_disclosure(
        candidate=candidate, organisation=vacancy.company.organisation, regarding=vacancy.reference, by=by
    )
    try:
        with transaction.atomic():
            return Referral.objects.create(
                vacancy=vacancy,
                candidate=candidate,
                proposal_id=proposal_id,
                disclosure=disclosure,
                note=note,
                referred_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise AlreadyReferred from error


def _check_open(vacancy: Vacancy) -> None:
    if vacancy.state != VacancyState.PUBLISHED or not Vacancy.objects.published().filter(pk=vacancy.pk).exists():
        raise VacancyClosed


def _send(referral: Referral, by: Scope) -> Referral:
    referral.disclosure = _record_answer(referral.disclosure, agreed=True, by=by)
    referral = move(referral, ReferralState.SENT, by=by)
    tell_company(referral=referral, by=by)
    return referral


def _end_disclosure(referral: Referral, by: Scope) -> bool:
    """Close a name that is open; whether it was."""
    was_granted = referral.disclosure.state == DisclosureState.GRANTED
    if was_granted:
        referral.disclosure = answer_disclosure(request=referral.disclosure, state=DisclosureState.WITHDRAWN, by=by)
    return was_granted


def _record_answer(disclosure: DisclosureRequest, *, agreed: bool, by: Scope) -> DisclosureRequest:
    """Bring the disclosure to the answer; the same answer given again changes nothing."""
    was_granted = disclosure.state == DisclosureState.GRANTED
    if agreed == was_granted and disclosure.state != DisclosureState.ASKED:
        return disclosure
    refusal = DisclosureState.WITHDRAWN if was_granted else DisclosureState.DENIED
    return answer_disclosure(request=disclosure, state=DisclosureState.GRANTED if agreed else refusal, by=by)
