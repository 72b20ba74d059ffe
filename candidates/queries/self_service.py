"""Reads of a person about themself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from candidates.enums import FilePart, ReadingPurpose
from candidates.models import Appointment, Candidate
from candidates.states import AppointmentState
from sportello.accounts.enums import Role
from sportello.core.models import AccessLogEntry


@dataclass(frozen=True)
class Access:
    """One reading of the file, in words."""

    at: datetime
    who: str
    what: str
    why: str


def own_accesses(candidate: Candidate, *, limit: int | None = 100) -> list[Access]:
    """The last readings of a person's file, newest first; all of them without a limit."""
    rows = AccessLogEntry.objects.filter(subject_id=candidate.pk).order_by("-at", "-pk")[:limit]
    return [
        Access(
            at=row.at,
            who=_in_words(row.actor_label),
            what=str(FilePart(row.part).label),
            why=str(ReadingPurpose(row.purpose).label),
        )
        for row in rows
    ]


def own_meeting(candidate: Candidate, pk: UUID) -> Appointment:
    """A meeting that the person still expects, or a 404."""
    expected = candidate.appointments.filter(state=AppointmentState.BOOKED, starts_at__gt=timezone.now())
    return get_object_or_404(expected.select_related("desk__municipality", "operator"), pk=pk)


def _in_words(actor_label: str) -> str:
    """`Scope.actor_label`, "operator @ AFOL; official @ Segrate", as the reader's language says it."""
    offices = []
    for office in actor_label.split("; "):
        role, at, body = office.partition(" @ ")
        offices.append(f"{Role(role).label}, {body}" if at and role in Role else office)
    return "; ".join(offices)
