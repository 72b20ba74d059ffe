"""What the clock does with registrations."""

from celery import shared_task

from candidates.services.registration import forget_expired_drafts


@shared_task(name="candidates.forget_drafts")
def forget_drafts() -> None:
    """Every night; run twice it finds nothing."""
    forget_expired_drafts()
