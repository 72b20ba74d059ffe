"""What the registration writes to people."""

from django.conf import settings
from django.urls import reverse

from candidates.models import Intake, RegistrationDraft
from sportello.accounts.scope import Scope
from sportello.core.notify import MessageKind, notify, register

RESUME = register(
    MessageKind(
        "registration_resume",
        "candidates/messages/resume_subject.txt",
        "candidates/messages/resume_body.txt",
        purpose="Riprendere la registrazione cominciata",
    )
)
RECEIPT = register(
    MessageKind(
        "registration_receipt",
        "candidates/messages/receipt_subject.txt",
        "candidates/messages/receipt_body.txt",
        purpose="Dare la ricevuta della registrazione",
    )
)


def send_resume_message(*, draft: RegistrationDraft, token: str, language: str) -> None:
    """E-mail the link that resumes the draft."""
    url = settings.SITE_URL + reverse("registration_resume", kwargs={"token": token})
    notify(RESUME, to=draft.email, language=language, context={"url": url, "expires_at": draft.expires_at})


def send_receipt(*, intake: Intake, by: Scope) -> None:
    """E-mail the receipt, once, to a person who left an address."""
    candidate = intake.candidate
    if candidate.email:
        notify(
            RECEIPT,
            to=candidate.email,
            language=candidate.language,
            context={"intake": intake, "candidate": candidate, "site": settings.SITE_URL},
            subject_id=candidate.pk,
            dedupe_key=f"receipt-{intake.pk}",
            by=by,
        )
