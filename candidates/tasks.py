"""What the clock does with registrations, e-mails and the agenda."""

from celery import shared_task

from candidates.services.mail_intake import forget_old_mail
from candidates.services.reception import note_shortages
from candidates.services.registration import forget_expired_drafts
from sportello.accounts.scope import Scope


@shared_task(name="candidates.forget_drafts")
def forget_drafts() -> None:
    """Every night; run twice it finds nothing."""
    forget_expired_drafts()


@shared_task(name="candidates.forget_mail")
def forget_mail() -> None:
    """Every night; run twice it finds nothing."""
    forget_old_mail()


@shared_task(name="candidates.look_for_free_hours")
def look_for_free_hours() -> None:
    """Every hour; run twice it writes the same."""
    note_shortages(by=Scope.of_process("look_for_free_hours"))
