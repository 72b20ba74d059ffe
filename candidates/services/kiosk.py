"""A device of the desk on which people register by themselves: opened, bound, ended; and what they type, which soon goes."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from candidates.enums import IntakeChannel
from candidates.models import Kiosk, RegistrationDraft
from candidates.queries.registration import RECEIPT
from candidates.services.account import write_to_known
from candidates.services.draft import lock_draft
from candidates.services.registration import AlreadyRegistered, finish_draft, register_candidate, registration_of
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.rules import parameter
from sportello.territory.models import Desk
from sportello.territory.queries import opening_of

IDLE_SECONDS = 90
"""Without a touch for so long, whoever stood there has gone: what they typed is wiped."""

WARNED_SECONDS = 60
"""After so long the page asks whether anybody is there; what remains is more than the 20 s that WCAG 2.2.1 asks for."""

_GRACE_SECONDS = 10
"""The page counts by itself and the network takes its time: the server waits a little longer."""


@audit.service("kiosk.open")
def open_kiosk(*, desk: Desk, by: Scope) -> str:
    """A kiosk of the desk until it closes today; the secret that binds one device, once."""
    now = timezone.localtime()
    closes_at = opening_of(desk, now).closes_at
    token = secrets.token_urlsafe(32)
    Kiosk.objects.create(
        desk=desk,
        token_hash=_hash(token),
        opened_by_id=by.user_id,
        opened_at=now,
        ends_at=closes_at or now + timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
    return token


@audit.service("kiosk.bind")
def bind_kiosk(*, token: str, by: Scope) -> str | None:
    """The device's own secret, in the place of the one that opened the door; None when that was used or is over."""
    own = secrets.token_urlsafe(32)
    bound = Kiosk.objects.in_use().filter(token_hash=_hash(token)).update(token_hash=_hash(own))
    return own if bound else None


@audit.service("kiosk.end")
def end_kiosk(*, kiosk: Kiosk, by: Scope) -> None:
    """From now on the device opens nothing; ended twice, it ended the first time."""
    Kiosk.objects.filter(pk=kiosk.pk, ended_at__isnull=True).update(ended_at=timezone.now())


def kiosk_by_token(token: str) -> Kiosk | None:
    """The kiosk in use that the secret belongs to."""
    return Kiosk.objects.in_use().filter(token_hash=_hash(token)).select_related("desk").first()


def begin_at_kiosk(*, kiosk: Kiosk) -> RegistrationDraft:
    """An empty draft that goes when nobody touches it."""
    return RegistrationDraft.objects.create(desk=kiosk.desk, channel=IntakeChannel.KIOSK, expires_at=_soon())


def keep_alive(*, draft: RegistrationDraft) -> None:
    """Somebody is there."""
    draft.expires_at = _soon()
    draft.save(update_fields=["expires_at"])


def wipe(*, draft: RegistrationDraft) -> None:
    """Forget what was typed and not sent."""
    RegistrationDraft.objects.filter(pk=draft.pk, finished_at__isnull=True, started_by__isnull=True).exclude(
        data__has_key=RECEIPT
    ).delete()


@audit.service("registration.send_at_kiosk")
def send_at_kiosk(*, draft: RegistrationDraft, language: str, by: Scope) -> str:
    """Register the person at the device; the number of the receipt.

    Where tax code or address is on file the page says the same: the draft waits for the desk under that number, and the owner is
    written to. Sent twice, it is the same number.
    """
    draft = lock_draft(draft)
    if draft.intake:
        return draft.intake.receipt
    if RECEIPT in draft.data:
        return str(draft.data[RECEIPT])
    if draft.desk is None:
        raise LookupError("a kiosk's draft without a desk")
    registration = replace(registration_of(draft), language=language)
    try:
        intake = register_candidate(registration=registration, channel=IntakeChannel.KIOSK, desk=draft.desk, by=by)
    except AlreadyRegistered:
        write_to_known(tax_code=registration.tax_code, email="", by=by)
        return _leave_to_the_desk(draft)
    return finish_draft(draft, intake).receipt


def _leave_to_the_desk(draft: RegistrationDraft) -> str:
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('candidates_intake_number')")
        number = f"SL-{today.year}-{cursor.fetchone()[0]:06d}"
    draft.data = {**draft.data, RECEIPT: number}
    draft.expires_at = timezone.now() + timedelta(days=int(parameter("registration_draft_days", on=today).value))
    draft.save(update_fields=["data", "expires_at"])
    return number


def _soon() -> datetime:
    return timezone.now() + timedelta(seconds=IDLE_SECONDS + _GRACE_SECONDS)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
