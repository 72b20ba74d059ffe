"""Taking a person in charge, talking with them, closing the case."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.enums import ContactChannel, NoteVisibility
from candidates.models import Appointment, Candidate, Case, CaseAssignment, Contact
from candidates.queries.balance import count_balance
from candidates.services.appointment import set_appointment_state
from candidates.states import AppointmentState, CaseState, PactState, ReorientationState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk


class AlreadyInCharge(Exception):
    """The person has an open case, at this desk or another."""


class NotOpen(Exception):
    """The case is closed: nothing more may be written in it."""


def lock_open_case(pk: UUID) -> Case:
    """The case as it is now, held until the end of the transaction: whoever writes in it takes this lock first.

    Raises NotOpen.
    """
    locked = Case.objects.select_for_update(of=("self",)).get(pk=pk)
    if locked.state != CaseState.OPEN:
        raise NotOpen
    return locked


@audit.service("case.open")
def take_in_charge(
    *,
    candidate: Candidate,
    desk: Desk,
    operator_id: UUID,
    by: Scope,
    target_area: str = "",
    target_evidence: dict[str, Any] | None = None,
    target_reason: str = "",
    on: date | None = None,
) -> Case:
    """Open the case and assign it; with its evidence the area is decided for good.

    Raises AlreadyInCharge: one open case a person, whatever the desk.
    """
    day = on or timezone.localdate()
    try:
        with transaction.atomic():
            case = Case.objects.create(
                candidate=candidate,
                desk=desk,
                residence_id=candidate.residence_id,
                opened_on=day,
                responsible_operator_id=operator_id,
                target_area=target_area,
                target_evidence=target_evidence,
                target_reason=target_reason,
            )
    except IntegrityError as error:
        raise AlreadyInCharge from error
    CaseAssignment.objects.create(case=case, operator_id=operator_id, starts_on=day)
    return case


@audit.service("case.take_over")
def take_over(*, left: Case, desk: Desk, operator_id: UUID, by: Scope) -> Case:
    """Open at a desk the case of whom another desk has just let go; what was decided at intake goes along. Raises AlreadyInCharge."""
    return take_in_charge(
        candidate=left.candidate,
        desk=desk,
        operator_id=operator_id,
        target_area=left.target_area,
        target_evidence=left.target_evidence,
        target_reason=left.target_reason,
        by=by,
    )


@audit.service("case.reassign")
def reassign_case(*, case: Case, operator_id: UUID, reason: str, by: Scope) -> Case:
    """Hand the case to another operator; the old assignment ends today with its reason. Raises NotOpen."""
    case = lock_open_case(case.pk)
    today = timezone.localdate()
    case.assignments.filter(ends_on__isnull=True).update(ends_on=today, end_reason=reason)
    CaseAssignment.objects.create(case=case, operator_id=operator_id, starts_on=today)
    case.responsible_operator_id = operator_id
    case.save(update_fields=["responsible_operator"])
    return case


@audit.service("contact.record")
def record_contact(
    *,
    case: Case,
    channel: ContactChannel | str,
    reason: str,
    by: Scope,
    note: str = "",
    visibility: NoteVisibility | str = NoteVisibility.SHARED,
    happened_on: date | None = None,
) -> Contact:
    """Write a conversation and move the case's last contact forward. Raises NotOpen."""
    case = lock_open_case(case.pk)
    day = happened_on or timezone.localdate()
    contact = Contact.objects.create(
        candidate_id=case.candidate_id,
        case=case,
        desk_id=case.desk_id,
        residence_id=case.residence_id,
        operator_id=by.user_id,
        channel=channel,
        happened_on=day,
        reason=reason,
        note=note,
        visibility=visibility,
    )
    if case.last_contact_on is None or day > case.last_contact_on:
        case.last_contact_on = day
        case.save(update_fields=["last_contact_on"])
    return contact


@audit.service("case.close")
def close_case(
    *,
    case: Case,
    closing: str,
    by: Scope,
    note: str = "",
    on: date | None = None,
    outcomes: Mapping[str, Any] | None = None,
) -> Case:
    """Close with an outcome and the balance of what was done; the assignment and the signed pact end with it, the draft, coming
    meetings and questions to other desks fall.

    `outcomes` are those of `count_balance`. Raises NotOpen. What was proposed to the person is closed, and the person told, by
    `matching.services.case.end_case`.
    """
    case = lock_open_case(case.pk)
    day = on or timezone.localdate()
    case.state = CaseState.CLOSED
    case.closed_on = day
    case.closing = closing
    case.closing_note = note
    case.balance = count_balance(case, day, outcomes or {})
    case.save(update_fields=["state", "closed_on", "closing", "closing_note", "balance"])
    case.reorientations.filter(state=ReorientationState.ASKED).update(
        state=ReorientationState.WITHDRAWN, answered_at=timezone.now()
    )
    case.assignments.filter(ends_on__isnull=True).update(ends_on=day, end_reason="case closed")
    case.service_pacts.filter(state=PactState.SIGNED).update(state=PactState.ENDED)
    case.service_pacts.filter(state=PactState.DRAFT).delete()
    coming = Appointment.objects.filter(
        candidate=case.candidate_id, desk=case.desk_id, state=AppointmentState.BOOKED, starts_at__gt=timezone.now()
    )
    for appointment in coming.order_by("starts_at", "pk"):
        set_appointment_state(appointment=appointment, state=AppointmentState.REVOKED, by=by)
    return case
