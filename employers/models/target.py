"""Companies that the desk wants to win: from a name to a hire, with who follows them and what comes next."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.models.company import COMPANY_SERVICES, Company
from employers.states import TargetState
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.territory.models import Desk, Municipality


@audit.tracked()
@classified(
    COMPANY_SERVICES,
    organisation="name municipality company desk state next_step next_step_on created_at",
    identity="contact_name owner",
    contact="contact_email contact_phone",
)
class TargetCompany(Model):
    """A company to be won; `owner` is its account manager, `company` its record once it registers."""

    name = models.CharField(_("Nome dell'impresa"), max_length=200)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("Comune"))
    contact_name = models.CharField(_("Persona di riferimento"), max_length=150, blank=True)
    contact_email = models.EmailField(_("E-mail"), blank=True)
    contact_phone = models.CharField(_("Telefono"), max_length=20, blank=True)
    company = models.OneToOneField(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="target")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="targets", verbose_name=_("Sportello"))
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Chi la segue"))
    state = models.CharField(max_length=10, choices=TargetState.choices, default=TargetState.IDENTIFIED)
    next_step = models.CharField(_("Prossimo passo"), max_length=200, blank=True)
    next_step_on = models.DateField(_("Entro quando"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["next_step_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on__isnull=True) | ~Q(next_step="") & Q(next_step_on__isnull=False),
                name="next_step_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["vacancy", "hired"]) | Q(company__isnull=False),
                name="target_with_a_vacancy_is_registered",
            ),
            models.UniqueConstraint(fields=["name", "municipality"], name="target_named_once_in_a_town"),
        ]

    def __str__(self) -> str:
        return self.name


@classified(
    COMPANY_SERVICES,
    organisation="target from_state to_state note happened_on actor_label at",
    identity="actor_id",
)
class TargetTransition(Model):
    """One step with a company to be won, on the day it happened: ids and labels, so it outlives the account."""

    target = models.ForeignKey(TargetCompany, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=10, choices=TargetState.choices)
    to_state = models.CharField(max_length=10, choices=TargetState.choices)
    note = models.CharField(max_length=500, blank=True)
    happened_on = models.DateField()
    actor_id = models.UUIDField(null=True, blank=True)
    actor_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
