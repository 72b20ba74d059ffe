"""What the person can do and wants: the part that the matching reads."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from candidates.enums import HoursWanted, MergeRule, SkillSource
from candidates.models.candidate import CASE_WORK, Candidate
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.reference.enums import LanguageLevel
from sportello.reference.models import ContractType, DrivingLicence, EducationLevel, Language, Occupation, Skill


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
    licences = models.ManyToManyField(DrivingLicence, blank=True, verbose_name=_("Patenti e patentini"))
    has_vehicle = models.BooleanField(_("Ho un mezzo mio per muovermi"), default=False)
    available_from = models.DateField(_("Disponibile dal"), null=True, blank=True)
    work_permit_until = models.DateField(_("Permesso di soggiorno valido fino al"), null=True, blank=True)
    about = models.TextField(_("Qualcosa su di te"), blank=True, max_length=1000)
    is_complete = models.BooleanField(
        default=True, help_text="Whether the person has said which work they look for and what they can do"
    )


@audit.tracked()
@classified(CASE_WORK, identity="candidate", profile="occupation years position")
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
@classified(CASE_WORK, identity="candidate", profile="skill source evidence stated_on")
class SkillStatement(Model):
    """A skill of the person: who says so, and on what evidence. Unpaid work counts."""

    merge_rule = MergeRule.LEFT

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="skill_statements")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=SkillSource.choices, default=SkillSource.SELF)
    evidence = models.CharField(_("Come l'hai imparata"), max_length=200, blank=True)
    stated_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["skill__sort_key"]
        constraints = [models.UniqueConstraint(fields=["candidate", "skill"], name="skill_stated_once")]


@audit.tracked()
@classified(CASE_WORK, identity="candidate", profile="language level")
class LanguageSkill(Model):
    """A language the person speaks, by CEFR level."""

    merge_rule = MergeRule.LEFT

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="language_skills")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=2, choices=LanguageLevel.choices)

    class Meta:
        ordering = ["language__position"]
        constraints = [models.UniqueConstraint(fields=["candidate", "language"], name="language_stated_once")]


@audit.tracked()
@classified(CASE_WORK, identity="candidate", profile="occupation title employer starts_on ends_on is_paid")
class WorkExperience(Model):
    """A job the person had, paid or not."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="experiences")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("Che lavoro facevi"), max_length=150)
    employer = models.CharField(_("Dove"), max_length=150, blank=True)
    starts_on = models.DateField(_("Dal"))
    ends_on = models.DateField(_("Al"), null=True, blank=True)
    is_paid = models.BooleanField(_("Lavoro pagato"), default=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="experience_ends_after_it_starts",
            )
        ]
