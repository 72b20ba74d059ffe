"""Whoever applied to a company goes on with the one that takes its place, and is seen only by whom they said yes to."""

import pytest
from django.utils import timezone

from candidates.models import DisclosureRequest
from candidates.states import DisclosureState
from employers.enums import SuccessionKind
from employers.models import Company, CompanySuccession
from matching.models import Placement, Referral
from matching.queries.referrals import is_disclosed
from matching.services.placement import hire, reject_placement
from matching.services.referral import (
    NotAllowed,
    answer_referral,
    express_interest,
    withdraw_referral,
)
from matching.services.succession import pass_on_company
from matching.states import GOING_ON, ReferralState
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company, make_contract_type, make_vacancy
from tests.support.matching import make_person, make_placement, make_referral
from tests.support.personas import make_candidate, make_operator, scope
from tests.support.races import while_it_waits
from tests.support.territory import make_desk

BY = Scope.of_process("tests")
TAKEOVER, DUPLICATE = SuccessionKind.TAKEOVER, SuccessionKind.DUPLICATE


def pass_on(company: Company, successor: Company, kind: str = TAKEOVER) -> CompanySuccession:
    return pass_on_company(
        company=company, successor=successor, kind=kind, since=timezone.localdate(), motive="Atto", by=BY
    )


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SuccessionKind)
def test_every_application_stays_where_it_was_and_who_waits_is_told(kind: SuccessionKind) -> None:
    company, successor = make_company(), make_company(name="Pane Spa")
    made = {state: make_referral(make_vacancy(company), state=state) for state in ReferralState}
    elsewhere = make_referral(make_vacancy(successor))
    pass_on(company, successor, kind)
    for state, referral in made.items():
        referral.refresh_from_db()
        told = Message.objects.filter(recipient=referral.candidate.email)
        assert (referral.state, referral.vacancy.company) == (state, successor)
        assert told.count() == (1 if state in GOING_ON else 0)
        assert all("Pane Spa" in message.body for message in told)
    elsewhere.refresh_from_db()
    assert (elsewhere.disclosure.state, Message.objects.filter(recipient=elsewhere.candidate.email).count()) == (
        DisclosureState.GRANTED,
        0,
    )


@pytest.mark.django_db
def test_a_yes_to_one_employer_is_none_to_another() -> None:
    company, successor = make_company(), make_company()
    made = {state: make_referral(make_vacancy(company), state=state) for state in ReferralState}
    pass_on(company, successor)
    for state, before in made.items():
        referral = Referral.objects.get(pk=before.pk)
        assert not is_disclosed(referral)
        if state in GOING_ON:
            asked = (referral.disclosure.organisation, referral.disclosure.state, referral.disclosure.answered_by)
            assert asked == (successor.organisation, DisclosureState.ASKED, "")
            assert referral.is_asked_anew == (state != ReferralState.CONSENT_ASKED)


@pytest.mark.django_db
def test_a_name_that_was_hidden_stays_hidden_and_is_not_asked_for() -> None:
    company, successor = make_company(), make_company()
    hired = make_referral(make_vacancy(company), state=ReferralState.HIRED)
    withdraw_referral(referral=hired, by=BY)
    pass_on(company, successor)
    hired.refresh_from_db()
    assert hired.disclosure.state == DisclosureState.WITHDRAWN


@pytest.mark.django_db
def test_of_one_company_the_yes_holds() -> None:
    company, kept = make_company(), make_company()
    made = {state: make_referral(make_vacancy(company), state=state) for state in ReferralState}
    before = {pk: is_disclosed(Referral.objects.get(pk=pk)) for pk in (r.pk for r in made.values())}
    pass_on(company, kept, DUPLICATE)
    assert {r.pk: is_disclosed(r) for r in Referral.objects.all()} == before
    assert set(DisclosureRequest.objects.values_list("organisation", flat=True)) == {kept.organisation_id}


@pytest.mark.django_db
@pytest.mark.parametrize("agreed", [True, False])
def test_the_answer_to_the_new_employer_decides_over_the_name_alone(agreed: bool) -> None:
    referral = make_referral(state=ReferralState.INTERVIEW)
    company = referral.vacancy.company
    pass_on(company, make_company())
    operator = make_operator(company.desk)
    answered = answer_referral(referral=referral, agreed=agreed, by=scope(operator))
    assert (answered.state, is_disclosed(answered)) == (ReferralState.INTERVIEW, agreed)
    assert not referral.transitions.exists()
    # A yes that somebody else wrote down is told to the person.
    assert Message.objects.filter(kind="referral_consent_recorded").count() == int(agreed)
    if agreed:
        with pytest.raises(NotAllowed):
            answer_referral(referral=referral, agreed=True, by=BY)
    else:
        # One may still change their mind, or go.
        assert is_disclosed(answer_referral(referral=referral, agreed=True, by=BY))
        assert withdraw_referral(referral=referral, by=BY).state == ReferralState.WITHDRAWN


@pytest.mark.django_db
def test_who_has_not_said_yes_is_not_hired_and_loses_no_offer() -> None:
    referral = make_referral(state=ReferralState.OFFER)
    hired = make_referral(state=ReferralState.HIRED)
    placement = make_placement(hired.vacancy, candidate=hired.candidate, referral=hired)
    for one in (referral, hired):
        pass_on(one.vacancy.company, make_company())
    with pytest.raises(NotAllowed):
        hire(referral=referral, contract_type=make_contract_type(), starts_on=timezone.localdate(), by=BY)
    assert not Placement.objects.filter(referral=referral).exists()
    reject_placement(placement=placement, reason="Mai cominciato", by=scope(make_operator(placement.desk)))
    hired.refresh_from_db()
    assert (hired.state, hired.is_asked_anew) == (ReferralState.OFFER, True)


@pytest.mark.django_db
def test_the_silence_of_the_old_employer_is_not_the_new_ones() -> None:
    referral = make_referral(state=ReferralState.VIEWED)
    Referral.objects.filter(pk=referral.pk).update(chased_at=timezone.now())
    pass_on(referral.vacancy.company, make_company())
    referral.refresh_from_db()
    assert referral.chased_at is None


@pytest.mark.django_db
def test_months_later_the_desk_asks_the_successor() -> None:
    company, successor = make_company(name="Forno Rossi"), make_company(make_desk())
    known = make_placement(make_vacancy(company))
    alone = make_placement(make_vacancy(company), candidate=make_candidate())
    pass_on(company, successor)
    for one in (known, alone):
        one.refresh_from_db()
        assert (one.company, one.employer_name) == (successor, "Forno Rossi")
    assert (known.desk, alone.desk) == (company.desk, successor.desk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("applies_first", [True, False])
def test_an_application_of_the_same_moment_is_not_lost(applies_first: bool) -> None:
    company, successor = make_company(), make_company()
    vacancy = make_vacancy(company)
    person = make_person(vacancy)
    acts = (
        lambda: express_interest(vacancy=vacancy, candidate=person, by=BY),
        lambda: pass_on(company, successor),
    )
    while_it_waits(*(acts if applies_first else reversed(acts)))
    referral = Referral.objects.get()
    assert (referral.state, referral.vacancy.company) == (ReferralState.SENT, successor)
    # Before, the yes was to the old employer; after, to the new one.
    assert is_disclosed(referral) != applies_first
    assert referral.disclosure.organisation == successor.organisation


@pytest.mark.django_db(transaction=True)
def test_a_hire_of_the_same_moment_goes_on_under_the_successor() -> None:
    company, successor = make_company(), make_company()
    referral = make_referral(make_vacancy(company), state=ReferralState.OFFER)
    contract = make_contract_type()
    while_it_waits(
        lambda: hire(referral=referral, contract_type=contract, starts_on=timezone.localdate(), by=BY),
        lambda: pass_on(company, successor),
    )
    assert Placement.objects.get().company == successor
    referral.refresh_from_db()
    assert (referral.state, is_disclosed(referral)) == (ReferralState.HIRED, False)


@pytest.mark.django_db(transaction=True)
def test_a_yes_of_the_same_moment_is_to_the_employer_that_was_asked_for() -> None:
    company, successor = make_company(), make_company()
    referral = make_referral(make_vacancy(company), state=ReferralState.CONSENT_ASKED)
    while_it_waits(lambda: answer_referral(referral=referral, agreed=True, by=BY), lambda: pass_on(company, successor))
    assert not is_disclosed(Referral.objects.get())
