"""Interests that a person of the desk has declared in a company: whoever has one decides nothing for it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.models.company import COMPANY_SERVICES, Company
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model


@audit.tracked()
@classified(COMPANY_SERVICES, organisation="company motive declared_at ended_at", identity="user declared_by ended_by")
class DeclaredInterest(Model):
    """A tie of a person of the desk to a company, declared by them or by who coordinates; ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="declared_interests", verbose_name=_("Chi"))
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="declared_interests")
    motive = models.CharField(_("Che legame c'è"), max_length=300)
    declared_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "company"], condition=Q(ended_at__isnull=True), name="interest_declared_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("declared_at")),
                name="interest_ends_after_it_is_declared",
            ),
        ]
