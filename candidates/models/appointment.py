"""Appointments: the database itself refuses two at once."""

from datetime import date, datetime, time, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import AppointmentMode
from candidates.models.candidate import CASE_WORK, Candidate
from candidates.states import AppointmentState
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.territory.models import Desk, Municipality

_SPAN = Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange", output_field=models.CharField())


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def on_day(self, day: date) -> "AppointmentQuerySet":
        """Those that begin on a local day; as a span, which the index of `starts_at` answers."""
        midnight, next_midnight = (
            timezone.make_aware(datetime.combine(each, time.min)) for each in (day, day + timedelta(days=1))
        )
        return self.filter(starts_at__gte=midnight, starts_at__lt=next_midnight)


@audit.tracked()
@classified(
    CASE_WORK,
    identity="candidate",
    case="desk residence operator starts_at ends_at mode state reason cancel_note",
    technical="created_at",
)
class Appointment(Model):
    """A meeting of one person with one operator."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="appointments")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="appointments")
    residence = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=AppointmentMode.choices, default=AppointmentMode.IN_PERSON)
    state = models.CharField(max_length=8, choices=AppointmentState.choices, default=AppointmentState.BOOKED)
    reason = models.CharField(_("Motivo"), max_length=150)
    cancel_note = models.CharField(max_length=150, blank=True, help_text="Why the person cannot come, in their words")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_it_starts"),
            ExclusionConstraint(
                name="operator_meets_one_at_a_time",
                expressions=[("operator", RangeOperators.EQUAL), (_SPAN, RangeOperators.OVERLAPS)],
                condition=Q(state="booked"),
            ),
            ExclusionConstraint(
                name="person_is_in_one_place_at_a_time",
                expressions=[("candidate", RangeOperators.EQUAL), (_SPAN, RangeOperators.OVERLAPS)],
                condition=Q(state="booked"),
            ),
        ]
