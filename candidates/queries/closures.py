"""Days on which a desk does not receive, and who had booked in them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from candidates.models import Appointment, DeskClosure
from candidates.rules import led_desks
from candidates.states import AppointmentState
from sportello.accounts.scope import Scope


def closures(scope: Scope) -> QuerySet[DeskClosure]:
    """Closures, of today and to come, of the desks that the actor leads."""
    today = timezone.localdate()
    found = DeskClosure.objects.filter(desk__in=led_desks(scope), last_day__gte=today)
    return found.select_related("desk", "closed_by").order_by("first_day", "desk__name", "pk")


def led_closure(scope: Scope, pk: UUID) -> DeskClosure:
    """One of them, or a 404."""
    return get_object_or_404(closures(scope), pk=pk)


def closed_days(desks: Iterable[UUID], *, first_day: date, last_day: date) -> dict[UUID, list[tuple[date, date]]]:
    """By desk, the spans of days on which it is closed between two days; one query."""
    found: dict[UUID, list[tuple[date, date]]] = {}
    rows = DeskClosure.objects.filter(desk__in=desks, first_day__lte=last_day, last_day__gte=first_day)
    for desk_id, first, last in rows.order_by("first_day").values_list("desk_id", "first_day", "last_day"):
        found.setdefault(desk_id, []).append((first, last))
    return found


def booked_in(scope: Scope, closure: DeskClosure) -> list[Appointment]:
    """Meetings to come that stand in a closure and must be moved, each with `is_hidden`, in time order; one query."""
    rows = Appointment.objects.seen_by(scope).filter(
        desk=closure.desk_id,
        state=AppointmentState.BOOKED,
        starts_at__gt=timezone.now(),
        starts_at__date__range=(closure.first_day, closure.last_day),
    )
    return list(rows.select_related("candidate", "operator", "group").order_by("starts_at", "pk"))
