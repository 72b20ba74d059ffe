"""What was written to a person, and how they want to hear from the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from candidates.models import BookingInvitation, Candidate, ContactPreference
from candidates.states import OPEN_INVITATION
from sportello.core.models import Message, MessageChannel, MessageState
from sportello.core.notify import purpose_of


@dataclass(frozen=True)
class Notice:
    """One message, in words; `failed` is whether it did not arrive, as far as we know."""

    at: datetime
    purpose: str | Promise
    text: str
    channel: str | Promise
    state: str | Promise
    failed: bool


def notices_of(candidate: Candidate, *, limit: int = 50) -> list[Notice]:
    """The last messages about a person that were written to them, the newest first; one query."""
    rows = Message.objects.filter(subject_id__in=Candidate.objects.of_one_person(candidate).values("pk")).order_by(
        "-created_at", "pk"
    )[:limit]
    return [
        Notice(
            at=row.sent_at or row.created_at,
            purpose=purpose_of(row.kind),
            # Of a long letter its subject is enough; a short message has none.
            text=row.subject or row.body,
            channel=MessageChannel(row.channel).label,
            state=MessageState(row.state).label,
            failed=row.state in (MessageState.FAILED, MessageState.SENDING),
        )
        for row in rows
    ]


def preference_of(candidate: Candidate) -> ContactPreference:
    """What the person chose, or what holds for who has chosen nothing."""
    return ContactPreference.objects.filter(candidate=candidate).first() or ContactPreference(candidate=candidate)


def open_invitation(candidate: Candidate) -> BookingInvitation | None:
    """The invitation that waits for the person."""
    return candidate.booking_invitations.filter(state__in=OPEN_INVITATION).select_related("desk").first()
