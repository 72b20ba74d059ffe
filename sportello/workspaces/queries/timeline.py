"""The history of a person, all of it in one list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import DeclarationProvenance, IntakeChannel, NoteVisibility, ServicePactKind
from candidates.models import (
    Appointment,
    AvailabilityDeclaration,
    Candidate,
    Case,
    Contact,
    Intake,
    Merge,
    PlannedAction,
    ServicePact,
)
from candidates.states import AppointmentState, CaseClosing, PlannedActionState
from matching.models import Placement, Referral
from matching.states import PlacementState, ReferralState
from sportello.accounts.scope import Scope


@dataclass(frozen=True)
class Event:
    """One line of a person's history: `text` is what was written, `state` how it stands, in words."""

    day: date
    title: str | Promise
    text: str
    state: str | Promise


@dataclass(frozen=True)
class _Kind:
    title: str | Promise | None
    states: Mapping[str, str | Promise]


def _labels(choices: Any) -> Mapping[str, str | Promise]:
    return dict(choices.choices)


_KINDS: dict[str, _Kind] = {
    "intake": _Kind(_("Registrazione"), _labels(IntakeChannel)),
    "declaration": _Kind(_("Dichiarazione di disponibilità (DID)"), _labels(DeclarationProvenance)),
    "contact": _Kind(None, {NoteVisibility.DESK: _("Solo lo sportello"), NoteVisibility.SHARED: ""}),
    "opened": _Kind(_("Presa in carico"), {}),
    "closed": _Kind(_("Pratica chiusa"), _labels(CaseClosing)),
    "pact": _Kind(_("Patto di servizio firmato"), _labels(ServicePactKind)),
    "appointment": _Kind(None, _labels(AppointmentState)),
    "action": _Kind(None, _labels(PlannedActionState)),
    "referral": _Kind(_("Proposta di lavoro"), {state: state.desk_label for state in ReferralState}),
    "merge": _Kind(_("Due schede unite in una"), {}),
    "parting": _Kind(_("Unione di schede annullata"), {}),
    "placement": _Kind(_("Inserimento lavorativo"), _labels(PlacementState)),
}
"""Kind of event -> its title (None: what was written is the title) and the words of its states."""

_NOTHING = Value("")


def timeline(candidate: Candidate, scope: Scope) -> list[Event]:
    """Everything that happened with a person, newest first, in one query; another desk's own notes are left out."""
    pk = candidate.pk
    told = Q(visibility=NoteVisibility.SHARED) | Q(desk__in=scope.desk_ids)
    cases = Case.objects.filter(candidate=pk)
    signed = ServicePact.objects.filter(case__candidate=pk, signed_on__isnull=False)
    past = Appointment.objects.filter(candidate=pk).exclude(state=AppointmentState.BOOKED)
    merges = Merge.objects.filter(Q(kept=pk) | Q(absorbed=pk))
    closed = PlannedAction.objects.filter(pact__case__candidate=pk, closed_on__isnull=False)
    parts = (
        _part(
            "intake", Intake.objects.filter(candidate=pk), day=F("received_on"), body=F("desk__name"), code=F("channel")
        ),
        _part(
            "declaration",
            AvailabilityDeclaration.objects.filter(candidate=pk),
            day=F("declared_on"),
            code=F("provenance"),
        ),
        _part(
            "contact",
            Contact.objects.filter(told, candidate=pk),
            day=F("happened_on"),
            title=F("reason"),
            body=F("note"),
            code=F("visibility"),
        ),
        _part("opened", cases, day=F("opened_on"), body=F("desk__name")),
        _part(
            "closed",
            cases.filter(closed_on__isnull=False),
            day=F("closed_on"),
            body=F("closing_note"),
            code=F("closing"),
        ),
        _part("pact", signed, day=F("signed_on"), code=F("kind")),
        _part(
            "appointment", past, day=TruncDate("starts_at"), title=F("reason"), body=F("cancel_note"), code=F("state")
        ),
        _part("action", closed, day=F("closed_on"), title=F("text"), body=F("outcome"), code=F("state")),
        _part(
            "referral",
            Referral.objects.filter(candidate=pk),
            day=TruncDate("created_at"),
            body=F("vacancy__title"),
            code=F("state"),
        ),
        _part(
            "placement",
            Placement.objects.filter(candidate=pk),
            day=F("starts_on"),
            body=F("employer_name"),
            code=F("state"),
        ),
        _part("merge", merges, day=TruncDate("merged_at"), body=F("motive")),
        _part(
            "parting",
            merges.filter(undone_at__isnull=False),
            day=TruncDate("undone_at"),
            body=F("undo_motive"),
        ),
    )
    rows = parts[0].union(*parts[1:], all=True).order_by("-day", "source")
    return [
        Event(
            day=row["day"],
            title=_KINDS[row["source"]].title or row["headline"],
            text=row["body"],
            state=_KINDS[row["source"]].states.get(row["code"], ""),
        )
        for row in rows
    ]


def _part(
    kind: str, rows: Any, *, day: Any, body: Any = _NOTHING, code: Any = _NOTHING, title: Any = _NOTHING
) -> QuerySet[Any, dict[str, Any]]:
    parts: QuerySet[Any, dict[str, Any]] = rows.order_by().values(
        day=Cast(day, DateField()),
        source=Value(kind, CharField()),
        headline=Cast(title, TextField()),
        body=Cast(body, TextField()),
        code=Cast(code, TextField()),
    )
    return parts
