"""An e-mail comes in: kept once, given to its desk, answered once."""

import hashlib
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candidates.engine.mail import Mail, Nature, Silence, read_mail
from candidates.engine.mail_parts import Attached
from candidates.engine.subject import code_of, subject_key
from candidates.enums import MailRejection
from candidates.models import InboundAttachment, InboundMessage, SubjectCode
from candidates.services.messages import answer_mail
from candidates.states import InboundState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.files import KINDS, check_file
from sportello.core.models import KEPT
from sportello.core.notify import UnsafeMessageError
from sportello.territory.models import Desk

_REJECTED_BY_NATURE = {Nature.BOUNCE: MailRejection.BOUNCE, Nature.AUTO_REPLY: MailRejection.AUTO_REPLY}


@dataclass(frozen=True)
class Received:
    """The letter on file; `is_new` is False for a copy of one that was there."""

    message: InboundMessage
    is_new: bool


@audit.service("mail.receive")
def receive_mail(*, raw: bytes, by: Scope) -> Received:
    """Keep an e-mail, whatever it is, and queue the automatic answer where one may leave.

    The same e-mail, be it in the same moment, is one row and one answer. A code in the subject, or in that of what is forwarded,
    gives the letter to its desk; without one the address written to may tell the desk, and a person reads it.
    """
    addresses = _own_addresses()
    mail = read_mail(raw, own=frozenset(addresses))
    code = _code_of(mail)
    row = InboundMessage(
        identity=mail.identity,
        message_id=mail.message_id,
        sender_name=mail.sender.name,
        sender_address=mail.sender.address,
        original_name=mail.original.name,
        original_address=mail.original.address,
        subject=mail.subject,
        text=mail.text,
        raw=raw,
        nature=mail.nature.value,
        silence=mail.silence.value,
        subject_code=code,
        desk=code.desk if code else _desk_written_to(mail, addresses),
        state=InboundState.NEW if code else InboundState.NEEDS_REVIEW,
    )
    if mail.nature in _REJECTED_BY_NATURE:
        row.state, row.rejection = InboundState.REJECTED, _REJECTED_BY_NATURE[mail.nature]
        row.handled_at = row.received_at
    # Who brings the second copy waits here for the first to be written, then finds it.
    InboundMessage.objects.bulk_create([row], ignore_conflicts=True)
    written = InboundMessage.objects.defer("raw").get(identity=mail.identity)
    if written.pk != row.pk:
        return Received(written, is_new=False)
    InboundAttachment.objects.bulk_create(_listed(row, n, file) for n, file in enumerate(mail.attachments))
    if mail.silence is Silence.NONE:
        _answer(written, by)
    return Received(written, is_new=True)


def forget_old_mail() -> int:
    """Delete the letters kept as long as was promised, with their files; returns how many."""
    old = InboundMessage.objects.filter(received_at__lt=timezone.now() - KEPT)
    return old.delete()[1].get(InboundMessage._meta.label, 0)


def _own_addresses() -> dict[str, Desk | None]:
    """Every address of the service in lower case -> the desk that it alone belongs to."""
    own: dict[str, Desk | None] = {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(): None}
    for desk in Desk.objects.exclude(email="").order_by("name"):
        address = desk.email.lower()
        own[address] = None if address in own else desk
    return own


def _desk_written_to(mail: Mail, addresses: dict[str, Desk | None]) -> Desk | None:
    desks = {desk for address in mail.recipients if (desk := addresses.get(address))}
    return desks.pop() if len(desks) == 1 else None


def _code_of(mail: Mail) -> SubjectCode | None:
    codes = {code.key: code for code in SubjectCode.objects.in_force(timezone.localdate()).select_related("desk")}
    for subject in (mail.subject, mail.original_subject):
        found = code_of(subject_key(subject), list(codes))
        if found:
            return codes[found]
    return None


def _listed(message: InboundMessage, position: int, file: Attached) -> InboundAttachment:
    """What is known of a file, and why it is not handed out, if so."""
    refusal = ""
    try:
        check_file(SimpleUploadedFile("file", file.content), list(KINDS))
    except ValidationError as error:
        refusal = error.messages[0]
    return InboundAttachment(
        message=message, position=position, name=file.name, size=len(file.content), refusal=refusal
    )


def _answer(message: InboundMessage, by: Scope) -> None:
    # A trace of the address, because a key of a message is not a place for one.
    trace = hashlib.sha256(message.sender_address.encode()).hexdigest()
    try:
        answer_mail(message=message, once=f"mail-{trace}-{timezone.localdate()}", by=by)
    except UnsafeMessageError:
        message.silence = Silence.NO_SENDER.value
    else:
        message.answered = True
    message.save(update_fields=["silence", "answered"])
