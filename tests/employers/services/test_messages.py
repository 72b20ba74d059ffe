"""What companies are written about themselves and their vacancies."""

import pytest

from employers.services.messages import send_company_decision, send_vacancy_decision
from employers.states import CompanyState, VacancyState
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company, make_vacancy

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_a_rejected_company_reads_why() -> None:
    company = make_company(state=CompanyState.REJECTED, decision_reason="La partita IVA risulta cessata")
    send_company_decision(company=company, by=BY)
    message = Message.objects.get()
    assert message.recipient == company.contact_email
    assert "La partita IVA risulta cessata" in message.body


@pytest.mark.parametrize(
    ("state", "reason"), [(VacancyState.PUBLISHED, ""), (VacancyState.RETURNED, "Manca l'orario di lavoro")]
)
def test_a_decision_on_a_vacancy_names_it_and_leads_to_it(state: VacancyState, reason: str) -> None:
    vacancy = make_vacancy(title="Barista al mattino", state=state, moderation_reason=reason)
    send_vacancy_decision(vacancy=vacancy, by=BY)
    message = Message.objects.get()
    assert "Barista al mattino" in message.subject + message.body
    assert f"/impresa/offerte/{vacancy.pk}/" in message.body
    assert reason in message.body


def test_a_company_without_an_address_is_not_written_to() -> None:
    company = make_company(contact_email="")
    send_company_decision(company=company, by=BY)
    send_vacancy_decision(vacancy=make_vacancy(company), by=BY)
    assert not Message.objects.exists()
