"""What the desk writes to companies about their registration and their vacancies."""

from django.conf import settings
from django.urls import reverse

from employers.models import Company, Vacancy
from sportello.accounts.scope import Scope
from sportello.core.notify import MessageKind, notify, register

COMPANY_DECISION = register(
    MessageKind(
        "company_decision",
        "employers/messages/company_decision_subject.txt",
        "employers/messages/company_decision_body.txt",
        purpose="Dire all'impresa l'esito della registrazione",
    )
)
VACANCY_DECISION = register(
    MessageKind(
        "vacancy_decision",
        "employers/messages/vacancy_decision_subject.txt",
        "employers/messages/vacancy_decision_body.txt",
        purpose="Dire all'impresa l'esito della lettura di un'offerta",
    )
)


def send_company_decision(*, company: Company, by: Scope) -> None:
    """Tell the contact person that the company may publish, or why not."""
    _to_company(COMPANY_DECISION, company, reverse("company_vacancies"), by)


def send_vacancy_decision(*, vacancy: Vacancy, by: Scope) -> None:
    """Tell the contact person that a vacancy is public, or what to correct."""
    path = reverse("vacancy_manage", kwargs={"vacancy": vacancy.pk})
    _to_company(VACANCY_DECISION, vacancy.company, path, by, vacancy=vacancy)


def _to_company(kind: MessageKind, company: Company, path: str, by: Scope, **context: object) -> None:
    # One that came from a register may have no address: the desk calls it.
    if company.contact_email:
        notify(
            kind,
            to=company.contact_email,
            language=settings.LANGUAGE_CODE,
            context={"company": company, "url": settings.SITE_URL + path, **context},
            by=by,
        )
