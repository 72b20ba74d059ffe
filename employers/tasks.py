"""What the clock does with vacancies."""

from celery import shared_task

from employers.services.vacancy import expire_vacancies as expire
from sportello.accounts.scope import Scope


@shared_task(name="employers.expire_vacancies")
def expire_vacancies() -> None:
    """Every night; run twice it finds nothing."""
    expire(by=Scope.of_process("vacancy expiry"))
