"""Companies and their workplaces."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enums import ClosingReason, SettlementState, SizeBand
from employers.states import CompanyState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model
from sportello.reference.models import Sector
from sportello.territory.models import Desk, Municipality, Organisation, Pointed
from sportello.territory.rules import Point

COMPANY_SERVICES = Processing(
    purpose="Servire le imprese che cercano personale",
    basis=Basis.PUBLIC_TASK,
    retention="24 mesi dall'ultima attività",
    readers=(Role.COMPANY, Role.OPERATOR, Role.COORDINATOR),
)


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, scope: Scope) -> "CompanyQuerySet":
        """A company sees itself; operators see the companies of the territory, approved or to be approved."""
        if scope.has_any((Role.OPERATOR, Role.COORDINATOR)):
            return self
        return self.filter(organisation__in=scope.organisation_ids(Role.COMPANY))


@audit.tracked()
@classified(
    COMPANY_SERVICES,
    organisation="organisation vat_number tax_code sector size_band settlement_state description website state "
    "registered_on desk decided_at decision_reason closed_on closing_reason",
    identity="contact_name decided_by",
    contact="contact_email contact_phone",
)
class Company(Model):
    """A company known to the desk."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="company")
    vat_number = models.CharField(_("Partita IVA"), max_length=11)
    tax_code = models.CharField(_("Codice fiscale dell'impresa"), max_length=16, blank=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name=_("Attività (ATECO)"))
    size_band = models.CharField(_("Quante persone ci lavorano"), max_length=8, choices=SizeBand.choices)
    settlement_state = models.CharField(
        _("Presenza nel territorio"), max_length=8, choices=SettlementState.choices, default=SettlementState.PRESENT
    )
    description = models.TextField(_("Che cosa fa l'impresa"), blank=True, max_length=2000)
    website = models.URLField(_("Sito"), blank=True)
    contact_name = models.CharField(_("Persona di riferimento"), max_length=150)
    contact_email = models.EmailField(_("E-mail"))
    contact_phone = models.CharField(_("Telefono"), max_length=20, blank=True)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="companies", verbose_name=_("Sportello"))
    state = models.CharField(max_length=10, choices=CompanyState.choices, default=CompanyState.SUBMITTED)
    registered_on = models.DateField(default=timezone.localdate)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    closed_on = models.DateField(_("Chiusa dal"), null=True, blank=True)
    closing_reason = models.CharField(_("Perché si chiude"), max_length=10, choices=ClosingReason.choices, blank=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__sort_key"]
        constraints = [
            # A registration that was not approved, or was one too many, holds no number: the true company may still register.
            models.UniqueConstraint(
                fields=["vat_number"],
                condition=~Q(state="rejected") & ~Q(closing_reason="duplicate"),
                name="vat_number_of_one_company",
            ),
            models.CheckConstraint(condition=~Q(vat_number="00000000000"), name="vat_number_is_not_all_zeros"),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(decision_reason=""), name="rejected_company_knows_why"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(closing_reason="")
                | ~Q(state="closed") & Q(closed_on__isnull=True, closing_reason=""),
                name="closed_company_knows_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name


@audit.tracked()
@classified(COMPANY_SERVICES, public="company name municipality address latitude longitude")
class Workplace(Pointed):
    """Where people work for a company."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="workplaces")
    name = models.CharField(_("Nome della sede"), max_length=120)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("Comune"))
    address = models.CharField(_("Indirizzo"), max_length=200)

    class Meta(Pointed.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.municipality}"

    @property
    def point(self) -> Point | None:
        """Where it is, when somebody said it."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)


@classified(COMPANY_SERVICES, organisation="company from_state to_state reason actor_label at", identity="actor_id")
class CompanyTransition(Model):
    """One change of a company's state: ids and labels, so it outlives the account."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=10, choices=CompanyState.choices)
    to_state = models.CharField(max_length=10, choices=CompanyState.choices)
    reason = models.CharField(max_length=500, blank=True)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
