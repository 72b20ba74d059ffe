"""What is typed of a registration before it is sent: saved step by step, resumed, handed over, forgotten."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from candidates.enums import IntakeChannel
from candidates.models import Candidate, RegistrationDraft
from candidates.queries.registration import LAST_STEP, TWO_PEOPLE, TYPED, WALK_IN
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.rules import parameter
from sportello.territory.models import Desk

LONGEST_ANSWER = 1000
"""Signs of one answer that a draft keeps: several times the longest field."""


def start_draft(
    *,
    desk: Desk | None = None,
    started_by: User | None = None,
    channel: IntakeChannel | str = IntakeChannel.ONLINE,
    is_walk_in: bool = False,
) -> RegistrationDraft:
    """An empty draft that lasts as many days as the rule says."""
    days = int(parameter("registration_draft_days", on=timezone.localdate()).value)
    return RegistrationDraft.objects.create(
        desk=desk,
        started_by=started_by,
        channel=channel,
        data={WALK_IN: {}} if is_walk_in else {},
        expires_at=timezone.now() + timedelta(days=days),
    )


def save_step(*, draft: RegistrationDraft, step: int, data: dict[str, Any]) -> None:
    """Keep the answers of one step; later steps already answered stay."""
    unfinished = {number: typed for number, typed in draft.data.get(TYPED, {}).items() if number != str(step)}
    _save(draft, {**draft.data, str(step): data, TYPED: unfinished}, email=data.get("email") or "")


def save_typed(*, draft: RegistrationDraft, step: int, typed: Mapping[str, list[str]], email: str = "") -> None:
    """Keep a step as it was typed, right or not: it must be finished before the steps after it. `email` is one that is right."""
    kept = {name: [_storable_text(value) for value in values] for name, values in typed.items()}
    _save(draft, {**draft.data, TYPED: {**draft.data.get(TYPED, {}), str(step): kept}}, email=email)


def save_walk_in(*, draft: RegistrationDraft, who: dict[str, Any], where: dict[str, Any], came: dict[str, Any]) -> None:
    """Keep the one page of a walk-in, in the places of the steps that ask the same."""
    draft.data = {**draft.data, "1": who, "2": where, WALK_IN: came}
    draft.email = where["email"]
    draft.save(update_fields=["data", "email", "updated_at"])


def answer_lookalikes(*, draft: RegistrationDraft, others: Iterable[Candidate], motive: str) -> None:
    """Keep in the draft that the person is none of these, and why: the pairs are decided when the registration is sent."""
    said = {str(other.pk): motive for other in others}
    draft.data = {**draft.data, TWO_PEOPLE: {**draft.data.get(TWO_PEOPLE, {}), **said}}
    draft.save(update_fields=["data", "updated_at"])


@audit.service("registration.take_over")
def take_over_draft(*, draft: RegistrationDraft, by: Scope) -> RegistrationDraft:
    """Who serves the desk goes on with what a colleague began."""
    draft = lock_draft(draft)
    draft.started_by_id = by.account_id
    draft.save(update_fields=["started_by"])
    return draft


@audit.service("registration.discard")
def discard_draft(*, draft: RegistrationDraft, by: Scope) -> None:
    """Forget a registration half done, with all that was typed; one that was sent stays."""
    RegistrationDraft.objects.filter(pk=draft.pk, finished_at__isnull=True).delete()


def issue_resume_token(*, draft: RegistrationDraft) -> str:
    """Secret for the e-mailed link; only its hash is kept, and a new one voids the old."""
    token = secrets.token_urlsafe(32)
    draft.token_hash = _hash(token)
    draft.save(update_fields=["token_hash"])
    return token


def draft_by_token(token: str) -> RegistrationDraft | None:
    """The open draft of an e-mailed link, or None when it is unknown, finished or expired."""
    return RegistrationDraft.objects.filter(
        token_hash=_hash(token), finished_at__isnull=True, expires_at__gt=timezone.now()
    ).first()


def forget_expired_drafts() -> int:
    """Delete the drafts that can no longer be resumed, with all that was typed; returns how many."""
    deleted, _ = RegistrationDraft.objects.filter(expires_at__lte=timezone.now()).delete()
    return deleted


def lock_draft(draft: RegistrationDraft) -> RegistrationDraft:
    """The draft as it is now, held until the end of the transaction."""
    # Without joins: who waited for the lock would read the joined rows as they were before it.
    return RegistrationDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)


def _save(draft: RegistrationDraft, data: dict[str, Any], *, email: str) -> None:
    draft.data = data
    draft.step = next((n for n in range(1, LAST_STEP) if str(n) not in data or str(n) in data[TYPED]), LAST_STEP)
    if email:
        draft.email = email
    draft.save(update_fields=["data", "step", "email", "updated_at"])


def _storable_text(value: str) -> str:
    """Without the sign that PostgreSQL cannot keep, and not longer than anything that a step asks."""
    return value.replace("\x00", "")[:LONGEST_ANSWER]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
