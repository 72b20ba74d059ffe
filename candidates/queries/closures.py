"""Days on which a desk does not receive, and who had booked in them."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from candidates.models import Appointment
from candidates.rules import led_desks
from candidates.states import AppointmentState
from sportello.accounts.scope import Scope
from sportello.territory.models import DeskClosure


def closures(scope: Scope) -> QuerySet[DeskClosure]:
    """Closures, of today and to come, of the desks that the actor leads."""
    today = timezone.localdate()
    found = DeskClosure.objects.filter(desk__in=led_desks(scope), last_day__gte=today)
    return found.select_related("desk").order_by("first_day", "desk__name", "pk")


def led_closure(scope: Scope, pk: UUID) -> DeskClosure:
    """One of them, or a 404."""
    return get_object_or_404(closures(scope), pk=pk)


def booked_in(scope: Scope, closure: DeskClosure) -> list[Appointment]:
    """Meetings to come that stand in a closure and must be moved, each with `is_hidden`, in time order; one query."""
    rows = Appointment.objects.seen_by(scope).filter(
        desk=closure.desk_id,
        state=AppointmentState.BOOKED,
        starts_at__gt=timezone.now(),
        starts_at__date__range=(closure.first_day, closure.last_day),
    )
    return list(rows.select_related("candidate", "operator", "group").order_by("starts_at", "pk"))
