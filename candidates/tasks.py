"""What the clock does with registrations and e-mails."""

from celery import shared_task

from candidates.services.mail_intake import forget_old_mail
from candidates.services.registration import forget_expired_drafts


@shared_task(name="candidates.forget_drafts")
def forget_drafts() -> None:
    """Every night; run twice it finds nothing."""
    forget_expired_drafts()


@shared_task(name="candidates.forget_mail")
def forget_mail() -> None:
    """Every night; run twice it finds nothing."""
    forget_old_mail()
