"""Courses that teach what jobs ask for, and the dates on which they are held."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sportello.core import audit
from sportello.core.catalogue import Processing, classified
from sportello.core.db import Model
from sportello.core.text import search_key
from sportello.programmes.enums import CourseMode, EnrolBy
from sportello.programmes.states import EditionState
from sportello.reference.models import Skill
from sportello.territory.models import Desk, Municipality, Organisation

TRAINING = Processing(purpose="Far conoscere i corsi del territorio e chi iscrive")


@audit.tracked()
@classified(
    TRAINING,
    public="provider desk title search_key summary skills hours mode cost_cents is_funded",
    technical="created_at",
)
class Course(Model):
    """What a body teaches: `hours` in all, `cost_cents` to the person (0 is free); `desk` is who tells people of it."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="courses", verbose_name=_("Ente che lo tiene")
    )
    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, related_name="courses", verbose_name=_("Sportello che lo segue")
    )
    title = models.CharField(_("Titolo"), max_length=150)
    search_key = models.CharField(max_length=150, editable=False)
    summary = models.TextField(_("Che cosa si impara"), max_length=2000)
    skills = models.ManyToManyField(Skill, related_name="courses", verbose_name=_("Competenze che insegna"))
    hours = models.PositiveSmallIntegerField(
        _("Ore in tutto"), validators=[MinValueValidator(1), MaxValueValidator(3000)]
    )
    mode = models.CharField(_("Come si tiene"), max_length=8, choices=CourseMode.choices)
    cost_cents = models.PositiveIntegerField(default=0)
    is_funded = models.BooleanField(_("È finanziato"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="course_lasts_some_hours"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(summary=""), name="course_says_what_it_teaches"),
            models.UniqueConstraint(fields=["provider", "title"], name="course_named_once_by_its_provider"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_key = search_key(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def cost(self) -> float:
        """Euro to the person."""
        return self.cost_cents / 100

    @property
    def is_online(self) -> bool:
        """Whether nobody has to go anywhere."""
        return self.mode == CourseMode.ONLINE


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions by how near in time they are."""

    def enrolling(self, today: date) -> "EditionQuerySet":
        """Those to which people can still ask to be admitted."""
        return self.filter(state=EditionState.OPEN, enrol_until__gte=today)

    def ahead(self, today: date) -> "EditionQuerySet":
        """Those that will be held, and those that have begun and still take people."""
        not_begun = ~Q(state=EditionState.CANCELLED) & Q(starts_on__gte=today)
        return self.filter(not_begun | Q(state=EditionState.OPEN, enrol_until__gte=today))


@audit.tracked()
@classified(
    TRAINING,
    public="course starts_on ends_on schedule municipality address seats enrol_until state cancel_reason enrol_by phone url",
)
class Edition(Model):
    """One holding of a course; without a place it is online. People are told how to enrol, and do it there."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="editions")
    starts_on = models.DateField(_("Comincia il"))
    ends_on = models.DateField(_("Finisce il"))
    schedule = models.CharField(_("Giorni e orari"), max_length=200)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Comune")
    )
    address = models.CharField(_("Indirizzo"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("Posti"), validators=[MinValueValidator(1), MaxValueValidator(1000)])
    enrol_until = models.DateField(_("Ci si iscrive fino al"))
    state = models.CharField(max_length=9, choices=EditionState.choices, default=EditionState.PLANNED)
    cancel_reason = models.CharField(_("Perché"), max_length=300, blank=True)
    enrol_by = models.CharField(_("Come ci si iscrive"), max_length=5, choices=EnrolBy.choices)
    phone = models.CharField(_("Telefono"), max_length=20, blank=True)
    url = models.URLField(
        _("Indirizzo web"), max_length=300, blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="edition_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(enrol_until__lte=F("ends_on")), name="edition_enrols_before_its_end"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="edition_has_a_seat"),
            models.CheckConstraint(
                condition=Q(municipality__isnull=True, address="") | Q(municipality__isnull=False) & ~Q(address=""),
                name="edition_place_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(cancel_reason="") | ~Q(state="cancelled") & Q(cancel_reason=""),
                name="a_cancelled_edition_alone_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(enrol_by="phone", phone="") & ~Q(enrol_by="url", url=""), name="edition_says_how_to_enrol"
            ),
        ]
        indexes = [models.Index(fields=["state", "enrol_until"], name="enrolling_editions")]

    def __str__(self) -> str:
        return f"{self.course}, {self.starts_on}"

    @property
    def is_enrolling(self) -> bool:
        """Whether people can still ask to be admitted."""
        return self.state == EditionState.OPEN and self.enrol_until >= timezone.localdate()

    @property
    def shown_state(self) -> EditionState:
        """The state as people live it: once its last day has passed, the enrolment is closed."""
        state = EditionState(self.state)
        return EditionState.CLOSED if state is EditionState.OPEN and not self.is_enrolling else state
