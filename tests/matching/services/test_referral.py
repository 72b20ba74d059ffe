"""From the question to the person to the company's answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from candidates.models import Profile
from candidates.states import DisclosureState
from employers.states import VacancyState
from matching.models import Override, Referral
from matching.services import referral as services
from matching.services.override import ReasonNeeded
from matching.services.run import run_match
from matching.states import REFERRAL_TRANSITIONS, OverrideReason, ReferralState, RefusalReason
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company, make_vacancy
from tests.support.matching import make_person, make_referral
from tests.support.personas import make_operator, make_user, scope
from tests.support.races import while_it_waits

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_a_proposal_waits_for_the_person_and_tells_only_them() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    referral = services.refer(vacancy=vacancy, candidate=person, note="Molto precisa", by=BY)
    assert (referral.state, referral.disclosure.state) == (ReferralState.CONSENT_ASKED, DisclosureState.ASKED)
    assert list(Message.objects.values_list("recipient", flat=True)) == [person.email]


def test_a_yes_opens_the_name_and_tells_the_company_without_naming() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    answered = services.answer_referral(referral=referral, agreed=True, by=BY)
    assert (answered.state, answered.disclosure.state) == (ReferralState.SENT, DisclosureState.GRANTED)
    message = Message.objects.get(kind="referral_sent")
    assert message.recipient == referral.vacancy.company.contact_email
    assert referral.candidate.last_name not in message.subject + message.body


def test_a_yes_written_down_by_another_is_told_to_the_person_and_their_own_is_not() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    services.answer_referral(referral=referral, agreed=True, by=scope(make_operator(referral.vacancy.desk)))
    message = Message.objects.get(kind="referral_consent_recorded")
    assert message.recipient == referral.candidate.email
    assert f"/mia-pagina/candidature/{referral.pk}/" in message.body
    own = make_referral(state=ReferralState.CONSENT_ASKED)
    own.candidate.user = make_user()
    own.candidate.save()
    services.answer_referral(referral=own, agreed=True, by=scope(own.candidate.user))
    assert Message.objects.filter(kind="referral_consent_recorded").count() == 1


def test_a_company_without_an_address_gets_the_application_and_no_message() -> None:
    vacancy = make_vacancy(make_company(contact_email=""))
    referral = services.express_interest(vacancy=vacancy, candidate=make_person(vacancy), by=BY)
    assert referral.state == ReferralState.SENT
    assert not Message.objects.exists()


def test_a_no_closes_and_the_company_never_knows() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    answered = services.answer_referral(referral=referral, agreed=False, by=BY)
    answered.disclosure.refresh_from_db()
    assert (answered.state, answered.disclosure.state) == (ReferralState.DECLINED, DisclosureState.DENIED)
    assert not Message.objects.exists()


def test_asked_again_after_a_no_the_person_may_say_no_or_yes() -> None:
    referral = make_referral(state=ReferralState.DECLINED)
    again = services.refer(vacancy=referral.vacancy, candidate=referral.candidate, by=BY)
    assert services.answer_referral(referral=again, agreed=False, by=BY).state == ReferralState.DECLINED
    third = services.refer(vacancy=referral.vacancy, candidate=referral.candidate, by=BY)
    assert services.answer_referral(referral=third, agreed=True, by=BY).disclosure.state == DisclosureState.GRANTED


@pytest.mark.parametrize("state", [s for s in ReferralState if s != ReferralState.CONSENT_ASKED])
def test_an_answer_is_given_once(state: ReferralState) -> None:
    referral = make_referral(state=state)
    with pytest.raises(services.NotAllowed):
        services.answer_referral(referral=referral, agreed=True, by=BY)


def test_own_initiative_is_sent_at_once() -> None:
    vacancy = make_vacancy()
    referral = services.express_interest(vacancy=vacancy, candidate=make_person(vacancy), by=BY)
    assert (referral.state, referral.disclosure.state) == (ReferralState.SENT, DisclosureState.GRANTED)
    assert referral.transitions.get().to_state == ReferralState.SENT


@pytest.mark.parametrize("state", [s for s in VacancyState if s != VacancyState.PUBLISHED])
def test_a_vacancy_that_is_not_public_takes_nobody(state: VacancyState) -> None:
    vacancy = make_vacancy(state=state)
    with pytest.raises(services.VacancyClosed):
        services.express_interest(vacancy=vacancy, candidate=make_person(vacancy), by=BY)
    late = make_referral(make_vacancy(state=state), state=ReferralState.CONSENT_ASKED)
    with pytest.raises(services.VacancyClosed):
        services.answer_referral(referral=late, agreed=True, by=BY)
    assert Referral.objects.get().state == ReferralState.CONSENT_ASKED


def test_one_referral_a_vacancy_and_person() -> None:
    referral = make_referral()
    with pytest.raises(services.AlreadyReferred):
        services.refer(vacancy=referral.vacancy, candidate=referral.candidate, by=BY)


@pytest.mark.parametrize("to", ReferralState)
@pytest.mark.parametrize("state", ReferralState)
def test_only_lawful_steps_of_the_company_pass(state: ReferralState, to: ReferralState) -> None:
    referral = make_referral(state=state)
    lawful = to in REFERRAL_TRANSITIONS[state] and to in services.COMPANY_STEPS
    if lawful:
        moved = services.move_referral(referral=referral, to=to, reason=RefusalReason.SKILLS, by=BY)
        assert (moved.state, moved.transitions.get().from_state) == (to, state)
        return
    with pytest.raises(services.NotAllowed):
        services.move_referral(referral=referral, to=to, reason=RefusalReason.SKILLS, by=BY)
    referral.refresh_from_db()
    assert (referral.state, referral.transitions.count()) == (state, 0)


@pytest.mark.parametrize("reason", ["", "too old"])
def test_a_refusal_needs_a_coded_reason(reason: str) -> None:
    with pytest.raises(services.NotAllowed):
        services.move_referral(referral=make_referral(), to=ReferralState.REFUSED, reason=reason, by=BY)


def test_the_person_never_reads_the_words_for_the_desk() -> None:
    referral = services.move_referral(
        referral=make_referral(),
        to=ReferralState.REFUSED,
        reason=RefusalReason.EXPERIENCE,
        message_to_person="Grazie del tempo",
        message_to_desk="Mandateci altri",
        by=BY,
    )
    body = Message.objects.get(recipient=referral.candidate.email).body
    assert "Grazie del tempo" in body
    assert "Mandateci altri" not in body


def test_taking_it_back_closes_the_name() -> None:
    referral = services.withdraw_referral(referral=make_referral(), by=BY)
    referral.disclosure.refresh_from_db()
    assert (referral.state, referral.disclosure.state) == (ReferralState.WITHDRAWN, DisclosureState.WITHDRAWN)


@pytest.mark.parametrize("how", ["refused", "obsolete", "withdrawn"])
def test_the_name_closes_with_the_application(how: str) -> None:
    referral = make_referral()
    if how == "refused":
        services.move_referral(referral=referral, to=ReferralState.REFUSED, reason=RefusalReason.SKILLS, by=BY)
    elif how == "obsolete":
        services.move(services.lock_referral(referral), ReferralState.OBSOLETE, by=BY)
    else:
        services.withdraw_referral(referral=referral, by=BY)
    referral.refresh_from_db()
    assert (referral.state, referral.disclosure.state) == (how, DisclosureState.WITHDRAWN)


def test_a_question_that_falls_unanswered_was_not_a_no() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    services.move(services.lock_referral(referral), ReferralState.OBSOLETE, by=BY)
    referral.refresh_from_db()
    assert referral.disclosure.state == DisclosureState.ASKED


def test_a_hired_person_may_hide_the_name_and_stays_hired() -> None:
    referral = services.withdraw_referral(referral=make_referral(state=ReferralState.HIRED), by=BY)
    assert (referral.state, referral.disclosure.state) == (ReferralState.HIRED, DisclosureState.WITHDRAWN)
    with pytest.raises(services.NotAllowed):
        services.withdraw_referral(referral=referral, by=BY)


@pytest.mark.django_db(transaction=True)
def test_who_takes_back_a_yes_of_the_same_moment_withdraws_it() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    while_it_waits(
        lambda: services.answer_referral(referral=referral, agreed=True, by=BY),
        lambda: services.withdraw_referral(referral=referral, by=BY),
    )
    referral = Referral.objects.select_related("disclosure").get(pk=referral.pk)
    assert (referral.state, referral.disclosure.state) == (ReferralState.WITHDRAWN, DisclosureState.WITHDRAWN)


def test_who_is_in_the_list_needs_no_reason_and_keeps_the_proposal() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    run = run_match(vacancy=vacancy, by=BY)
    referral = services.refer(vacancy=vacancy, candidate=person, by=BY)
    assert referral.proposal == run.proposals.get()
    assert not Override.objects.exists()


def test_whom_the_ranking_does_not_hold_is_put_forward_for_a_reason() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    run = run_match(vacancy=vacancy, by=BY, limit=0)
    with pytest.raises(ReasonNeeded):
        services.refer(vacancy=vacancy, candidate=person, by=BY)
    assert not Referral.objects.exists()
    services.refer(
        vacancy=vacancy, candidate=person, reason=OverrideReason.TALKED, motive="Ha portato le sue opere.", by=BY
    )
    kept = Override.objects.get()
    assert (kept.run, kept.rank, kept.rule, kept.reason) == (run, None, "", OverrideReason.TALKED)


def test_a_rule_of_choice_is_lifted_for_a_reason_and_a_rule_of_law_never() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    Profile.objects.filter(candidate=person).update(hours_wanted="part_time")
    why: dict[str, Any] = {"reason": OverrideReason.ACCEPTS, "motive": "Ora accetta il tempo pieno."}
    Profile.objects.filter(candidate=person).update(work_permit_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(services.AgainstTheLaw):
        services.refer(vacancy=vacancy, candidate=person, by=BY, **why)
    Profile.objects.filter(candidate=person).update(work_permit_until=None)
    services.refer(vacancy=vacancy, candidate=person, by=BY, **why)
    kept = Override.objects.get()
    assert (kept.run, kept.rank, kept.rule) == (None, None, "hours")
