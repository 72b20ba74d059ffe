"""When an operator receives: the week, the absences, the groups."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import Absence, Appointment, DeskShortage, GroupMeeting, ReceptionHours
from candidates.queries.slots import crowded_desks
from candidates.services.appointment import NotAllowed, hold_operators, set_appointment_state
from candidates.states import AppointmentState, GroupMeetingState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk, DeskClosure


class Overlaps(Exception):
    """The operator already receives, or is already away, in part of that time."""


class OperatorBusy(Exception):
    """The operator has something else at that time."""


@audit.service("reception.add")
def add_reception(
    *,
    operator_id: UUID,
    desk: Desk,
    weekdays: Iterable[int],
    begins: time,
    ends: time,
    minutes: int,
    mode: str,
    valid_from: date,
    by: Scope,
    valid_to: date | None = None,
) -> list[ReceptionHours]:
    """Receive on some days of the week; all of them or none. Raises Overlaps."""
    try:
        with transaction.atomic():
            return [
                ReceptionHours.objects.create(
                    operator_id=operator_id,
                    desk=desk,
                    weekday=weekday,
                    begins=begins,
                    ends=ends,
                    minutes=minutes,
                    mode=mode,
                    valid_from=valid_from,
                    valid_to=valid_to,
                )
                for weekday in weekdays
            ]
    except IntegrityError as error:
        raise Overlaps from error


@audit.service("reception.end")
def end_reception(*, hours: ReceptionHours, by: Scope) -> None:
    """No more from today; hours that have not yet begun to hold are deleted. What people have booked stays theirs."""
    hours = ReceptionHours.objects.select_for_update(of=("self",)).get(pk=hours.pk)
    yesterday = timezone.localdate() - timedelta(days=1)
    if hours.valid_from > yesterday:
        hours.delete()
    elif hours.valid_to is None or hours.valid_to > yesterday:
        hours.valid_to = yesterday
        hours.save(update_fields=["valid_to"])


@audit.service("absence.add")
def add_absence(
    *, operator_id: UUID, starts_at: datetime, ends_at: datetime, by: Scope
) -> tuple[Absence, list[Appointment]]:
    """Be away; also gives the meetings already booked in that time, which the operator now sees to. Raises Overlaps."""
    hold_operators([operator_id])
    try:
        with transaction.atomic():
            absence = Absence.objects.create(operator_id=operator_id, starts_at=starts_at, ends_at=ends_at)
    except IntegrityError as error:
        raise Overlaps from error
    booked = Appointment.objects.seen_by(by).filter(
        operator=operator_id, state=AppointmentState.BOOKED, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    return absence, list(booked.select_related("candidate").order_by("starts_at", "pk"))


@audit.service("absence.remove")
def remove_absence(*, absence: Absence, by: Scope) -> None:
    """Be there after all."""
    absence.delete()


@audit.service("desk.close")
def close_desk(*, desk: Desk, first_day: date, last_day: date, by: Scope, reason: str = "") -> DeskClosure:
    """No hour of the desk can be booked on these days; what is booked stays until somebody moves it. Raises Overlaps."""
    # Whoever books holds their operator first: an hour taken in this moment is on the page of the closure.
    hold_operators(ReceptionHours.objects.filter(desk=desk).values_list("operator_id", flat=True).distinct())
    try:
        with transaction.atomic():
            return DeskClosure.objects.create(desk=desk, first_day=first_day, last_day=last_day, reason=reason)
    except IntegrityError as error:
        raise Overlaps from error


@audit.service("desk.reopen")
def reopen_desk(*, closure: DeskClosure, by: Scope) -> None:
    """Receive after all."""
    closure.delete()


@audit.service("group.plan")
def plan_group(
    *,
    desk: Desk,
    operator_id: UUID,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    mode: str,
    seats: int,
    by: Scope,
    place: str = "",
) -> GroupMeeting:
    """Open a meeting for several people. Raises OperatorBusy."""
    hold_operators([operator_id])
    meets = Appointment.objects.filter(
        operator=operator_id, state=AppointmentState.BOOKED, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if meets.exists():
        raise OperatorBusy
    try:
        with transaction.atomic():
            return GroupMeeting.objects.create(
                desk=desk,
                operator_id=operator_id,
                title=title,
                place=place,
                starts_at=starts_at,
                ends_at=ends_at,
                mode=mode,
                seats=seats,
            )
    except IntegrityError as error:
        raise OperatorBusy from error


@audit.service("group.revoke")
def revoke_group(*, group: GroupMeeting, by: Scope) -> GroupMeeting:
    """The group does not meet: everybody who had a seat is told. Raises NotAllowed once it has begun or was revoked."""
    group = GroupMeeting.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if group.state != GroupMeetingState.PLANNED or group.starts_at <= timezone.now():
        raise NotAllowed
    for appointment in group.appointments.filter(state=AppointmentState.BOOKED).order_by("pk"):
        set_appointment_state(appointment=appointment, state=AppointmentState.REVOKED, by=by)
    group.refresh_from_db()
    group.state = GroupMeetingState.REVOKED
    group.save(update_fields=["state"])
    return group


@audit.service("reception.look")
def note_shortages(*, by: Scope) -> None:
    """Write down at which desks nobody finds a free hour, and forget those at which somebody does again."""
    crowded = crowded_desks()
    DeskShortage.objects.exclude(desk__in=crowded).delete()
    today = timezone.localdate()
    DeskShortage.objects.bulk_create(
        [DeskShortage(desk_id=pk, since=today, receives=receives) for pk, receives in crowded.items()],
        update_conflicts=True,
        unique_fields=["desk"],
        update_fields=["receives"],
    )
