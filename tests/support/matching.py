"""Referrals and placements for tests."""

from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from candidates.models import Candidate, DisclosureRequest
from candidates.states import DisclosureState
from employers.models import Vacancy
from matching.models import Override, Placement, Referral
from matching.states import NAMELESS_REFERRALS, ReferralState
from tests.support.employers import make_vacancy
from tests.support.personas import make_case, make_user, signed_in


def make_person(vacancy: Vacancy, **fields: Any) -> Candidate:
    """Somebody with an open case at the vacancy's desk."""
    return make_case(vacancy.desk, **fields).candidate


def make_referral(
    vacancy: Vacancy | None = None, candidate: Candidate | None = None, *, state: ReferralState = ReferralState.SENT
) -> Referral:
    """A referral with the disclosure that its state implies."""
    vacancy = vacancy or make_vacancy()
    candidate = candidate or make_person(vacancy)
    disclosures = {
        ReferralState.CONSENT_ASKED: DisclosureState.ASKED,
        ReferralState.DECLINED: DisclosureState.DENIED,
        **dict.fromkeys(NAMELESS_REFERRALS, DisclosureState.WITHDRAWN),
    }
    disclosed = disclosures.get(state, DisclosureState.GRANTED)
    disclosure = DisclosureRequest.objects.create(
        candidate=candidate,
        organisation=vacancy.company.organisation,
        regarding=vacancy.reference,
        state=disclosed,
        answered_at=None if disclosed == DisclosureState.ASKED else timezone.now(),
    )
    return Referral.objects.create(
        vacancy=vacancy,
        candidate=candidate,
        disclosure=disclosure,
        state=state,
        refusal_reason="skills" if state == ReferralState.REFUSED else "",
    )


def make_placement(vacancy: Vacancy | None = None, **fields: Any) -> Placement:
    """A declared placement at the vacancy's desk."""
    vacancy = vacancy or make_vacancy()
    candidate = fields.pop("candidate", None) or make_person(vacancy)
    values: dict[str, Any] = {
        "employer_name": vacancy.company.organisation.name,
        "desk": vacancy.desk,
        "residence": candidate.residence,
        "contract_type": vacancy.contract_type,
        "starts_on": date(2026, 4, 1),
        **fields,
    }
    return Placement.objects.create(candidate=candidate, vacancy=vacancy, company=vacancy.company, **values)


def make_override(vacancy: Vacancy | None = None, candidate: Candidate | None = None, **fields: Any) -> Override:
    """Somebody put forward though no ranking held them."""
    vacancy = vacancy or make_vacancy()
    values = {"kind": "put_forward", "reason": "talked", "motive": "Ci ha mostrato i suoi lavori.", **fields}
    return Override.objects.create(
        vacancy=vacancy, candidate=candidate or make_person(vacancy), actor_label="operator @ tests", **values
    )


def citizen_of(referral: Referral) -> Client:
    """The browser of the person of a referral, signed in to an account of their own."""
    referral.candidate.user = make_user()
    referral.candidate.save()
    return signed_in(referral.candidate.user)
