"""New places of work on the way, and how many people they are said to need: never a vacancy, in no count of vacancies."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enums import Confidence, SiteState
from employers.models.company import COMPANY_SERVICES, Company
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.reference.models import Occupation
from sportello.territory.models import Municipality


@audit.tracked()
@classified(
    COMPANY_SERVICES,
    organisation="name municipality address company employer_name state opens_from opens_to notes created_at",
)
class Settlement(Model):
    """A place of work that is to open; who employs there is a company on file, a name, or not yet known."""

    name = models.CharField(_("Nome del luogo"), max_length=150)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("Comune"))
    address = models.CharField(_("Indirizzo o zona"), max_length=200, blank=True)
    company = models.ForeignKey(Company, on_delete=models.SET_NULL, null=True, blank=True, related_name="settlements")
    employer_name = models.CharField(_("Chi assume"), max_length=200, blank=True)
    state = models.CharField(_("A che punto è"), max_length=8, choices=SiteState.choices, default=SiteState.PLANNED)
    opens_from = models.DateField(_("Apre non prima del"))
    opens_to = models.DateField(_("Apre non dopo il"))
    notes = models.TextField(_("Che cosa si sa"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["opens_from", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(opens_to__gte=F("opens_from")), name="settlement_window_is_a_window")
        ]

    def __str__(self) -> str:
        return self.name


@audit.tracked()
@classified(
    COMPANY_SERVICES,
    organisation="settlement occupation headcount needed_on source confidence made_on replaces written_at",
    identity="written_by",
)
class WorkforceForecast(Model):
    """How many people of an occupation a settlement is said to need from a day on. A newer one replaces it and leaves it readable."""

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="forecasts")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Mestiere"))
    headcount = models.PositiveIntegerField(_("Quante persone"), validators=[MaxValueValidator(100_000)])
    needed_on = models.DateField(_("Da quando servono"))
    source = models.CharField(_("Chi lo dice"), max_length=200)
    confidence = models.CharField(_("Quanto è sicuro"), max_length=6, choices=Confidence.choices)
    made_on = models.DateField(_("Quando l'ha detto"))
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["needed_on", "-written_at"]
        constraints = [
            # Nobody is needed any more: that is told of a forecast, it is none by itself.
            models.CheckConstraint(
                condition=Q(headcount__gt=0) | Q(replaces__isnull=False), name="a_first_forecast_needs_somebody"
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="forecast_does_not_replace_itself"),
        ]
