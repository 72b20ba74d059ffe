"""Referrals: one at a time between a person and a vacancy, hidden from the company until the yes."""

import pytest
from django.utils import timezone

from matching.models import Referral
from matching.states import OPEN_REFERRALS, ReferralState
from tests.support.employers import make_vacancy
from tests.support.matching import make_person, make_referral
from tests.support.personas import make_operator, make_user, scope
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

ENDED = {ReferralState.WITHDRAWN, ReferralState.DECLINED, ReferralState.OBSOLETE}


@pytest.mark.parametrize("state", ReferralState)
def test_a_person_goes_again_only_after_what_was_given_up(state: ReferralState) -> None:
    first = make_referral(state=state)
    again = Referral(vacancy=first.vacancy, candidate=first.candidate, disclosure=first.disclosure)
    if state in ENDED:
        again.save()
        assert Referral.objects.count() == 2
    else:
        with refused("one_open_referral_per_vacancy_and_person"):
            again.save()


def test_a_refusal_says_why() -> None:
    referral = make_referral()
    with refused("refused_referral_knows_why"):
        Referral.objects.filter(pk=referral.pk).update(state="refused")


def test_the_company_knows_nothing_before_the_yes_nor_of_erased_people() -> None:
    vacancy = make_vacancy()
    made = {state: make_referral(vacancy, state=state) for state in ReferralState}
    erased = make_referral(vacancy)
    erased.candidate.erased_at = timezone.now()
    erased.candidate.save()
    hidden = {ReferralState.CONSENT_ASKED, ReferralState.DECLINED}
    assert set(Referral.objects.sent_to_company()) == {made[state] for state in set(ReferralState) - hidden}
    assert set(Referral.objects.open()) == {erased, *(made[state] for state in OPEN_REFERRALS)}


def test_the_person_and_their_desk_see_a_referral_and_nobody_else() -> None:
    referral, other = make_referral(), make_referral()
    user = make_user()
    referral.candidate.user = user
    referral.candidate.save()
    for who, seen in (
        (user, {referral}),
        (make_operator(referral.vacancy.desk), {referral}),
        (make_operator(other.vacancy.desk), {other}),
        (make_operator(), set()),
    ):
        assert set(Referral.objects.visible_to(scope(who))) == seen


def test_the_desk_reads_the_wait_in_its_own_words() -> None:
    person = make_person(vacancy := make_vacancy())
    referral = make_referral(vacancy, person, state=ReferralState.CONSENT_ASKED)
    assert str(referral.desk_label) == "In attesa del sì della persona"
    referral.state = ReferralState.SENT
    assert referral.desk_label == ReferralState.SENT.label
