"""Passages of a company from one desk to another."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from employers.models.company import COMPANY_SERVICES, Company
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.territory.models import Desk


@classified(COMPANY_SERVICES, organisation="company from_desk to_desk reason actor_label at", identity="actor_id")
class CompanyPassage(Model):
    """One change of the desk that serves a company: ids and labels of who decided, so it outlives the account."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="passages")
    from_desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    to_desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_desk=F("to_desk")), name="passage_leads_to_another_desk"),
            models.CheckConstraint(condition=~Q(reason=""), name="passage_knows_why"),
        ]
