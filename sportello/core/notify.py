"""One door for every message to a person: rendered once, kept as a row, sent at most once by a job."""

import re
import smtplib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context, Engine
from django.utils import timezone, translation
from django.utils.functional import Promise

from sportello.core import jobs, sms
from sportello.core.audit import Actor
from sportello.core.models import KEPT, Message, MessageChannel, MessageState

SEND = "sportello.core.tasks.send_message"
_E164 = re.compile(r"\+[1-9]\d{6,14}")


class UnsafeMessageError(ValueError):
    """A recipient or a subject that could carry a second header, no address at all, or a text too long for a telephone."""


@dataclass(frozen=True)
class MessageKind:
    """A reason to write to people: plain-text templates and the purpose that people read beside each message.

    The subject template must give one line of at most 200 characters. The text of a message that opens a door (a link that
    lets its reader in) is forgotten once it has left. A kind with an `sms_template` may go to a telephone; one that
    `can_be_paused` is a courtesy, which a person may ask not to have. `is_wanted` is asked in the transaction that sends, and
    holds the row which it judges until the message has left: what it asks for cannot be done in between.
    """

    key: str
    subject_template: str
    body_template: str
    purpose: Promise | str
    opens_a_door: bool = False
    sms_template: str = ""
    can_be_paused: bool = False
    is_wanted: Callable[[Message], bool] | None = None


_kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> MessageKind:
    """Make the kind known; raises ValueError when its key is taken."""
    if kind.key in _kinds:
        raise ValueError(f"message kind {kind.key} is registered twice")
    _kinds[kind.key] = kind
    return kind


def purpose_of(key: str) -> Promise | str:
    """Why messages of a kind are written, in words; the key itself for a kind that is no more."""
    kind = _kinds.get(key)
    return kind.purpose if kind else key


def notify(
    kind: MessageKind,
    *,
    to: str,
    language: str,
    context: Mapping[str, object],
    channel: MessageChannel = MessageChannel.EMAIL,
    subject_id: UUID | None = None,
    about_id: UUID | None = None,
    dedupe_key: str | None = None,
    not_before: datetime | None = None,
    by: Actor | None = None,
) -> Message:
    """Render the message in the recipient's language and queue it in the caller's transaction.

    `subject_id` is the person it is about, `about_id` the row that `kind.is_wanted` judges. With a `dedupe_key` the same
    message is written and sent once, however often it is asked: the first one is returned. `by` appears in the templates as
    `by`. Raises UnsafeMessageError.
    """
    short = channel == MessageChannel.SMS
    with translation.override(language):
        values = {**context, "by": by}
        subject = "" if short else _plain_text(kind.subject_template, values).strip()
        body = _plain_text(kind.sms_template if short else kind.body_template, values).strip()
    _refuse_unsafe(channel, to, subject, body)
    message = Message(
        kind=kind.key,
        channel=channel,
        language=language,
        recipient=to,
        subject_id=subject_id,
        about_id=about_id,
        subject=subject,
        body=body if short else body + "\n",
    )
    if dedupe_key:
        message.dedupe_key = dedupe_key
    Message.objects.bulk_create([message], ignore_conflicts=True)
    written = Message.objects.get(dedupe_key=str(message.dedupe_key))
    if written.pk == message.pk:
        jobs.enqueue(SEND, str(message.pk), key=str(message.pk), not_before=not_before)
    return written


def send_message(message_id: UUID) -> None:
    """Send a queued message and mark it sent; an address that the server refuses marks it failed.

    The row stays locked while the message leaves, so a second run waits and finds it sent. A message that is not wanted any
    more is dropped; one whose person was erased is gone. Raises OSError, SMTPException or sms.NotSent while another attempt is left.
    """
    failure: Exception | None = None
    if not _begin(message_id):
        return
    with transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).filter(pk=message_id).first()
        if message is None or message.state not in (MessageState.QUEUED, MessageState.SENDING):
            return
        kind = _kinds.get(message.kind)
        if message.about_id and kind is None:
            raise LookupError(f"nobody knows whether a message of kind {message.kind} is still wanted")
        if kind and kind.is_wanted and not kind.is_wanted(message):
            message.state = MessageState.DROPPED
        else:
            failure = _send(message)
        if kind and kind.opens_a_door and message.state != MessageState.QUEUED:
            message.body = ""
        message.save(update_fields=["state", "sent_at", "body"])
    if failure:
        raise failure


def _begin(message_id: UUID) -> bool:
    """Whether this run may send. A short message says so for good before it leaves: cut off, it is not sent twice."""
    short = Message.objects.filter(pk=message_id, channel=MessageChannel.SMS)
    if not short.exists() or short.filter(state=MessageState.QUEUED).update(state=MessageState.SENDING):
        return True
    short.filter(state=MessageState.SENDING).update(state=MessageState.FAILED)
    return False


def _send(message: Message) -> Exception | None:
    """Let it leave and set its state; the error of a message that stays queued, to be tried again."""
    try:
        if message.channel == MessageChannel.SMS:
            sms.send(to=message.recipient, text=message.body, key=str(message.pk))
        else:
            _mail(message)
    except (OSError, smtplib.SMTPException, sms.NotSent, sms.Refused) as error:
        if not _is_final(error) and not jobs.is_last_attempt():
            message.state = MessageState.QUEUED
            return error
        message.state = MessageState.FAILED
    else:
        message.state = MessageState.SENT
        message.sent_at = timezone.now()
    return None


def _mail(message: Message) -> None:
    EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.recipient],
        # The same identifier at every attempt: a server that got the mail before the line broke can tell the copy.
        headers={"Message-ID": f"<{message.pk}@sportello>", "Auto-Submitted": "auto-generated"},
    ).send()


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
    if isinstance(error, sms.Refused):
        return True
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _reason in error.recipients.values()
    )


def _refuse_unsafe(channel: MessageChannel, to: str, subject: str, body: str) -> None:
    if channel == MessageChannel.SMS:
        if not _E164.fullmatch(to):
            raise UnsafeMessageError("the recipient is not a telephone number")
        if not body or len(body) > sms.LONGEST:
            raise UnsafeMessageError(f"the text is not one of 1 to {sms.LONGEST} characters")
        return
    try:
        validate_email(to)
    except ValidationError:
        raise UnsafeMessageError("the recipient is not an e-mail address") from None
    if not subject or len(subject) > 200 or not subject.isprintable():
        raise UnsafeMessageError("the subject is not one line of 1 to 200 characters")
