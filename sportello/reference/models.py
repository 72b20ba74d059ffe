"""Vocabularies that everything else is coded with, and the dated numbers of law and programmes."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from sportello.core import audit
from sportello.core.catalogue import Processing, classified
from sportello.core.db import Model
from sportello.reference.enums import LabelKind, ServiceAudience, SkillKind, SkillRelation, TaxonomySource

VOCABULARY = Processing(purpose="Dire con gli stessi codici mestieri, competenze, settori e titoli")
RULES = Processing(purpose="Applicare le regole con la loro fonte e la loro data")


@classified(VOCABULARY, public="source version loaded_at is_current")
class TaxonomyVersion(Model):
    """One loaded edition of occupations and skills."""

    source = models.CharField(max_length=10, choices=TaxonomySource.choices)
    version = models.CharField(max_length=20)
    loaded_at = models.DateTimeField(auto_now=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "version"], name="taxonomy_version_unique")]


@classified(VOCABULARY, public="code label")
class IscoGroup(Model):
    """A group of the ISCO-08 classification, from one to four digits."""

    code = models.CharField(max_length=4, unique=True)
    label = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.label


class Named(Model):
    """A row of a vocabulary, named in Italian and, where somebody has written it, in English."""

    label: models.CharField[str, str]
    label_en = models.CharField(max_length=300, blank=True, db_default="")

    class Meta:
        abstract = True

    @property
    def shown(self) -> str:
        """The name in the reader's language; the Italian one where there is no other."""
        return (self.label_en if _reads_english() else "") or self.label


def shown_name(prefix: str = "") -> F | Coalesce:
    """`Named.shown` as a column; `prefix` is the way to the row, "skill__"."""
    italian = F(f"{prefix}label")
    return Coalesce(NullIf(F(f"{prefix}label_en"), Value("")), italian) if _reads_english() else italian


def _reads_english() -> bool:
    return (get_language() or "").startswith("en")


@classified(
    VOCABULARY,
    public="code uri isco08 label_masculine label_feminine label label_en sort_key description version retired_in",
)
class Occupation(Named):
    """A job people do; `uri` is ESCO's, or our own for what ESCO lacks. `label` shows both genders."""

    code = models.CharField(max_length=80, unique=True)
    uri = models.CharField(max_length=200, unique=True)
    isco08 = models.CharField(max_length=4, db_index=True)
    label_masculine = models.CharField(max_length=200)
    label_feminine = models.CharField(max_length=200)
    label = models.CharField(max_length=260)
    sort_key = models.CharField(max_length=260, db_index=True)
    description = models.TextField(blank=True)
    version = models.ForeignKey(TaxonomyVersion, on_delete=models.PROTECT, related_name="occupations")
    retired_in = models.ForeignKey(TaxonomyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.shown


@classified(VOCABULARY, public="occupation kind language text search_key")
class OccupationLabel(Model):
    """A name people or ESCO give to an occupation."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="labels")
    kind = models.CharField(max_length=12, choices=LabelKind.choices)
    language = models.CharField(max_length=2, default="it")
    text = models.CharField(max_length=260)
    search_key = models.CharField(max_length=260)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "language", "search_key"], name="occupation_label_unique")
        ]


@classified(VOCABULARY, public="code uri kind label label_en sort_key description version retired_in")
class Skill(Named):
    """Something a person can do or knows."""

    code = models.CharField(max_length=80, unique=True)
    uri = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=SkillKind.choices)
    label = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=300, db_index=True)
    description = models.TextField(blank=True)
    version = models.ForeignKey(TaxonomyVersion, on_delete=models.PROTECT, related_name="skills")
    retired_in = models.ForeignKey(TaxonomyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.shown


@classified(VOCABULARY, public="skill kind language text search_key")
class SkillLabel(Model):
    """A name of a skill."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="labels")
    kind = models.CharField(max_length=12, choices=LabelKind.choices)
    language = models.CharField(max_length=2, default="it")
    text = models.CharField(max_length=400)
    search_key = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["skill", "language", "search_key"], name="skill_label_unique")]


@classified(VOCABULARY, public="occupation skill relation source")
class OccupationSkill(Model):
    """A skill that an occupation needs; `source` says whose judgement it is, ours winning over ESCO's."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="occupation_links")
    relation = models.CharField(max_length=10, choices=SkillRelation.choices)
    source = models.CharField(max_length=10, choices=TaxonomySource.choices, default=TaxonomySource.CURATED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occupation", "skill"], name="occupation_skill_unique")]


@classified(VOCABULARY, public="code label level parent")
class Sector(Model):
    """A node of ATECO 2025, the Italian classification of economic activities (in use since 1 April 2025)."""

    code = models.CharField(max_length=10, unique=True)
    label = models.CharField(max_length=300)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


@classified(VOCABULARY, public="code label label_en is_employment position")
class ContractType(Named):
    """A kind of contract; an internship is not employment."""

    code = models.CharField(max_length=20, unique=True)
    label = models.CharField(max_length=100)
    is_employment = models.BooleanField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.shown


@classified(VOCABULARY, public="code label label_en isced eqf position")
class EducationLevel(Named):
    """An Italian school or university title with its international levels."""

    code = models.CharField(max_length=30, unique=True)
    label = models.CharField(max_length=120)
    isced = models.PositiveSmallIntegerField()
    eqf = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.shown


@classified(VOCABULARY, public="code audience letter label label_en citation position")
class ServiceCatalogueItem(Named):
    """A service that the desk gives, as the essential levels name it (D.M. 11 January 2018, n. 4); `letter` where it is known."""

    code = models.CharField(max_length=30, unique=True)
    audience = models.CharField(max_length=7, choices=ServiceAudience.choices)
    letter = models.CharField(max_length=1, blank=True)
    label = models.CharField(max_length=120)
    citation = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.shown


@classified(VOCABULARY, public="code label label_en position")
class Language(Named):
    """A language by its ISO 639-1 code."""

    code = models.CharField(max_length=3, unique=True)
    label = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.shown


@classified(VOCABULARY, public="code label label_en position")
class DrivingLicence(Named):
    """A driving licence or an operator's card that jobs ask for."""

    code = models.CharField(max_length=20, unique=True)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.shown


@audit.tracked()
@classified(RULES, public="key value valid_from valid_to citation indicative is_local")
class RuleParameter(Model):
    """A number of law or programme, valid from a day to a day, with its source; never two at once.

    `is_local` rows were written by this portal's administrator: loading the reference files leaves them as they are.
    """

    key = models.CharField(max_length=80)
    value = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    citation = models.CharField(max_length=300)
    indicative = models.BooleanField(default=False)
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["key", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="rule_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(citation=""), name="rule_has_a_citation"),
            ExclusionConstraint(
                name="rule_valid_once_at_a_time",
                expressions=[
                    ("key", RangeOperators.EQUAL),
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

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
