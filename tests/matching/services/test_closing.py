"""When a company closes, nobody who applied there is left waiting."""

import pytest
from django.utils import timezone

from candidates.states import DisclosureState
from employers.enums import ClosingReason
from employers.models import Company
from matching.models import Referral, ReferralTransition
from matching.services.closing import end_company
from matching.services.placement import reject_placement
from matching.services.referral import VacancyClosed, answer_referral, refer
from matching.states import OPEN_REFERRALS, ReferralState, RefusalReason
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company, make_vacancy
from tests.support.matching import make_person, make_placement, make_referral
from tests.support.personas import make_operator, scope
from tests.support.races import while_it_waits

BY = Scope.of_process("tests")


def end(company: Company) -> Company:
    return end_company(company=company, reason=ClosingReason.CEASED, closed_on=timezone.localdate(), by=BY)


@pytest.mark.django_db
def test_open_applications_end_with_the_reason_and_the_others_stay() -> None:
    company = make_company()
    # One for each state, on a vacancy of its own: also those that are over.
    made = {state: make_referral(make_vacancy(company), state=state) for state in ReferralState}
    elsewhere = make_referral(make_vacancy(make_company()))
    end(company)
    for state, referral in made.items():
        referral.refresh_from_db()
        if state in OPEN_REFERRALS:
            assert (referral.state, referral.refusal_reason) == (ReferralState.OBSOLETE, RefusalReason.CLOSED)
            assert [t.reason for t in referral.transitions.all()] == [RefusalReason.CLOSED]
            assert referral.disclosure.state != DisclosureState.GRANTED
        else:
            assert (referral.state, referral.transitions.count()) == (state, 0)
    elsewhere.refresh_from_db()
    assert elsewhere.state == ReferralState.SENT


@pytest.mark.django_db
def test_each_person_is_told_kindly_and_nothing_of_the_desks_note() -> None:
    referral = make_referral()
    end_company(
        company=referral.vacancy.company,
        reason=ClosingReason.INSOLVENT,
        closed_on=timezone.localdate(),
        note="Nota del solo sportello",
        by=BY,
    )
    message = Message.objects.get(recipient=referral.candidate.email)
    assert "L'impresa ha chiuso: non dipende da te" in message.body
    assert "Lo sportello continua a cercare con te" in message.body
    assert not [m for m in Message.objects.all() if "Nota del solo sportello" in m.body]


@pytest.mark.django_db
def test_a_hire_that_is_not_confirmed_after_the_closing_is_no_open_application() -> None:
    referral = make_referral(state=ReferralState.HIRED)
    placement = make_placement(referral.vacancy, candidate=referral.candidate, referral=referral)
    end(referral.vacancy.company)
    by = scope(make_operator(placement.desk))
    reject_placement(placement=placement, reason="Mai cominciato", by=by)
    referral.refresh_from_db()
    assert (referral.state, referral.refusal_reason) == (ReferralState.OBSOLETE, RefusalReason.CLOSED)


@pytest.mark.django_db(transaction=True)
def test_who_is_proposed_in_the_same_moment_is_not_left_waiting() -> None:
    vacancy = make_vacancy()
    first, late = make_person(vacancy), make_person(vacancy)

    def propose_late() -> None:
        with pytest.raises(VacancyClosed):
            refer(vacancy=vacancy, candidate=late, by=BY)

    while_it_waits(
        lambda: refer(vacancy=vacancy, candidate=first, by=BY), lambda: end(Company.objects.get(pk=vacancy.company_id))
    )
    assert [r.state for r in Referral.objects.all()] == [ReferralState.OBSOLETE]
    other = make_vacancy()
    vacancy, late = other, make_person(other)
    while_it_waits(lambda: end(Company.objects.get(pk=other.company_id)), propose_late)
    assert not Referral.objects.open().exists()


@pytest.mark.django_db(transaction=True)
def test_a_yes_given_in_the_same_moment_ends_with_the_company() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    while_it_waits(
        lambda: answer_referral(referral=referral, agreed=True, by=BY),
        lambda: end(Company.objects.get(pk=referral.vacancy.company_id)),
    )
    referral.refresh_from_db()
    assert referral.state == ReferralState.OBSOLETE
    steps = ReferralTransition.objects.order_by("at").values_list("to_state", flat=True)
    assert list(steps) == [ReferralState.SENT, ReferralState.OBSOLETE]
