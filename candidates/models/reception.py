"""When operators receive: their week at a desk, their absences, the meetings they hold for a group."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from candidates.enums import AppointmentMode
from candidates.states import GroupMeetingState
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model
from sportello.territory.enums import Weekday
from sportello.territory.models import Desk

AGENDA = Processing(
    purpose="Sapere quando lo sportello riceve e chi riceve",
    basis=Basis.PUBLIC_TASK,
    retention="24 mesi dalla fine della validità",
    readers=("operator", "coordinator"),
)

_MOMENTS = Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange", output_field=models.CharField())


@audit.tracked()
@classified(AGENDA, identity="operator", organisation="desk weekday begins ends minutes mode valid_from valid_to")
class ReceptionHours(Model):
    """A span of an operator's week in which people may book at a desk, in meetings of `minutes`.

    A span that has been in force is not corrected: it ends, and another begins.
    """

    operator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reception_hours")
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="reception_hours")
    weekday = models.PositiveSmallIntegerField(_("Giorno"), choices=Weekday.choices)
    begins = models.TimeField(_("Dalle"))
    ends = models.TimeField(_("Alle"))
    minutes = models.PositiveSmallIntegerField(
        _("Minuti per incontro"), default=45, validators=[MinValueValidator(10), MaxValueValidator(240)]
    )
    mode = models.CharField(
        _("Come"), max_length=10, choices=AppointmentMode.choices, default=AppointmentMode.IN_PERSON
    )
    valid_from = models.DateField(_("Vale dal"))
    valid_to = models.DateField(_("Vale fino al"), null=True, blank=True)

    class Meta:
        ordering = ["weekday", "begins"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="reception_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="reception_on_a_day_of_the_week"),
            models.CheckConstraint(condition=Q(minutes__range=(10, 240)), name="reception_meeting_of_human_length"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="reception_expires_after_it_holds",
            ),
            ExclusionConstraint(
                name="operator_receives_at_one_desk_at_a_time",
                expressions=[
                    ("operator", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (
                        Func(
                            Value("2000-01-01", output_field=models.DateField()) + F("begins"),
                            Value("2000-01-01", output_field=models.DateField()) + F("ends"),
                            function="tsrange",
                            output_field=models.CharField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="daterange",
                            output_field=models.CharField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


@audit.tracked()
@classified(AGENDA, identity="operator", organisation="starts_at ends_at")
class Absence(Model):
    """Time in which an operator does not receive, at any desk. Why is nobody's business here."""

    operator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_it_starts"),
            ExclusionConstraint(
                name="absences_do_not_overlap",
                expressions=[("operator", RangeOperators.EQUAL), (_MOMENTS, RangeOperators.OVERLAPS)],
            ),
        ]


@audit.tracked()
@classified(
    AGENDA,
    identity="operator",
    organisation="desk title place starts_at ends_at mode seats taken state",
    technical="created_at",
)
class GroupMeeting(Model):
    """A meeting of one operator with several people; `taken` counts the seats held, and the database refuses one too many."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="group_meetings", verbose_name=_("Sportello"))
    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="group_meetings")
    title = models.CharField(_("Argomento"), max_length=150)
    place = models.CharField(
        _("Dove"), max_length=150, blank=True, help_text=_("Se non è allo sportello: la sala, o il collegamento video.")
    )
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    mode = models.CharField(
        _("Come"), max_length=10, choices=AppointmentMode.choices, default=AppointmentMode.IN_PERSON
    )
    seats = models.PositiveSmallIntegerField(_("Posti"), validators=[MinValueValidator(1), MaxValueValidator(300)])
    taken = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=GroupMeetingState.choices, default=GroupMeetingState.PLANNED)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="group_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="group_takes_no_more_than_its_seats"),
            ExclusionConstraint(
                name="operator_meets_one_group_at_a_time",
                expressions=[("operator", RangeOperators.EQUAL), (_MOMENTS, RangeOperators.OVERLAPS)],
                condition=Q(state="planned"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def free_seats(self) -> int:
        return self.seats - self.taken


@classified(AGENDA, organisation="desk since receives")
class DeskShortage(Model):
    """A desk whose people find no free hour within the days of the rule, as the clock last found it.

    `receives` is whether anybody offers hours there at all.
    """

    desk = models.OneToOneField(Desk, on_delete=models.CASCADE, related_name="shortage")
    since = models.DateField()
    receives = models.BooleanField()
