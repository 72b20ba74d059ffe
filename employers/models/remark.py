"""What the wording check found in a vacancy, why the company keeps it, and who at the desk accepted that."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employers.enums import RemarkLevel, WordedField
from employers.models.company import COMPANY_SERVICES
from employers.models.vacancy import Vacancy
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model

LONGEST_WORDS = 300
"""More of a passage than a reader needs to find it again."""


@audit.tracked()
@classified(
    COMPANY_SERVICES,
    organisation="vacancy field code level words law alternative explanation motive confirmation confirmed_at "
    "confirmed_by_label",
    identity="confirmed_by_id",
)
class VacancyRemark(Model):
    """Words of an ad that the law forbids (hard) or wants explained (soft), as the check told them on that day."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="remarks")
    field = models.CharField(max_length=20, choices=WordedField.choices)
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=4, choices=RemarkLevel.choices)
    words = models.CharField(max_length=LONGEST_WORDS)
    law = models.CharField(max_length=200)
    alternative = models.CharField(max_length=300)
    explanation = models.CharField(max_length=300)
    motive = models.CharField(_("Perché serve"), max_length=500, blank=True)
    confirmation = models.CharField(max_length=500, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.UUIDField(null=True, blank=True)
    confirmed_by_label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["level", "field", "code", "words"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "field", "code", "words"], name="remark_made_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmation="", confirmed_by_label="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmation="") & ~Q(confirmed_by_label="") & ~Q(motive="")),
                name="confirmed_remark_has_motive_and_word",
            ),
        ]
