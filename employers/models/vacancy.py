"""Vacancies: lawful, with their pay, and with a log of every state."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enums import HoursKind, PayPeriod, WithdrawalReason
from employers.models.company import COMPANY_SERVICES, Company, Workplace
from employers.states import VacancyState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.core.text import search_key
from sportello.reference.enums import LanguageLevel, SkillRelation
from sportello.reference.models import ContractType, DrivingLicence, EducationLevel, Language, Occupation, Skill
from sportello.territory.enums import WEEK_BANDS
from sportello.territory.models import Desk
from sportello.territory.rules import week_lines


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def published(self) -> "VacancyQuerySet":
        """Vacancies that anybody may read today."""
        return self.filter(state=VacancyState.PUBLISHED, expires_on__gte=timezone.localdate())

    def visible_to(self, scope: Scope) -> "VacancyQuerySet":
        """Published ones for all; a company also its own, operators all but others' drafts."""
        visible = Q(state=VacancyState.PUBLISHED, expires_on__gte=timezone.localdate())
        if scope.has_any((Role.OPERATOR, Role.COORDINATOR)):
            visible |= ~Q(state=VacancyState.DRAFT)
        visible |= Q(company__organisation__in=scope.organisation_ids(Role.COMPANY))
        return self.filter(visible)


@audit.tracked()
@classified(
    COMPANY_SERVICES,
    public="number company workplace desk title search_key occupation description contract_type collective_agreement_code posts "
    "hours_kind weekly_hours bands schedule pay_min pay_max pay_period education_level years_experience licences "
    "published_on expires_on",
    organisation="state created_at submitted_at moderation_reason",
)
class Vacancy(Model):
    """A job offered by a company. The pay range is compulsory; there is no field for past pay (dir. 2023/970)."""

    number = models.BigIntegerField(
        unique=True, db_default=Func(Value("employers_vacancy_number"), function="nextval"), editable=False
    )
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="vacancies")
    workplace = models.ForeignKey(
        Workplace, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("Sede di lavoro")
    )
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="vacancies")
    title = models.CharField(_("Titolo dell'offerta"), max_length=150)
    search_key = models.CharField(max_length=150, default="", editable=False)
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("Mestiere")
    )
    description = models.TextField(_("Che cosa farà la persona"), max_length=5000)
    contract_type = models.ForeignKey(
        ContractType, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Contratto")
    )
    collective_agreement_code = models.CharField(_("Codice CNEL del contratto collettivo"), max_length=10, blank=True)
    posts = models.PositiveSmallIntegerField(
        _("Posti"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )
    hours_kind = models.CharField(_("Orario"), max_length=10, choices=HoursKind.choices, blank=True)
    weekly_hours = models.DecimalField(
        _("Ore alla settimana"),
        max_digits=4,
        decimal_places=1,
        null=True,
        validators=[MinValueValidator(1), MaxValueValidator(48)],
    )
    bands = ArrayField(models.CharField(max_length=12), verbose_name=_("Quando si lavora"), default=list, blank=True)
    schedule = models.CharField(_("Giorni e fasce orarie"), max_length=200, blank=True)
    pay_min = models.DecimalField(
        _("Retribuzione lorda, da (euro)"), max_digits=9, decimal_places=2, null=True, validators=[MinValueValidator(1)]
    )
    pay_max = models.DecimalField(
        _("Retribuzione lorda, fino a (euro)"),
        max_digits=9,
        decimal_places=2,
        null=True,
        validators=[MinValueValidator(1)],
    )
    pay_period = models.CharField(_("Periodo della retribuzione"), max_length=5, choices=PayPeriod.choices, blank=True)
    education_level = models.ForeignKey(
        EducationLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Titolo di studio richiesto"),
    )
    years_experience = models.PositiveSmallIntegerField(
        _("Anni di esperienza richiesti"), default=0, validators=[MaxValueValidator(40)]
    )
    licences = models.ManyToManyField(
        DrivingLicence, blank=True, related_name="+", verbose_name=_("Patenti e patentini richiesti")
    )
    state = models.CharField(max_length=10, choices=VacancyState.choices, default=VacancyState.DRAFT)
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    moderation_reason = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True, db_index=True)
    expires_on = models.DateField(null=True, blank=True)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(pay_max__gte=F("pay_min"), pay_min__gt=0), name="pay_range_is_a_range"),
            # A draft grows step by step; what the desk or a citizen reads is whole.
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | (
                    Q(contract_type__isnull=False, weekly_hours__isnull=False, pay_min__isnull=False)
                    & Q(pay_max__isnull=False)
                    & ~Q(description="")
                    & ~Q(hours_kind="")
                    & ~Q(pay_period="")
                ),
                name="only_a_draft_is_incomplete",
            ),
            models.CheckConstraint(condition=Q(posts__gte=1), name="vacancy_has_a_post"),
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=48), name="weekly_hours_within_the_week"
            ),
            models.CheckConstraint(
                condition=Q(bands__contained_by=[key for key, _day, _band in WEEK_BANDS]), name="bands_of_a_week"
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                # A comparison with nothing is neither true nor false, and a constraint lets that pass.
                | Q(published_on__isnull=False, expires_on__isnull=False, expires_on__gt=F("published_on")),
                name="published_vacancy_has_its_period",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "expires_on"], name="open_vacancies"),
            # All that the board counts of each published vacancy: the chips beside it are read from here alone.
            models.Index(
                fields=["workplace"],
                include=[
                    *("id", "number", "published_on", "expires_on", "contract_type", "hours_kind", "occupation"),
                    *("pay_period", "pay_max", "weekly_hours"),
                ],
                condition=Q(state=VacancyState.PUBLISHED),
                name="board_cells",
            ),
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="vacancy_title_trigrams"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_key = search_key(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def week(self) -> list[tuple[str, tuple[str, ...]]]:
        """When one works, as people say it: days, and their parts; empty when the ad does not say."""
        return week_lines(self.bands)

    @property
    def was_published(self) -> bool:
        """Whether anybody could ever read it: publications keep the day of the first one."""
        return self.published_on is not None

    @property
    def reference(self) -> str:
        """Number that people quote on the phone: "OL-000042"."""
        return f"OL-{self.number:06d}"


@audit.tracked()
@classified(COMPANY_SERVICES, public="vacancy skill relation")
class VacancySkill(Model):
    """A skill the job asks for."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="skill_requirements")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=10, choices=SkillRelation.choices)

    class Meta:
        ordering = ["relation", "skill__sort_key"]
        constraints = [models.UniqueConstraint(fields=["vacancy", "skill"], name="skill_asked_once")]


@audit.tracked()
@classified(COMPANY_SERVICES, public="vacancy language level")
class VacancyLanguage(Model):
    """A language the job asks for, by CEFR level."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="language_requirements")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=2, choices=LanguageLevel.choices)

    class Meta:
        ordering = ["language__position"]
        constraints = [models.UniqueConstraint(fields=["vacancy", "language"], name="language_asked_once")]


@classified(
    COMPANY_SERVICES,
    organisation="vacancy from_state to_state reason withdrawal_reason actor_label at",
    identity="actor_id",
)
class VacancyTransition(Model):
    """One change of a vacancy's state: ids and labels, so it outlives the account."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=10, choices=VacancyState.choices)
    to_state = models.CharField(max_length=10, choices=VacancyState.choices)
    reason = models.CharField(max_length=500, blank=True)
    withdrawal_reason = models.CharField(max_length=15, choices=WithdrawalReason.choices, blank=True)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            # Of what nobody has read yet nobody asks why it goes.
            models.CheckConstraint(
                condition=~Q(from_state__in=["published", "paused"], to_state="withdrawn") | ~Q(withdrawal_reason=""),
                name="withdrawn_from_the_board_knows_why",
            ),
            models.CheckConstraint(
                condition=Q(to_state="withdrawn") | Q(withdrawal_reason=""), name="only_a_withdrawal_has_its_reason"
            ),
        ]
