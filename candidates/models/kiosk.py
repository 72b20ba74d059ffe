"""A device of the desk on which people register by themselves."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import Processing, classified
from sportello.core.db import Model
from sportello.territory.models import Desk

KIOSKS = Processing(purpose="Far registrare le persone da sole su un dispositivo dello sportello")


class KioskQuerySet(models.QuerySet["Kiosk"]):
    def in_use(self) -> Self:
        """Those that nobody has ended, before their closing time."""
        return self.filter(ended_at__isnull=True, ends_at__gt=timezone.now())


@audit.tracked(exclude=("token_hash",))
@classified(KIOSKS, secret="token_hash", technical="desk opened_by opened_at ends_at ended_at")
class Kiosk(Model):
    """A device without anybody's rights, bound to a desk by a secret of which only the hash is kept."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="kiosks")
    token_hash = models.CharField(max_length=64, unique=True)
    opened_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = KioskQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="kiosk_ends_after_it_opens")
        ]
