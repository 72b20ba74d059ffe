"""A placement: somebody began to work. It counts only once verified with its mandatory notice."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from candidates.models import Candidate
from employers.models import Company, Vacancy
from matching.models.referral import REFERRALS, Referral
from matching.states import PlacementState
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.reference.models import ContractType
from sportello.territory.models import Desk, Municipality


@audit.tracked()
@classified(
    REFERRALS,
    counted=True,
    identity="candidate declared_by verified_by",
    case="referral vacancy company desk residence contract_type starts_on ends_on weekly_hours state verified_at "
    "rejection_reason",
    evidence="notice_code",
    organisation="employer_name",
    technical="declared_at",
)
class Placement(Model):
    """A job or internship that began; `residence` is the person's on that day, the notice is the COB (UniLav)."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="placements")
    referral = models.ForeignKey(Referral, on_delete=models.SET_NULL, null=True, blank=True, related_name="placements")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.SET_NULL, null=True, blank=True, related_name="placements")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="placements")
    employer_name = models.CharField(_("Datore di lavoro"), max_length=200)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="placements")
    residence = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    contract_type = models.ForeignKey(
        ContractType, on_delete=models.PROTECT, related_name="+", verbose_name=_("Contratto")
    )
    starts_on = models.DateField(pgettext_lazy("placement", "Inizio"), db_index=True)
    ends_on = models.DateField(_("Fine"), null=True, blank=True)
    weekly_hours = models.DecimalField(
        _("Ore alla settimana"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(48)],
    )
    notice_code = models.CharField(_("Codice della comunicazione obbligatoria"), max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=PlacementState.choices, default=PlacementState.DECLARED)
    declared_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)
    verified_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    rejection_reason = models.CharField(_("Motivo"), max_length=300, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="placement_ends_after_it_starts",
            ),
            # As for a vacancy: the working week has at most 48 hours (D.Lgs. 66/2003, art. 4, comma 2).
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=48), name="placement_hours_within_the_week"
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | (~Q(notice_code="") & Q(verified_at__isnull=False)),
                name="verified_placement_has_its_notice",
            ),
            models.UniqueConstraint(
                fields=["notice_code"], condition=Q(state="verified"), name="notice_verifies_one_placement"
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(rejection_reason=""), name="rejected_placement_knows_why"
            ),
            # What was not confirmed may be declared again, corrected.
            models.UniqueConstraint(
                fields=["candidate", "employer_name", "starts_on"],
                condition=~Q(state="rejected"),
                name="placement_recorded_once",
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=~Q(state="rejected"), name="one_placement_in_force_per_referral"
            ),
        ]
        indexes = [models.Index(fields=["desk", "state"], name="placements_of_a_desk")]
