"""An e-mail as it arrives, read without ever failing. No database, no words for people.

Headers are read as RFC 5322 and 2047 say and as programs write them in spite of it; what stops a reply follows RFC 3834, what is a
failed delivery RFC 3464.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from enum import StrEnum
from typing import Final

from candidates.engine.mail_parts import (
    NOBODY,
    Attached,
    Writer,
    body_of,
    forwarded,
    header_line,
    writer_of,
    writers_of,
)

LONGEST_LINE: Final = 500

_ROBOTS = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|non-?rispondere|bounces?|listserv|majordomo)([+.@-]|$)"
)
_AWAY = re.compile(
    r"^\W*(risposta automatica|messaggio automatico|out of office|automatic reply|auto(?:matic)?[ -]?reply|fuori ufficio|assente|assenza)\b",
    re.IGNORECASE,
)


class Nature(StrEnum):
    """Who wrote: somebody, a server that could not deliver, or a program that answers for somebody."""

    LETTER = "letter"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"


class Silence(StrEnum):
    """Why nothing is answered; the empty one answers."""

    NONE = ""
    NO_SENDER = "no_sender"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    BULK = "bulk"
    SUPPRESSED = "suppressed"
    OWN = "own"


@dataclass(frozen=True)
class Mail:
    """What an e-mail says of itself; nothing in it is proved.

    `identity` is the same for two copies of one message: of the Message-ID and the sender, or of all bytes where there is none.
    `original` and `original_subject` are those of the message forwarded inside, empty without one.
    """

    identity: str
    message_id: str = ""
    sender: Writer = NOBODY
    recipients: frozenset[str] = frozenset()
    subject: str = ""
    text: str = ""
    nature: Nature = Nature.LETTER
    silence: Silence = Silence.NO_SENDER
    original: Writer = NOBODY
    original_subject: str = ""
    attachments: tuple[Attached, ...] = ()
    readable: bool = True


def read_mail(raw: bytes, *, own: frozenset[str] = frozenset()) -> Mail:
    """The message of these bytes, whatever they are; `own` are the addresses of the service, in lower case.

    What cannot be read at all gives a Mail that is not `readable`, with nothing but its identity.
    """
    try:
        return _read(raw, own)
    except Exception:  # the parser of the standard library fails in many ways on spoilt mail, and no mail may be lost
        return Mail(identity=_digest(raw), readable=False)


def _read(raw: bytes, own: frozenset[str]) -> Mail:
    message = message_from_bytes(raw)
    sender = writer_of(message, "From")
    if not sender.address:
        sender = replace(writer_of(message, "Reply-To"), name=sender.name)
    message_id = header_line(message, "Message-ID")
    body = body_of(message)
    original, original_subject = forwarded(body)
    nature = _nature(message, sender)
    return Mail(
        identity=_digest(f"{message_id}\n{sender.address}".encode()) if message_id else _digest(raw),
        message_id=message_id[:LONGEST_LINE],
        sender=sender,
        recipients=frozenset(
            writer.address
            for field in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
            for writer in writers_of(message, field)
            if writer.address
        ),
        subject=header_line(message, "Subject")[:LONGEST_LINE],
        text=body.text,
        nature=nature,
        silence=_silence(message, sender, nature, own),
        original=original,
        original_subject=original_subject[:LONGEST_LINE],
        attachments=body.attached,
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _nature(message: Message, sender: Writer) -> Nature:
    kind = message.get_content_type()
    local = sender.address.partition("@")[0]
    if (
        (kind == "multipart/report" and str(message.get_param("report-type", "")).lower() == "delivery-status")
        or local == "mailer-daemon"
        or header_line(message, "X-Failed-Recipients")
        or (local == "postmaster" and header_line(message, "Return-Path") == "<>")
    ):
        return Nature.BOUNCE
    automatic = header_line(message, "Auto-Submitted").lower().partition(";")[0].strip()
    if (
        automatic.startswith("auto-replied")
        or header_line(message, "X-Autoreply").lower() not in ("", "no")
        or header_line(message, "X-Autorespond")
        or header_line(message, "X-Auto-Reply-From")
        or header_line(message, "Precedence").lower() == "auto_reply"
        or kind == "multipart/report"  # read receipts (RFC 8098)
        or _AWAY.match(header_line(message, "Subject"))
    ):
        return Nature.AUTO_REPLY
    return Nature.LETTER


def _silence(message: Message, sender: Writer, nature: Nature, own: frozenset[str]) -> Silence:
    """Why an automatic reply must not leave (RFC 3834, section 2)."""
    if nature is Nature.BOUNCE:
        return Silence.BOUNCE
    if not sender.address or header_line(message, "Return-Path") == "<>":
        return Silence.NO_SENDER
    if sender.address in own:
        return Silence.OWN
    automatic = header_line(message, "Auto-Submitted").lower().partition(";")[0].strip()
    if nature is Nature.AUTO_REPLY or automatic not in ("", "no") or _ROBOTS.match(sender.address):
        return Silence.AUTOMATIC
    if header_line(message, "Precedence").lower() in ("bulk", "list", "junk") or any(
        message.get(field) for field in ("List-Id", "List-Unsubscribe", "List-Post", "X-Loop")
    ):
        return Silence.BULK
    suppressed = {word.strip() for word in header_line(message, "X-Auto-Response-Suppress").lower().split(",")}
    return Silence.SUPPRESSED if suppressed & {"all", "oof", "autoreply"} else Silence.NONE
