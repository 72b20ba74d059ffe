"""What the person can do and wants: the part that the matching reads."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from candidates.enums import EvidenceKind, HoursWanted, MergeRule, SkillSource
from candidates.models.candidate import CASE_WORK, Candidate
from candidates.models.document import PersonDocument
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.reference.enums import LanguageLevel
from sportello.reference.models import ContractType, DrivingLicence, EducationLevel, Language, Occupation, Skill
from sportello.territory.enums import DayBand, Weekday


@audit.tracked()
@classified(
    CASE_WORK,
    identity="candidate",
    profile="education_level max_travel_km hours_wanted contract_types licences has_vehicle available_from about is_complete",
    special="work_permit_until",
)
class Profile(Model):
    """One person's availability and titles."""

    merge_rule = MergeRule.LEFT

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="profile")
    education_level = models.ForeignKey(
        EducationLevel, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Titolo di studio")
    )
    max_travel_km = models.PositiveSmallIntegerField(
        _("Quanti chilometri sei disposto a fare per andare al lavoro?"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    hours_wanted = models.CharField(_("Orario"), max_length=10, choices=HoursWanted.choices, default=HoursWanted.ANY)
    contract_types = models.ManyToManyField(ContractType, blank=True, verbose_name=_("Contratti che accetti"))
    licences = models.ManyToManyField(
        DrivingLicence, through="HeldLicence", blank=True, verbose_name=_("Patenti e patentini")
    )
    has_vehicle = models.BooleanField(_("Ho un mezzo mio per muovermi"), default=False)
    available_from = models.DateField(_("Disponibile dal"), null=True, blank=True)
    work_permit_until = models.DateField(_("Permesso di soggiorno valido fino al"), null=True, blank=True)
    about = models.TextField(_("Qualcosa su di te"), blank=True, max_length=1000)
    is_complete = models.BooleanField(
        default=True, help_text="Whether the person has said which work they look for and what they can do"
    )

    class Meta:
        # The queues ask of each open case whether its profile is half told; few are.
        indexes = [models.Index(fields=["candidate"], condition=Q(is_complete=False), name="half_told_profiles")]


def holds_on(day: date) -> Q:
    """Condition on `HeldLicence`: the last day counts."""
    return Q(expires_on__isnull=True) | Q(expires_on__gte=day)


@audit.tracked()
@classified(CASE_WORK, identity="profile", profile="drivinglicence expires_on")
class HeldLicence(Model):
    """A licence of the person; on the days after `expires_on` it is not held."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="held_licences")
    drivinglicence = models.ForeignKey(DrivingLicence, on_delete=models.CASCADE, related_name="+")
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "candidates_profile_licences"
        ordering = ["drivinglicence__position"]
        constraints = [models.UniqueConstraint(fields=["profile", "drivinglicence"], name="licence_held_once")]


@audit.tracked()
@classified(CASE_WORK, identity="candidate", profile="weekday band")
class AvailabilityWindow(Model):
    """A part of a day of the week in which the person can work; a person without any can always work."""

    merge_rule = MergeRule.LEFT

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="availability")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    band = models.CharField(max_length=10, choices=DayBand.choices)

    class Meta:
        ordering = ["weekday", "band"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "weekday", "band"], name="availability_stated_once"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="availability_on_a_day_of_the_week"),
        ]


@audit.tracked()
@classified(CASE_WORK, counted=True, identity="candidate", profile="occupation years position")
class DesiredOccupation(Model):
    """A job the person looks for, with the years spent in it."""

    merge_rule = MergeRule.LEFT

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="desired_occupations")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    years = models.PositiveSmallIntegerField(_("Anni di esperienza"), default=0, validators=[MaxValueValidator(60)])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "occupation"], name="occupation_desired_once"),
            models.CheckConstraint(condition=Q(years__lte=60), name="experience_within_a_working_life"),
        ]


@audit.tracked()
@classified(
    CASE_WORK,
    counted=True,
    identity="candidate",
    profile="skill source evidence evidence_kind stated_on confirmed_on document",
    technical="confirmed_by",
)
class SkillStatement(Model):
    """A skill of the person: who says so, and on what evidence. Unpaid work counts.

    `evidence` is the person's own word; `evidence_kind` and `confirmed_on` are of the operator who confirmed it.
    """

    merge_rule = MergeRule.LEFT

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="skill_statements")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=SkillSource.choices, default=SkillSource.SELF)
    evidence = models.CharField(_("Come l'hai imparata"), max_length=200, blank=True)
    evidence_kind = models.CharField(max_length=12, choices=EvidenceKind.choices, blank=True)
    stated_on = models.DateField(auto_now_add=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    document = models.ForeignKey(PersonDocument, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["skill__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "skill"], name="skill_stated_once"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, evidence_kind="")
                | (Q(confirmed_on__isnull=False) & ~Q(evidence_kind="") & ~Q(source="self")),
                name="confirmed_skill_has_its_evidence",
            ),
        ]


@audit.tracked()
@classified(CASE_WORK, identity="candidate", profile="language level is_native")
class LanguageSkill(Model):
    """A language the person speaks, by CEFR level; their own is C2."""

    merge_rule = MergeRule.LEFT

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="language_skills")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=2, choices=LanguageLevel.choices)
    is_native = models.BooleanField(_("È la mia lingua madre"), default=False)

    class Meta:
        ordering = ["language__position"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "language"], name="language_stated_once"),
            models.CheckConstraint(condition=Q(is_native=False) | Q(level="C2"), name="native_language_is_mastered"),
        ]


@audit.tracked()
@classified(CASE_WORK, identity="candidate", profile="occupation title employer starts_on ends_on is_paid description")
class WorkExperience(Model):
    """A job the person had, paid or not: caring for somebody counts."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="experiences")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("Che lavoro facevi"), max_length=150)
    employer = models.CharField(_("Dove"), max_length=150, blank=True)
    starts_on = models.DateField(_("Dal"))
    ends_on = models.DateField(_("Al"), null=True, blank=True)
    is_paid = models.BooleanField(_("Lavoro pagato"), default=True)
    description = models.TextField(_("Che cosa facevi"), blank=True, max_length=2000)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="experience_ends_after_it_starts",
            )
        ]


@audit.tracked()
@classified(CASE_WORK, identity="candidate", profile="title provider year level field")
class Education(Model):
    """A school, a course or a training of the person; `year` is the one of the end, empty while it goes on."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="education")
    title = models.CharField(_("Che cosa hai studiato"), max_length=200)
    provider = models.CharField(_("Dove"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("Anno in cui hai finito"), null=True, blank=True)
    level = models.ForeignKey(EducationLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    field = models.CharField(_("Materia"), max_length=150, blank=True)

    class Meta:
        ordering = [F("year").desc(nulls_first=True), "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1900, 2100)), name="education_in_a_lifetime"
            )
        ]
