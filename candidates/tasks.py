"""What the clock does with registrations, e-mails and the agenda."""

from uuid import UUID

from celery import shared_task

from candidates.models import ServicePact
from candidates.services import invitation, signing
from candidates.services.draft import forget_expired_drafts
from candidates.services.mail_intake import forget_old_mail
from candidates.services.mailbox import read_mailbox
from candidates.services.reception import note_shortages
from sportello.accounts.scope import Scope
from sportello.core import jobs

_CLOCK = Scope.of_process("clock")


@shared_task(name="candidates.forget_drafts")
def forget_drafts() -> None:
    """Every minute; run twice it finds nothing."""
    forget_expired_drafts()


@shared_task(name="candidates.forget_mail")
def forget_mail() -> None:
    """Every night; run twice it finds nothing."""
    forget_old_mail()


@shared_task(name="candidates.read_mailbox")
def read_mail() -> None:
    """Every two minutes; of two that run at once one goes away, and a message read twice is kept once."""
    read_mailbox(by=_CLOCK)


@shared_task(name="candidates.look_for_free_hours")
def look_for_free_hours() -> None:
    """Every hour; run twice it writes the same."""
    note_shortages(by=_CLOCK)


@shared_task(name="candidates.request_reminders")
def request_reminders() -> None:
    """Every quarter of an hour; run twice it asks no second time."""
    invitation.request_reminders()


@jobs.job()
def remind_invited(invitation_id: str) -> None:
    invitation.remind_invited(invitation_id=UUID(invitation_id), by=_CLOCK)


@jobs.job()
def convoke_invited(invitation_id: str) -> None:
    invitation.convoke_invited(invitation_id=UUID(invitation_id), by=_CLOCK)


@jobs.job()
def remind_of_meeting(appointment_id: str) -> None:
    invitation.remind_of_meeting(appointment_id=UUID(appointment_id), by=_CLOCK)


@jobs.job()
def print_pact(pact_id: str) -> None:
    signing.print_pact(pact=ServicePact.objects.get(pk=UUID(pact_id)), by=_CLOCK)
