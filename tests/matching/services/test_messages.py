"""Who is written what about a referral; a company's mail holds no name."""

from collections.abc import Callable

import pytest

from matching.services import messages
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.matching import make_placement, make_referral

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")

TO_THE_PERSON = {
    messages.ask_consent: ReferralState.CONSENT_ASKED,
    messages.confirm_consent: ReferralState.SENT,
    messages.tell_person: ReferralState.INTERVIEW,
}


@pytest.mark.parametrize("send", TO_THE_PERSON)
def test_the_person_reads_which_job_it_is_about(send: Callable[..., None]) -> None:
    referral = make_referral(state=TO_THE_PERSON[send])
    send(referral=referral, by=BY)
    message = Message.objects.get()
    assert (message.recipient, message.subject_id) == (referral.candidate.email, referral.candidate_id)
    assert referral.vacancy.title in message.body
    assert "/mia-pagina/candidature/" in message.body


@pytest.mark.parametrize("send", TO_THE_PERSON)
def test_a_person_without_an_address_hears_it_by_voice(send: Callable[..., None]) -> None:
    referral = make_referral(state=TO_THE_PERSON[send])
    referral.candidate.email = ""
    send(referral=referral, by=BY)
    assert not Message.objects.exists()


def test_the_companys_mail_holds_no_name() -> None:
    referral = make_referral()
    messages.tell_company(referral=referral, by=BY)
    message = Message.objects.get()
    assert message.recipient == referral.vacancy.company.contact_email
    assert f"/impresa/offerte/{referral.vacancy_id}/candidature/" in message.body
    person = referral.candidate
    for secret in (person.first_name, person.last_name, person.email):
        assert secret not in message.subject + message.body


def test_the_company_reads_why_a_hire_is_not_confirmed() -> None:
    referral = make_referral(state=ReferralState.HIRED)
    placement = make_placement(referral.vacancy, candidate=referral.candidate)
    placement.rejection_reason = "La comunicazione non risulta"
    messages.tell_company_of_rejection(referral=referral, placement=placement, by=BY)
    message = Message.objects.get()
    assert "La comunicazione non risulta" in message.body
    assert f"/impresa/candidature/{referral.pk}/" in message.body


def test_a_company_without_an_address_is_called() -> None:
    referral = make_referral()
    referral.vacancy.company.contact_email = ""
    messages.tell_company(referral=referral, by=BY)
    assert not Message.objects.exists()
