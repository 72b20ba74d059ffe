"""What the desk does with a person: arrival, case, declarations, conversations, pact, appointments."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.enums import (
    AppointmentMode,
    ContactChannel,
    DeclarationKind,
    DeclarationProvenance,
    EmploymentSituation,
    IntakeChannel,
    NoteVisibility,
    ServicePactKind,
    TargetArea,
)
from candidates.models import (
    Appointment,
    AvailabilityDeclaration,
    Case,
    CaseAssignment,
    Contact,
    Intake,
    PlannedAction,
    PrivacyNotice,
    ServicePact,
)
from candidates.states import AppointmentState, CaseClosing, CaseState, PactState, PlannedActionState
from sportello.accounts.models import User
from sportello.pacts.enums import ActionState
from sportello.territory.enums import DeskKind
from sportello.territory.models import Desk
from sportello.workspaces.services.demo.draw import Deck, Draw, at, lines, table
from sportello.workspaces.services.demo.people import Person
from sportello.workspaces.services.demo.territory import Territory
from sportello.workspaces.services.rows import Rows

_SLOTS_A_DAY = 8
"""Appointments of 45 minutes in an operator's future day."""


@dataclass(frozen=True)
class Stay:
    """From when to when a case lasts; `closed_on` and `closing` are None while it is open."""

    opened_on: date
    closed_on: date | None = None
    closing: CaseClosing | None = None


class Casework:
    """Makes the papers of a case, in the order in which they happen."""

    def __init__(self, draw: Draw, territory: Territory) -> None:
        self._draw = draw
        self._territory = territory
        self._notice = PrivacyNotice.objects.in_force(timezone.localdate())
        self._booked: dict[Any, int] = {}
        self._notes = tuple(table("talks"))
        self._channels = Deck(
            draw,
            {
                IntakeChannel.ONLINE: 5,
                IntakeChannel.DESK: 6,
                IntakeChannel.PHONE: 2,
                IntakeChannel.EMAIL: 1,
                IntakeChannel.KIOSK: 1,
                IntakeChannel.REGISTER: 1,
            },
        )
        self._talks = Deck(
            draw,
            {
                ContactChannel.IN_PERSON: 5,
                ContactChannel.PHONE: 4,
                ContactChannel.VIDEO: 1,
                ContactChannel.EMAIL: 2,
            },
        )
        self._provenances = Deck(
            draw,
            {
                DeclarationProvenance.REGIONAL: 4,
                DeclarationProvenance.JOB_CENTRE: 3,
                DeclarationProvenance.INPS: 2,
                DeclarationProvenance.NATIONAL: 1,
            },
        )
        self._outcomes = Deck(
            draw,
            {
                AppointmentState.SEEN: 7,
                AppointmentState.NO_SHOW: 1,
                AppointmentState.EXCUSED: 1,
                AppointmentState.REVOKED: 1,
                AppointmentState.CANCELED: 1,
            },
        )
        self._modes = Deck(draw, {AppointmentMode.IN_PERSON: 6, AppointmentMode.PHONE: 2, AppointmentMode.VIDEO: 1})
        self._pacts = Deck(draw, {"signed": 13, "renewed": 2, "draft": 2, "none": 3})
        self._closed_actions = Deck(draw, {PlannedActionState.DONE: 4, PlannedActionState.ABANDONED: 1})

    def add_intake(self, rows: Rows, person: Person, desk: Desk, operator: User) -> Intake:
        """The arrival, and the declaration of availability of most people without a job."""
        draw, candidate = self._draw, person.candidate
        channel = self._channels.next()
        actions = [
            action
            for action in self._territory.actions
            if action.state == ActionState.RUNNING and action.starts_on <= person.registered_on
        ]
        notice = self._notice if self._notice and self._notice.valid_from <= person.registered_on else None
        intake = rows.add(
            Intake(
                id=draw.id(),
                candidate=candidate,
                channel=channel,
                desk=desk,
                residence=person.residence,
                pact_action=draw.one(actions) if actions and draw.chance(0.1) else None,
                received_on=person.registered_on,
                received_at=candidate.created_at,
                registered_by=None if channel in (IntakeChannel.ONLINE, IntakeChannel.KIOSK) else operator,
                privacy_notice=notice,
            )
        )
        jobless = candidate.employment_situation in (EmploymentSituation.JOBLESS, EmploymentSituation.NEVER_EMPLOYED)
        if jobless and draw.chance(0.6):
            provenance = self._provenances.next()
            declared_on = draw.day(person.registered_on, min(draw.today, person.registered_on + timedelta(days=14)))
            kinds = {DeclarationKind.INSERT: declared_on}
            if draw.chance(0.3) and declared_on + timedelta(days=5) <= draw.today:
                kinds[DeclarationKind.VALIDATE] = declared_on + timedelta(days=5)
            for kind, day in kinds.items():
                self._declare(rows, person, desk, kind=kind, provenance=provenance, day=day)
        return intake

    def _declare(
        self, rows: Rows, person: Person, desk: Desk, *, kind: DeclarationKind, provenance: str, day: date
    ) -> None:
        rows.add(
            AvailabilityDeclaration(
                id=self._draw.id(),
                candidate=person.candidate,
                kind=kind,
                provenance=provenance,
                declared_on=day,
                desk=desk,
                residence=person.residence,
            )
        )

    def add_case(self, rows: Rows, person: Person, desk: Desk, operator: User, stay: Stay, *, plan: str = "") -> Case:
        """The case with its assignment, conversations, past appointments and pact; `plan` says how far the pact came."""
        draw = self._draw
        last_day = stay.closed_on or draw.today
        talks = sorted(draw.day(stay.opened_on, last_day) for _talk in range(draw.one((1, 1, 2, 3, 4))))
        case = rows.add(
            Case(
                id=draw.id(),
                candidate=person.candidate,
                desk=desk,
                residence=person.residence,
                state=CaseState.CLOSED if stay.closed_on else CaseState.OPEN,
                opened_on=stay.opened_on,
                closed_on=stay.closed_on,
                closing=stay.closing or "",
                closing_note=_closing_note(stay.closing) if stay.closing else "",
                target_area=self._area(person),
                responsible_operator=operator,
                last_contact_on=talks[-1],
            )
        )
        self._assign(rows, case, operator)
        for day in talks:
            self._add_contact(rows, case, day)
        self._add_past_appointment(rows, case, last_day)
        self._add_pacts(rows, case, person, last_day, plan or self._pacts.next())
        if stay.closing == CaseClosing.PLACED and draw.chance(0.4):
            self._declare(
                rows,
                person,
                desk,
                kind=DeclarationKind.REVOKE,
                provenance=DeclarationProvenance.REGIONAL,
                day=last_day,
            )
        return case

    def _area(self, person: Person) -> str:
        draw = self._draw
        if person.age < 30 and draw.chance(0.6):
            return TargetArea.YOUTH
        if person.age > 45 and draw.chance(0.6):
            return TargetArea.OVER_45
        return draw.one(("", "", "", "", TargetArea.ECONOMIC, TargetArea.ECONOMIC, TargetArea.DISABLED))

    def _assign(self, rows: Rows, case: Case, operator: User) -> None:
        """One assignment; one case in ten was followed by a colleague before."""
        draw, starts_on = self._draw, case.opened_on
        colleagues = [each for each in self._territory.operators[case.desk.pk] if each.pk != operator.pk]
        handover = starts_on + timedelta(days=20)
        if colleagues and draw.chance(0.1) and handover <= (case.closed_on or draw.today):
            rows.add(
                CaseAssignment(
                    id=draw.id(),
                    case=case,
                    operator=draw.one(colleagues),
                    starts_on=starts_on,
                    ends_on=handover,
                    end_reason=_("Cambio di turno allo sportello"),
                )
            )
            starts_on = handover
        rows.add(
            CaseAssignment(
                id=draw.id(),
                case=case,
                operator=operator,
                starts_on=starts_on,
                ends_on=case.closed_on,
                end_reason="case closed" if case.closed_on else "",
            )
        )

    def _add_contact(self, rows: Rows, case: Case, day: date) -> None:
        draw = self._draw
        talk = draw.one(self._notes)
        rows.add(
            Contact(
                id=draw.id(),
                candidate=case.candidate,
                case=case,
                desk=case.desk,
                residence=case.residence,
                operator=case.responsible_operator,
                channel=self._talks.next(),
                happened_on=day,
                happened_at=draw.moment(day),
                reason=talk["reason"],
                note=talk["note"],
                visibility=NoteVisibility.DESK if draw.chance(0.2) else NoteVisibility.SHARED,
            )
        )

    def _add_past_appointment(self, rows: Rows, case: Case, last_day: date) -> None:
        draw = self._draw
        yesterday = min(last_day, draw.today - timedelta(days=1))
        if yesterday < case.opened_on:
            return
        starts_at = draw.moment(draw.day(case.opened_on, yesterday))
        self._appoint(rows, case, starts_at, self._outcomes.next(), draw.one(lines("appointment_reasons")))

    def book(self, rows: Rows, case: Case) -> None:
        """The operator's next free time, from tomorrow on, Saturdays and Sundays aside."""
        operator = case.responsible_operator_id
        taken = self._booked.get(operator, 0)
        self._booked[operator] = taken + 1
        days, slot = divmod(taken, _SLOTS_A_DAY)
        day = self._draw.today + timedelta(days=1)
        while days or day.weekday() > 4:
            days -= day.weekday() <= 4
            day += timedelta(days=1)
        starts_at = at(day, 9 * 60 + 45 * slot)
        self._appoint(rows, case, starts_at, AppointmentState.BOOKED, self._draw.one(lines("appointment_reasons")))

    def book_today(self, rows: Rows, case: Case, slot: int) -> None:
        """The `slot`-th appointment of today, from nine o'clock."""
        starts_at = at(self._draw.today, 9 * 60 + 60 * slot)
        self._appoint(rows, case, starts_at, AppointmentState.BOOKED, self._draw.one(lines("appointment_reasons")))

    def _appoint(self, rows: Rows, case: Case, starts_at: Any, state: AppointmentState, reason: str) -> None:
        rows.add(
            Appointment(
                id=self._draw.id(),
                candidate=case.candidate,
                desk=case.desk,
                residence=case.residence,
                operator=case.responsible_operator,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=30),
                mode=self._modes.next(),
                state=state,
                reason=reason,
            )
        )

    def _add_pacts(self, rows: Rows, case: Case, person: Person, last_day: date, plan: str) -> None:
        """No pact, a draft, a signed one, or a second version that took the place of the first."""
        signed_on = min(last_day, case.opened_on + timedelta(days=self._draw.number(0, 25)))
        if plan == "draft" and case.closed_on is None:
            self._add_pact(rows, case, person, PactState.DRAFT, None)
        if plan in ("none", "draft"):
            return
        final = PactState.ENDED if case.closed_on else PactState.SIGNED
        renewed_on = signed_on + timedelta(days=90)
        if plan == "renewed" and renewed_on <= last_day:
            self._add_pact(rows, case, person, PactState.SUPERSEDED, signed_on)
            self._add_pact(rows, case, person, final, renewed_on, version=2)
        else:
            self._add_pact(rows, case, person, final, signed_on)

    def _add_pact(
        self, rows: Rows, case: Case, person: Person, state: PactState, signed_on: date | None, *, version: int = 1
    ) -> None:
        draw = self._draw
        local = ServicePactKind.PIP if draw.chance(0.3) else ServicePactKind.LOCAL
        pact = ServicePact(
            id=draw.id(),
            case=case,
            kind=ServicePactKind.PSP if case.desk.kind == DeskKind.JOB_CENTRE else local,
            version=version,
            state=state,
            responsible_id=_responsible(case),
            employability_profile=_("Cerca lavoro come: %(job)s. %(about)s")
            % {"job": person.occupation.label, "about": draw.one(lines("profiles"))},
            search_acts=_(
                "Aggiornare il curriculum entro due settimane; rispondere ad almeno tre offerte al mese; "
                "venire al laboratorio di ricerca attiva entro due mesi."
            ),
            contact_every_days=draw.one((15, 30, 30, 30, 45)),
            proof_of_search=_(
                "Elenco delle candidature inviate, con data e risposta, da guardare insieme a ogni incontro."
            ),
            commitments=_("Disponibile a corsi, laboratori e offerte adatte al suo profilo."),
        )
        if signed_on:
            pact.signed_on = signed_on
            pact.person_signed_at = pact.operator_signed_at = at(signed_on, 11 * 60)
            pact.expires_on = signed_on + timedelta(days=365)
        actions = self._actions(pact, case)
        if signed_on:
            pact.snapshot = _snapshot(pact, case, person, actions)
        rows.add(pact)
        for action in actions:
            rows.add(action)

    def _actions(self, pact: ServicePact, case: Case) -> list[PlannedAction]:
        """Two to four actions; pending ones only while the pact is open, some of them late."""
        draw, today = self._draw, self._draw.today
        since = pact.signed_on or case.opened_on
        still_open = pact.state in (PactState.SIGNED, PactState.DRAFT)
        actions = []
        for position, text in enumerate(draw.random.sample(lines("actions"), draw.number(2, 4))):
            action = PlannedAction(id=draw.id(), pact=pact, text=text, position=position)
            if pact.state == PactState.DRAFT or (still_open and draw.chance(0.55)):
                action.due_on = today + timedelta(days=draw.number(-20, 60))
                action.due_on = max(action.due_on, since)
            else:
                action.due_on = since + timedelta(days=draw.number(7, 60))
                action.closed_on = draw.day(since, min(action.due_on, case.closed_on or today))
                action.state = self._closed_actions.next()
                action.outcome = _outcome(action.state)
            actions.append(action)
        return actions


def _responsible(case: Case) -> UUID:
    """Every case of the demonstration is in somebody's charge."""
    if case.responsible_operator_id is None:
        raise ValueError("a case without an operator has no pact")
    return case.responsible_operator_id


def _snapshot(pact: ServicePact, case: Case, person: Person, actions: list[PlannedAction]) -> dict[str, Any]:
    """The same shape that signing a pact writes."""
    return {
        "kind": pact.kind,
        "version": pact.version,
        "responsible": str(case.responsible_operator),
        "desk": case.desk.name,
        "employment_situation": person.candidate.employment_situation,
        "occupations": person.wishes,
        "skills": person.skills,
        "employability_profile": pact.employability_profile,
        "search_acts": pact.search_acts,
        "contact_every_days": pact.contact_every_days,
        "proof_of_search": pact.proof_of_search,
        "commitments": pact.commitments,
        "actions": [{"text": action.text, "due_on": action.due_on.isoformat()} for action in actions],
    }


def _closing_note(closing: CaseClosing) -> str:
    return {
        CaseClosing.PLACED: _("Ha cominciato a lavorare. Ci risentiamo tra un mese per sapere come va."),
        CaseClosing.MOVED: _("Passa al servizio del suo nuovo Comune."),
        CaseClosing.GAVE_UP: _("Per ora preferisce fermarsi. Sa che può tornare."),
        CaseClosing.UNREACHABLE: _("Tre chiamate e due messaggi senza risposta."),
        CaseClosing.OTHER: _("Comincia un percorso di studi."),
    }[closing]


def _outcome(state: str) -> str:
    return _("Fatto nei tempi concordati.") if state == PlannedActionState.DONE else _("Non serve più.")
