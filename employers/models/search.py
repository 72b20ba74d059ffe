"""Searches of the board that somebody asked to be told about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employers.enums import HoursKind
from employers.models.vacancy import Vacancy
from sportello.accounts.models import User
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model
from sportello.territory.models import Municipality

ALERTS = Processing(
    purpose="Avvisare delle offerte nuove chi lo ha chiesto",
    basis=Basis.CONSENT,
    retention="180 giorni dalla richiesta, o finché la persona non la ferma",
    readers=("self",),
)


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def active(self) -> "SavedSearchQuerySet":
        """Searches whose owner has proved the address."""
        return self.filter(confirmed_at__isnull=False)


@classified(
    ALERTS,
    identity="user",
    contact="email",
    profile="words place km contract hours_kind group pay_from",
    technical="language created_at confirmed_at ends_on sent_on told",
)
class SavedSearch(Model):
    """What somebody looks for, and where to write when it appears; `told` are the vacancies that need no second mail.

    No history is kept of it: who stops it leaves nothing behind.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="saved_searches")
    email = models.EmailField(_("La tua e-mail"))
    language = models.CharField(max_length=2, default="it")
    words = models.CharField(max_length=100, blank=True)
    place = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    km = models.PositiveSmallIntegerField(default=20)
    contract = models.CharField(max_length=20, blank=True)
    hours_kind = models.CharField(max_length=10, choices=HoursKind.choices, blank=True)
    group = models.CharField(max_length=1, blank=True)
    pay_from = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ends_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    told = models.ManyToManyField(Vacancy, related_name="+")

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "words", "place", "km", "contract", "hours_kind", "group", "pay_from"],
                nulls_distinct=False,
                name="one_alert_for_each_search",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(confirmed_at__isnull=False),
                name="only_a_proved_address_is_written_to",
            ),
        ]
