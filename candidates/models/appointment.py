"""Appointments and the invitations to book one: the database itself refuses two at once."""

from datetime import date, datetime, time, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import AppointmentMode, MergeRule
from candidates.models.candidate import CASE_WORK, Candidate
from candidates.models.reception import GroupMeeting
from candidates.models.restriction import IS_HIDDEN, hidden_from
from candidates.states import AppointmentState, InvitationState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.territory.models import Desk, Municipality

_SPAN = Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange", output_field=models.CharField())


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def seen_by(self, scope: Scope) -> "AppointmentQuerySet":
        """Each with `is_hidden`: the time is taken, and whose it is only a grant tells."""
        return self.annotate(**{IS_HIDDEN: hidden_from(scope.user_id)})

    def on_day(self, day: date) -> "AppointmentQuerySet":
        """Those that begin on a local day; as a span, which the index of `starts_at` answers."""
        midnight, next_midnight = (
            timezone.make_aware(datetime.combine(each, time.min)) for each in (day, day + timedelta(days=1))
        )
        return self.filter(starts_at__gte=midnight, starts_at__lt=next_midnight)


@audit.tracked()
@classified(
    CASE_WORK,
    counted=True,
    identity="candidate",
    case="desk residence operator group starts_at ends_at mode state reason cancel_note reminded_at",
    technical="created_at",
)
class Appointment(Model):
    """A meeting of one person with one operator, alone or as one seat of a group."""

    merge_rule = MergeRule.REFUSED
    merge_conflict = _("Le due schede hanno appuntamenti alla stessa ora: annullane prima uno.")

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="appointments")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="appointments")
    residence = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    group = models.ForeignKey(
        GroupMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=AppointmentMode.choices, default=AppointmentMode.IN_PERSON)
    state = models.CharField(max_length=8, choices=AppointmentState.choices, default=AppointmentState.BOOKED)
    reason = models.CharField(_("Motivo"), max_length=150)
    cancel_note = models.CharField(max_length=150, blank=True, help_text="Why the person cannot come, in their words")
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    is_hidden: bool  # what `seen_by` says

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_it_starts"),
            ExclusionConstraint(
                name="operator_meets_one_at_a_time",
                # The seats of one group share its time; two groups, or a group and a meeting, do not.
                expressions=[
                    ("operator", RangeOperators.EQUAL),
                    (_SPAN, RangeOperators.OVERLAPS),
                    (Coalesce("group", "id"), RangeOperators.NOT_EQUAL),
                ],
                condition=Q(state="booked"),
            ),
            ExclusionConstraint(
                name="person_is_in_one_place_at_a_time",
                expressions=[("candidate", RangeOperators.EQUAL), (_SPAN, RangeOperators.OVERLAPS)],
                condition=Q(state="booked"),
            ),
        ]
        # Whether a person has a meeting to come: five times as quick as the constraint's own index.
        indexes = [
            models.Index(fields=["candidate", "starts_at"], condition=Q(state="booked"), name="booked_meetings"),
            # With what the reports read of it.
            models.Index(fields=["starts_at"], include=["candidate", "residence", "state"], name="meetings_by_hour"),
        ]


@audit.tracked()
@classified(
    CASE_WORK,
    identity="candidate",
    case="desk invited_by appointment state invited_at reminded_at convokes closed_at",
)
class BookingInvitation(Model):
    """The desk asks a person to choose the hour of a meeting: asked once, reminded once, then convoked if so agreed.

    `invited_at` is when this question was last put: who cancels what they had booked is asked anew from that day.
    """

    merge_rule = MergeRule.REFUSED
    merge_conflict = _("Tutte e due le schede hanno un invito a prenotare: ritirane prima uno.")

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="booking_invitations")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=InvitationState.choices, default=InvitationState.OPEN)
    invited_at = models.DateTimeField(default=timezone.now, db_index=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    convokes = models.BooleanField(default=False, help_text="Whether a meeting is fixed for who does not answer")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(state__in=["open", "reminded"]), name="one_open_invitation_per_person"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "reminded"], closed_at__isnull=True)
                | (~Q(state__in=["open", "reminded"]) & Q(closed_at__isnull=False)),
                name="closed_invitation_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reminded", "convened"]) | Q(reminded_at__isnull=False),
                name="nobody_is_convoked_without_a_reminder",
            ),
        ]
