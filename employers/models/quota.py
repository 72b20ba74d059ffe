"""What a company has reckoned of its duty towards targeted placement (L. 68/1999), if it wanted to keep it."""

from django.db import models
from django.utils import timezone

from employers.models.company import COMPANY_SERVICES, Company
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model


@audit.tracked()
@classified(COMPANY_SERVICES, organisation="company saved_at told verdict")
class QuotaReckoning(Model):
    """The last reckoning that the company saved: what it told of its staff and what followed, with the rules of that day."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="quota_reckoning")
    saved_at = models.DateTimeField(default=timezone.now)
    told = models.JSONField()
    verdict = models.JSONField()
