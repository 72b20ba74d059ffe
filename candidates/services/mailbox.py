"""The box on the mail server: each message is kept first and marked afterwards, so that whoever dies in between loses nothing."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from candidates.models import Mailbox
from candidates.services.mail_intake import receive_mail
from sportello.accounts.scope import Scope

logger = structlog.get_logger(__name__)

TIMEOUT_SECONDS = 20
AT_ONCE = 200
"""Messages of one turn: a full box is emptied in several, each well within the time between two."""

_LOCK = 0x5350_4D41_494C
"""Advisory lock of whoever reads; any number that nobody else takes."""
_PORTS = {"imap": 143, "imaps": 993}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_NUMBERS = re.compile(rb"\d+")


@dataclass(frozen=True)
class _Address:
    """Where the box stands, out of IMAP_URL."""

    is_encrypted: bool
    host: str
    port: int
    user: str
    password: str
    folder: str

    @classmethod
    def of(cls, url: str) -> "_Address":
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("IMAP_URL is not an address of the kind imaps://name:password@host/folder")
        return cls(
            is_encrypted=parts.scheme == "imaps",
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.lstrip("/")) or "INBOX",
        )

    @property
    def name(self) -> str:
        return f"{self.user}@{self.host}/{self.folder}"


def read_mailbox(*, by: Scope) -> int | None:
    """Keep what has arrived in the box; how many messages are new, None when there is no box or somebody else is reading it.

    A server that does not answer is a warning and a date on the box's row, and the next turn begins where this one ended.
    """
    if not settings.IMAP_URL:
        return None
    address = _Address.of(settings.IMAP_URL)
    with _alone() as is_alone:
        if not is_alone:
            return None
        box, _new = Mailbox.objects.get_or_create(name=address.name)
        try:
            with _open(address) as server:
                kept = _keep_all(server, box, by)
        except (OSError, imaplib.IMAP4.error) as error:
            # The text of the error may quote the server, which may quote the password.
            logger.warning("mailbox_not_read", error=type(error).__name__)
            box.failed_at, box.failure = timezone.now(), type(error).__name__
            box.save(update_fields=["failed_at", "failure"])
            return 0
        box.read_at, box.failed_at, box.failure = timezone.now(), None, ""
        box.save(update_fields=["read_at", "failed_at", "failure"])
        return kept


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else reads; a reader that dies loses the lock with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        is_alone = bool(cursor.fetchone()[0])
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


@contextmanager
def _open(address: _Address) -> Iterator[imaplib.IMAP4]:
    """Signed in, the folder chosen. A password travels encrypted, or to this machine alone."""
    server: imaplib.IMAP4
    if address.is_encrypted:
        context = ssl.create_default_context()
        server = imaplib.IMAP4_SSL(address.host, address.port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    else:
        server = imaplib.IMAP4(address.host, address.port, timeout=TIMEOUT_SECONDS)
        if address.host not in _LOOPBACK:
            server.starttls(ssl.create_default_context())
    try:
        server.login(address.user, address.password)
        # Quoted as the protocol asks: a folder may have spaces in its name.
        folder = address.folder.replace("\\", "\\\\").replace('"', '\\"')
        _said(server.select(f'"{folder}"'))
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()
        # Where the line broke and no farewell could be said; else it is closed by now, which is an OSError.
        with suppress(OSError):
            server.shutdown()


def _keep_all(server: imaplib.IMAP4, box: Mailbox, by: Scope) -> int:
    """Every message that nobody has opened, and every one that came since, opened or not: people look into the box too."""
    validity, coming = (int(_number(server.response(key)[1])) for key in ("UIDVALIDITY", "UIDNEXT"))
    if box.uid_validity != validity:
        # The first reading, or a box made anew: what was opened before is history, and gets no answer.
        box.uid_validity, box.last_uid = validity, coming - 1
        box.save(update_fields=["uid_validity", "last_uid"])
    waiting = set(_uids(server, "UNSEEN"))
    # "n:*" names the last message also where it is older than n.
    since = {uid for uid in _uids(server, f"UID {box.last_uid + 1}:*") if uid > box.last_uid}
    kept = 0
    for uid in sorted(waiting | since)[:AT_ONCE]:
        raw = _raw(server, uid)
        if raw is None:
            continue  # somebody has taken it out of the box in the meantime
        try:
            with transaction.atomic():
                kept += receive_mail(raw=raw, by=by).is_new
                if uid > box.last_uid:
                    box.last_uid = uid
                    box.save(update_fields=["last_uid"])
        except (
            Exception
        ) as error:  # whatever is wrong with one letter, the others are read; it stays unseen for the next turn
            logger.warning("mail_not_kept", error=type(error).__name__, size=len(raw))
            continue
        _said(server.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)"))
    return kept


def _uids(server: imaplib.IMAP4, *criteria: str) -> list[int]:
    lines = _said(server.uid("SEARCH", *criteria))
    return [int(number) for line in lines if line for number in line.split()]


def _raw(server: imaplib.IMAP4, uid: int) -> bytes | None:
    """The message as it came; reading it so leaves it unseen."""
    parts = _said(server.uid("FETCH", str(uid), "(BODY.PEEK[])"))
    found: bytes | None = next((part[1] for part in parts if isinstance(part, tuple)), None)
    return found


def _said(answer: tuple[str, list[Any]]) -> list[Any]:
    """What the server answers, once it has said OK. Raises imaplib.IMAP4.error."""
    status, lines = answer
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return lines


def _number(lines: list[Any]) -> bytes:
    found = _NUMBERS.search(lines[0] or b"") if lines else None
    if found is None:
        raise imaplib.IMAP4.error("the server does not number its messages")
    return found.group()
