"""Reads of a person about themself."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.models import Candidate
from sportello.core.models import AccessLogEntry

PURPOSES: dict[str, str | Promise] = {
    "case": _("Segue la tua pratica"),
    "appointment": _("Hai un appuntamento con lo sportello"),
    "contact": _("Ci hai contattato"),
    "proposal": _("Cerca persone per un'offerta"),
    "replacement": _("Sostituisce un collega"),
    "check": _("Controllo di qualità"),
    "application": _("Legge la tua candidatura"),
}
"""Purpose stored in the log -> the sentence the person reads."""


@dataclass(frozen=True)
class Access:
    """One reading of the file, in words."""

    at: datetime
    who: str
    why: str | Promise


def own_accesses(candidate: Candidate, *, limit: int = 100) -> list[Access]:
    """The last readings of a person's file, newest first."""
    rows = AccessLogEntry.objects.filter(subject_id=candidate.pk).order_by("-at")[:limit]
    return [Access(at=row.at, who=row.actor_label, why=PURPOSES[row.purpose]) for row in rows]
