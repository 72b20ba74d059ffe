"""What the clock does with vacancies."""

from celery import shared_task

from employers.services.vacancy import ask_refresh
from employers.services.vacancy import expire_vacancies as expire
from sportello.accounts.scope import Scope


@shared_task(name="employers.expire_vacancies")
def expire_vacancies() -> None:
    """Every night; run twice it finds nothing."""
    expire(by=Scope.of_process("vacancy expiry"))


@shared_task(name="employers.ask_vacancy_refresh")
def ask_vacancy_refresh() -> None:
    """Every night; each company is asked once for each end of a vacancy."""
    ask_refresh(by=Scope.of_process("vacancy refresh"))
