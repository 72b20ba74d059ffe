"""A hire, and the check that it really happened."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from candidates.enums import SpellKind
from candidates.models import Candidate
from candidates.services.status import confirm_spell
from employers.models import Vacancy
from employers.services.interest import require_impartial
from employers.services.vacancy import fill_vacancy, reopen_vacancy
from employers.states import VACANCY_TRANSITIONS, VacancyState
from matching.models import Placement, PlacementCheck, Referral
from matching.queries.referrals import is_disclosed
from matching.services.messages import tell_company_of_rejection, tell_person
from matching.services.referral import NotAllowed, lock_referral, lock_referrals, move, reopen_referral
from matching.states import CheckOutcome, PlacementState, ReferralState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.models import ContractType

HIRING = frozenset({VacancyState.PUBLISHED, VacancyState.PAUSED, VacancyState.EXPIRED})
"""A company that closed the ad to read the applications may still hire from them."""


SPELLS: dict[str, SpellKind | None] = {
    "COLLABORATION": SpellKind.COLLABORATION,
    "COMMERCIAL_AGENCY": SpellKind.SELF_EMPLOYMENT,
    "OCCASIONAL": SpellKind.SELF_EMPLOYMENT,
    "SELF_EMPLOYED": SpellKind.SELF_EMPLOYMENT,
    "INTERNSHIP": SpellKind.INTERNSHIP,
    "PUBLIC_UTILITY": SpellKind.PUBLIC_UTILITY,
    "CIVIL_SERVICE": None,
}
"""What a contract is for the status of unemployment, by its code; every other is a job. Civil service is none of it."""


class NoPostLeft(Exception):
    """Every post of the vacancy is taken, or it was withdrawn."""


class AlreadyPlaced(Exception):
    """This beginning of work is on file already."""


class NoticeUsed(Exception):
    """The code of the mandatory notice has verified another placement already."""


class AlreadyFollowed(Exception):
    """Somebody has asked after this placement for the same term."""


class NotYours(Exception):
    """Another desk's placement, or one that the same person declared: somebody else must check it."""


@audit.service("placement.hire")
def hire(
    *,
    referral: Referral,
    contract_type: ContractType,
    starts_on: date,
    by: Scope,
    ends_on: date | None = None,
    weekly_hours: Decimal | None = None,
) -> Placement:
    """Declare that the person begins: their other open referrals fall, the last post fills the vacancy.

    Raises NoPostLeft, NotAllowed (also while the company does not know who it is), AlreadyPlaced.
    """
    # Always person, vacancy, referrals in this order: two hires at once wait for each other and never lock up.
    person = Candidate.objects.select_for_update(of=("self",)).get(pk=referral.candidate_id)
    vacancy = Vacancy.objects.select_for_update(of=("self",)).get(pk=referral.vacancy_id)
    taken = _posts_taken(vacancy)
    if vacancy.state not in HIRING or taken >= vacancy.posts:
        raise NoPostLeft
    referral = lock_referral(referral)
    if not is_disclosed(referral):
        raise NotAllowed
    referral = move(referral, ReferralState.HIRED, by=by)
    placement = _declare(
        referral,
        person,
        by,
        contract_type=contract_type,
        starts_on=starts_on,
        ends_on=ends_on,
        weekly_hours=weekly_hours,
    )
    # Read under lock: one that another company closes in this moment is waited for and then left out.
    for other in lock_referrals(person.referrals.open().exclude(pk=referral.pk)):
        move(other, ReferralState.OBSOLETE, by=by)
    if taken + 1 >= vacancy.posts and VacancyState.FILLED in VACANCY_TRANSITIONS[VacancyState(vacancy.state)]:
        fill_vacancy(vacancy=vacancy, by=by)
    tell_person(referral=referral, by=by)
    return placement


@audit.service("placement.verify")
def verify_placement(*, placement: Placement, notice_code: str, by: Scope) -> Placement:
    """Confirm it with the code of its mandatory notice, which no other has. Raises NotYours, NotAllowed, NoticeUsed."""
    if not notice_code.strip():
        raise NotAllowed
    placement = _lock_to_check(placement, by)
    placement.state = PlacementState.VERIFIED
    placement.notice_code = notice_code.strip().upper()
    try:
        with transaction.atomic():
            placement = _save_check(placement, by)
    except IntegrityError as error:
        raise NoticeUsed from error
    _write_spell(placement, by)
    return placement


@audit.service("placement.reject")
def reject_placement(*, placement: Placement, reason: str, by: Scope) -> Placement:
    """It did not happen, or not so: its post is free again and the company, told why, may declare it anew.

    Raises NotYours, NotAllowed.
    """
    if not reason.strip():
        raise NotAllowed
    # In the order of `hire`.
    Candidate.objects.select_for_update(of=("self",)).get(pk=placement.candidate_id)
    vacancy = Vacancy.objects.select_for_update(of=("self",)).filter(placements=placement).first()
    placement = _lock_to_check(placement, by)
    placement.state = PlacementState.REJECTED
    placement.rejection_reason = reason.strip()
    placement = _save_check(placement, by)
    if placement.referral:
        referral = reopen_referral(referral=placement.referral, reason=placement.rejection_reason, by=by)
        tell_company_of_rejection(referral=referral, placement=placement, by=by)
    if vacancy and vacancy.state == VacancyState.FILLED and _posts_taken(vacancy) < vacancy.posts:
        reopen_vacancy(vacancy=vacancy, by=by)
    return placement


@audit.service("placement.follow_up")
def follow_up(
    *, placement: Placement, months: int, outcome: str, source: str, by: Scope, ended_on: date | None = None
) -> PlacementCheck:
    """Write down whether the work goes on after so many months; one that ended says on which day, and that day ends it here.

    Raises NotYours, NotAllowed for a placement that is not verified or a missing or impossible day, AlreadyFollowed.
    """
    placement = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if placement.desk_id not in by.desk_ids:
        raise NotYours
    has_ended = outcome in (CheckOutcome.ENDED, CheckOutcome.ELSEWHERE)
    if placement.state != PlacementState.VERIFIED or has_ended != (ended_on is not None):
        raise NotAllowed
    if ended_on and not placement.starts_on <= ended_on <= timezone.localdate():
        raise NotAllowed
    try:
        with transaction.atomic():
            check = PlacementCheck.objects.create(
                placement=placement, months=months, outcome=outcome, source=source, checked_by_id=by.user_id
            )
    except IntegrityError as error:
        raise AlreadyFollowed from error
    if ended_on:
        placement.ends_on = ended_on
        placement.save(update_fields=["ends_on"])
        _write_spell(placement, by)
    return check


def _write_spell(placement: Placement, by: Scope) -> None:
    """The days of this work in the status of unemployment, where its contract counts there."""
    if kind := SPELLS.get(placement.contract_type.code, SpellKind.JOB):
        confirm_spell(
            candidate=placement.candidate,
            kind=kind,
            starts_on=placement.starts_on,
            ends_on=placement.ends_on,
            employer=placement.employer_name,
            by=by,
        )


def _posts_taken(vacancy: Vacancy) -> int:
    return vacancy.placements.exclude(state=PlacementState.REJECTED).count()


def _declare(referral: Referral, person: Candidate, by: Scope, **terms: Any) -> Placement:
    vacancy = referral.vacancy
    try:
        with transaction.atomic():
            return Placement.objects.create(
                candidate=person,
                referral=referral,
                vacancy=vacancy,
                company=vacancy.company,
                employer_name=vacancy.company.organisation.name,
                desk_id=_desk_id_of(person) or vacancy.desk_id,
                residence_id=person.residence_id,
                declared_by_id=by.user_id,
                **terms,
            )
    except IntegrityError as error:
        raise AlreadyPlaced from error


def _desk_id_of(person: Candidate) -> UUID | None:
    """The desk that follows the person or did so last, else the one where they arrived last: it knows their name already."""
    case = person.cases.order_by("-opened_on", F("closed_on").desc(nulls_first=True)).first()
    intake = None if case else person.intakes.order_by("-received_on", "-number").first()
    return case.desk_id if case else intake.desk_id if intake else None


def _lock_to_check(placement: Placement, by: Scope) -> Placement:
    placement = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if placement.desk_id not in by.desk_ids or placement.declared_by_id == by.user_id:
        raise NotYours
    if placement.company_id:
        require_impartial(placement.company_id, by=by)
    if placement.state != PlacementState.DECLARED:
        raise NotAllowed
    return placement


def _save_check(placement: Placement, by: Scope) -> Placement:
    placement.verified_by_id = by.user_id
    placement.verified_at = timezone.now()
    placement.save()
    return placement
