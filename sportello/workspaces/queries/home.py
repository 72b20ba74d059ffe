"""What a home page holds: counters of work, and the meetings of an operator's day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from candidates.models import Appointment
from candidates.states import AppointmentState
from sportello.accounts.scope import Scope


@dataclass(frozen=True)
class Counter:
    """A number of a work queue; it opens its list."""

    label: str | Promise
    count: int
    url: str


@dataclass(frozen=True)
class CounterGroup:
    """Counters that are somebody's: those with something to do stand open, the others are folded away."""

    title: str
    counters: list[Counter]

    @property
    def busy(self) -> list[Counter]:
        return [counter for counter in self.counters if counter.count]

    @property
    def quiet(self) -> list[Counter]:
        return [counter for counter in self.counters if not counter.count]


@dataclass(frozen=True)
class Agenda:
    """The operator's meetings of a day, and those to come that people have cancelled."""

    today: list[Appointment]
    cancelled: list[Appointment]


def agenda(scope: Scope, day: date) -> Agenda:
    """The actor's own meetings, in time order, each with `is_hidden`; one query."""
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    meetings = (
        Appointment.objects.seen_by(scope)
        .filter(operator=scope.user_id, starts_at__gte=midnight)
        .filter(Q(state=AppointmentState.CANCELED) | Q(starts_at__lt=midnight + timedelta(days=1)))
        .exclude(state=AppointmentState.REVOKED)
        .select_related("candidate", "desk")
        .order_by("starts_at", "pk")
    )
    cancelled = [m for m in meetings if m.state == AppointmentState.CANCELED]
    return Agenda(today=[m for m in meetings if m.state != AppointmentState.CANCELED], cancelled=cancelled)
