"""Days on which a desk does not receive, and who had booked in them."""

from datetime import date
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.utils import timezone

from candidates.models import Appointment, DeskClosure
from candidates.rules import led_desks
from candidates.states import AppointmentState
from sportello.accounts.scope import Scope
from sportello.territory.models import Desk


def closures(scope: Scope) -> QuerySet[DeskClosure]:
    """Closures, of today and to come, of the desks that the actor leads."""
    today = timezone.localdate()
    found = DeskClosure.objects.filter(desk__in=led_desks(scope), last_day__gte=today)
    return found.select_related("desk", "closed_by").order_by("first_day", "desk__name", "pk")


def led_closure(scope: Scope, pk: UUID) -> DeskClosure:
    """One of them, or a 404."""
    return get_object_or_404(closures(scope), pk=pk)


def closed_spans(first_day: date) -> Subquery:
    """A column of desks that `spans_of` reads: their closures from a day on."""
    rows = DeskClosure.objects.filter(desk=OuterRef("pk"), last_day__gte=first_day).order_by().values("desk")
    return Subquery(rows.annotate(found=JSONBAgg(JSONObject(first="first_day", last="last_day"))).values("found"))


def spans_of(desk: Desk) -> list[tuple[date, date]]:
    """First and last day of the closures of a desk that was read with `closed=closed_spans(...)`."""
    rows: list[dict[str, str]] | None = getattr(desk, "closed")  # noqa: B009  an annotation
    return [(date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) for row in rows or ()]


def is_closed_on(desk: Desk, day: date) -> bool:
    """Whether a closure covers the day; one query."""
    return DeskClosure.objects.filter(desk=desk, first_day__lte=day, last_day__gte=day).exists()


def booked_in(scope: Scope, closure: DeskClosure) -> list[Appointment]:
    """Meetings to come that stand in a closure and must be moved, each with `is_hidden`, in time order; one query."""
    rows = Appointment.objects.seen_by(scope).filter(
        desk=closure.desk_id,
        state=AppointmentState.BOOKED,
        starts_at__gt=timezone.now(),
        starts_at__date__range=(closure.first_day, closure.last_day),
    )
    return list(rows.select_related("candidate", "operator", "group").order_by("starts_at", "pk"))
