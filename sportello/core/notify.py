"""One door for every message to a person: rendered once, kept as a row, sent at most once by a job."""

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context, Engine
from django.utils import timezone, translation

from sportello.core import jobs
from sportello.core.audit import Actor
from sportello.core.models import KEPT, Message, MessageState

SEND = "sportello.core.tasks.send_message"


class UnsafeMessageError(ValueError):
    """A recipient or a subject that could carry a second header, or no address at all."""


@dataclass(frozen=True)
class MessageKind:
    """A reason to write to people: plain-text templates and the purpose shown in the record of processing.

    The subject template must give one line of at most 200 characters. The text of a message that opens a door (a link that
    lets its reader in) is forgotten once it has left.
    """

    key: str
    subject_template: str
    body_template: str
    purpose: str
    opens_a_door: bool = False


_kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> MessageKind:
    """Make the kind known; raises ValueError when its key is taken."""
    if kind.key in _kinds:
        raise ValueError(f"message kind {kind.key} is registered twice")
    _kinds[kind.key] = kind
    return kind


def notify(
    kind: MessageKind,
    *,
    to: str,
    language: str,
    context: Mapping[str, object],
    subject_id: UUID | None = None,
    dedupe_key: str | None = None,
    by: Actor | None = None,
) -> Message:
    """Render the message in the recipient's language and queue it in the caller's transaction.

    `subject_id` is the person it is about. With a `dedupe_key` the same message is written and sent once, however often it is
    asked: the first one is returned. `by` appears in the templates as `by`. Raises UnsafeMessageError.
    """
    with translation.override(language):
        values = {**context, "by": by}
        subject = _plain_text(kind.subject_template, values).strip()
        body = _plain_text(kind.body_template, values).strip() + "\n"
    _refuse_unsafe(to, subject)
    message = Message(kind=kind.key, language=language, recipient=to, subject_id=subject_id, subject=subject, body=body)
    if dedupe_key:
        message.dedupe_key = dedupe_key
    Message.objects.bulk_create([message], ignore_conflicts=True)
    written = Message.objects.get(dedupe_key=str(message.dedupe_key))
    if written.pk == message.pk:
        jobs.enqueue(SEND, str(message.pk), key=str(message.pk))
    return written


def send_message(message_id: UUID) -> None:
    """Send a queued message and mark it sent; an address that the server refuses marks it failed.

    The row stays locked while the mail leaves, so a second run waits and finds it sent. Raises OSError or SMTPException while
    another attempt is left.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
        if message.state != MessageState.QUEUED:
            return
        mail = EmailMessage(
            subject=message.subject,
            body=message.body,
            to=[message.recipient],
            # The same identifier at every attempt: a server that got the mail before the line broke can tell the copy.
            headers={"Message-ID": f"<{message.pk}@sportello>", "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except (OSError, smtplib.SMTPException) as error:
            if not _is_final(error) and not jobs.is_last_attempt():
                raise
            message.state = MessageState.FAILED
        else:
            message.state = MessageState.SENT
            message.sent_at = timezone.now()
        kind = _kinds.get(message.kind)
        if kind and kind.opens_a_door:
            message.body = ""
        message.save(update_fields=["state", "sent_at", "body"])


def forget() -> int:
    """Delete the messages written longer ago than they may be kept; returns how many."""
    old = Message.objects.filter(created_at__lt=timezone.now() - KEPT)
    return old.exclude(state=MessageState.QUEUED).delete()[0]


def _plain_text(template: str, values: dict[str, object]) -> str:
    """Nothing is escaped: an apostrophe stays an apostrophe."""
    text: str = Engine.get_default().get_template(template).render(Context(values, autoescape=False))
    return text


def _is_final(error: Exception) -> bool:
    """Whether the server refused the address for good: codes below 500 ask to come back later (RFC 5321, 4.2.1)."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _reason in error.recipients.values()
    )


def _refuse_unsafe(to: str, subject: str) -> None:
    try:
        validate_email(to)
    except ValidationError:
        raise UnsafeMessageError("the recipient is not an e-mail address") from None
    if not subject or len(subject) > 200 or not subject.isprintable():
        raise UnsafeMessageError("the subject is not one line of 1 to 200 characters")
