"""Companies whose place another one has taken."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from employers.enums import SuccessionKind
from employers.models.company import COMPANY_SERVICES, Company
from sportello.core.catalogue import classified
from sportello.core.db import Model


@classified(COMPANY_SERVICES, organisation="company successor kind since motive actor_label at", identity="actor_id")
class CompanySuccession(Model):
    """`company` goes on in `successor`, for good: ids and labels of who decided, so it outlives the account."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="succession")
    successor = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=9, choices=SuccessionKind.choices)
    since = models.DateField()
    motive = models.CharField(max_length=500)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=~Q(company=F("successor")), name="succession_is_of_another_company"),
            models.CheckConstraint(condition=~Q(motive=""), name="succession_knows_why"),
        ]
