"""Visits to companies: each one logged."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employers.enums import VisitKind
from employers.models.company import COMPANY_SERVICES, Company
from employers.models.target import TargetCompany
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.territory.models import Desk, Municipality


@audit.tracked()
@classified(
    COMPANY_SERVICES,
    organisation="company target visited_on kind desk municipality notes",
    identity="operator",
    technical="created_at",
)
class CompanyVisit(Model):
    """A meeting of the desk with a company, or with one to be won that is not registered; the municipality is where it took place.

    What was written of one to be won is read on the page of its company too, once there is one.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, blank=True, related_name="visits")
    target = models.ForeignKey(TargetCompany, on_delete=models.CASCADE, null=True, blank=True, related_name="visits")
    visited_on = models.DateField(_("Quando"), db_index=True)
    kind = models.CharField(_("Come"), max_length=8, choices=VisitKind.choices)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="company_visits")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    operator = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    notes = models.TextField(_("Che cosa è emerso"), blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-visited_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(company__isnull=False, target__isnull=True) | Q(company__isnull=True, target__isnull=False),
                name="visit_is_to_one_company",
            )
        ]
