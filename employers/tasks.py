"""What the clock does with vacancies, and with who waits for them."""

from uuid import UUID

from celery import shared_task

from employers.models import TenderCriterion
from employers.services import alerts, tender
from employers.services.certificate import remind_companies
from employers.services.vacancy import ask_refresh
from employers.services.vacancy import expire_vacancies as expire
from sportello.accounts.scope import Scope
from sportello.core import jobs


@shared_task(name="employers.expire_vacancies")
def expire_vacancies() -> None:
    """Every night; run twice it finds nothing."""
    expire(by=Scope.of_process("vacancy expiry"))


@shared_task(name="employers.ask_vacancy_refresh")
def ask_vacancy_refresh() -> None:
    """Every night; each company is asked once for each end of a vacancy."""
    ask_refresh(by=Scope.of_process("vacancy refresh"))


@shared_task(name="employers.remind_certificates")
def remind_certificates() -> None:
    """Every morning; each company is told once at each distance."""
    remind_companies(by=Scope.of_process("certificate reminders"))


@shared_task(name="employers.request_alerts")
def request_alerts() -> None:
    """Every morning; a search that was written to today is left alone."""
    alerts.request_alerts(by=Scope.of_process("alerts"))


@jobs.job()
def send_alert(saved_id: str) -> None:
    alerts.send_alert(saved_id=UUID(saved_id), by=Scope.of_process("alerts"))


@jobs.job()
def print_tender_check(tender_id: str) -> None:
    found = TenderCriterion.objects.select_related("organisation").get(pk=UUID(tender_id))
    tender.print_check(tender=found, by=Scope.of_process("tender checks"))
