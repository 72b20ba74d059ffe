"""Who began to work: do they still, after three months, six, twelve?"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.models.placement import Placement
from matching.models.referral import REFERRALS
from matching.states import CheckOutcome, CheckSource
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model


@audit.tracked()
@classified(REFERRALS, counted=True, case="placement months outcome source checked_on", identity="checked_by")
class PlacementCheck(Model):
    """What the desk found out about a placement so many months after its beginning."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="checks")
    months = models.PositiveSmallIntegerField()
    outcome = models.CharField(_("Che cosa risulta"), max_length=10, choices=CheckOutcome.choices)
    source = models.CharField(_("Chi lo dice"), max_length=10, choices=CheckSource.choices)
    checked_on = models.DateField(default=timezone.localdate)
    checked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["months"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "months"], name="placement_checked_once_per_term"),
            models.CheckConstraint(condition=Q(months__gt=0), name="check_after_the_beginning"),
        ]
