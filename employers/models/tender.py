"""Tenders of a public body whose premium goes to certified bidders, and the points of each bidder."""

import pgtrigger
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model
from sportello.core.files import private_path
from sportello.territory.models import Organisation

TENDER_CHECKS = Processing(
    purpose="Controllare chi ha diritto alla premialità di una gara",
    basis=Basis.LEGAL_DUTY,
    retention="10 anni dalla gara",
    readers=(Role.OFFICIAL,),
)


def _frozen(condition: str, message: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Refuses to change what somebody has confirmed."""
    return pgtrigger.Trigger(
        name="confirmed_check_stays",
        when=pgtrigger.Before,
        operation=operation,
        condition=pgtrigger.Condition(condition),
        func=f"RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation';",
    )


_TENDER = ("organisation_id", "name", "cig", "deadline", "points", "confirmed_at")


class TenderQuerySet(models.QuerySet["TenderCriterion"]):
    def visible_to(self, scope: Scope) -> "TenderQuerySet":
        """An official sees the tenders of their own body, and nobody else any."""
        return self.filter(organisation__in=scope.organisation_ids(Role.OFFICIAL))


@audit.tracked()
@classified(
    TENDER_CHECKS,
    organisation="organisation name cig deadline points confirmed_at pdf pdf_sha256",
    identity="created_by confirmed_by",
    technical="created_at",
)
class TenderCriterion(Model):
    """The premium of one tender: `points` for a certificate that holds on the local day of the `deadline`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tenders")
    name = models.CharField(_("Nome della gara"), max_length=200)
    cig = models.CharField(
        _("CIG"), max_length=10, validators=[RegexValidator(r"^[0-9A-Z]{10}$", _("Il CIG ha dieci lettere o cifre."))]
    )
    deadline = models.DateTimeField(_("Scadenza per le offerte"))
    points = models.DecimalField(
        _("Punti della premialità"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0.01)]
    )
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    pdf = models.FileField(upload_to=private_path, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    objects = TenderQuerySet.as_manager()

    class Meta:
        ordering = ["-deadline"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "cig"], name="one_tender_for_each_cig"),
            models.CheckConstraint(condition=Q(points__gt=0), name="premium_is_worth_something"),
            models.CheckConstraint(
                condition=Q(pdf="", pdf_sha256="") | (~Q(pdf="") & ~Q(pdf_sha256="") & Q(confirmed_at__isnull=False)),
                name="print_of_a_confirmed_check_has_its_hash",
            ),
        ]
        triggers = [
            _frozen(
                "OLD.confirmed_at IS NOT NULL AND (({}) IS DISTINCT FROM ({})"
                " OR OLD.pdf_sha256 <> '' AND (OLD.pdf, OLD.pdf_sha256) IS DISTINCT FROM (NEW.pdf, NEW.pdf_sha256))".format(
                    *(", ".join(f"{row}.{name}" for name in _TENDER) for row in ("OLD", "NEW"))
                ),
                "a confirmed tender check does not change",
                pgtrigger.Update,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_due(self) -> bool:
        """Whether the time for the bids is over."""
        return self.deadline <= timezone.now()


@audit.tracked()
@classified(TENDER_CHECKS, organisation="tender name vat_number standing points evidence", technical="added_at")
class PremiumAward(Model):
    """One bidder. Until the check is confirmed the verdict is reckoned at each look; then it stands here with its evidence."""

    tender = models.ForeignKey(TenderCriterion, on_delete=models.CASCADE, related_name="awards")
    name = models.CharField(_("Ragione sociale"), max_length=200)
    vat_number = models.CharField(_("Partita IVA"), max_length=11)
    added_at = models.DateTimeField(auto_now_add=True)
    standing = models.CharField(max_length=13, blank=True)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    evidence = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(fields=["tender", "vat_number"], name="a_bidder_bids_once"),
            models.CheckConstraint(
                condition=Q(standing="", points__isnull=True, evidence__isnull=True)
                | (~Q(standing="") & Q(points__isnull=False, evidence__isnull=False)),
                name="confirmed_award_has_its_evidence",
            ),
        ]
        triggers = [
            _frozen(
                "OLD.evidence IS NOT NULL", "a confirmed award does not change", pgtrigger.Update | pgtrigger.Delete
            )
        ]
