"""What the person received from the desk, hour by hour."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from candidates.enums import AppointmentMode
from candidates.models.candidate import CASE_WORK
from candidates.models.case import Case
from candidates.models.reception import GroupMeeting
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.reference.models import ServiceCatalogueItem
from sportello.territory.models import Municipality

LONGEST_MINUTES = 600
"""A whole day of laboratory; a course is told day by day."""


@audit.tracked()
@classified(
    CASE_WORK,
    counted=True,
    case="case residence service delivered_on minutes mode operator group note",
    technical="recorded_at",
)
class ServiceDelivered(Model):
    """One service of the catalogue given to the person of a case on a day; `residence` is the one of that day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="services")
    residence = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(
        ServiceCatalogueItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("Servizio")
    )
    delivered_on = models.DateField(_("In che giorno"), db_index=True)
    minutes = models.PositiveSmallIntegerField(
        _("Minuti"), validators=[MinValueValidator(5), MaxValueValidator(LONGEST_MINUTES)]
    )
    mode = models.CharField(
        _("Come"), max_length=10, choices=AppointmentMode.choices, default=AppointmentMode.IN_PERSON
    )
    operator = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="services")
    note = models.CharField(_("Nota"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-delivered_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(5, LONGEST_MINUTES)), name="service_of_human_length"),
            models.UniqueConstraint(
                fields=["case", "group", "service"],
                condition=Q(group__isnull=False),
                name="service_of_a_group_written_once",
            ),
        ]
