"""Who changed what a strategy weighs, when, and why."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.engine.strategies import Strategy
from matching.models.run import MATCHING
from sportello.accounts.models import User
from sportello.core.catalogue import classified
from sportello.core.db import Model


@classified(MATCHING, identity="edited_by", technical="strategy number weights motive edited_at")
class StrategyEdition(Model):
    """What a strategy weighs from `edited_at` on: weights by part, summing to 100. Written once, never changed."""

    strategy = models.CharField(max_length=20, choices=[(strategy.value, strategy.value) for strategy in Strategy])
    number = models.PositiveIntegerField()
    weights = models.JSONField()
    motive = models.CharField(_("Perché"), max_length=500)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["strategy", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="one_edition_of_each_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="edition_is_numbered_from_one"),
            models.CheckConstraint(condition=~models.Q(motive=""), name="edition_knows_why"),
        ]
        triggers = [pgtrigger.Protect(name="edition_stays", operation=pgtrigger.Update)]
