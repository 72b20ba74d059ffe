"""The desk's advice on gender equality (Punto Parità): requests of companies, and how ready they say they are."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enums import AdvisoryChannel, AdvisoryOutcome
from employers.models.company import COMPANY_SERVICES, Company
from employers.states import AdvisoryState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model


class AdvisoryQuerySet(models.QuerySet["AdvisoryRequest"]):
    def visible_to(self, scope: Scope) -> "AdvisoryQuerySet":
        """A company sees its own; operators see those of all companies."""
        if scope.has_any((Role.OPERATOR, Role.COORDINATOR)):
            return self
        return self.filter(company__organisation__in=scope.organisation_ids(Role.COMPANY))

    def open(self) -> "AdvisoryQuerySet":
        return self.filter(state__in=(AdvisoryState.ASKED, AdvisoryState.CONFIRMED))


@audit.tracked()
@classified(
    COMPANY_SERVICES,
    organisation="company channel question preferred_days state asked_at meets_at place outcome answer closed_at",
    identity="adviser",
)
class AdvisoryRequest(Model):
    """A company asks for a meeting and says when it could come; an adviser sets the hour, and closes it with an outcome."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="advisory_requests")
    channel = models.CharField(_("Come preferite incontrarci"), max_length=9, choices=AdvisoryChannel.choices)
    question = models.TextField(_("Di che cosa volete parlare"), max_length=1000)
    preferred_days = models.CharField(_("Quando potete"), max_length=200)
    state = models.CharField(max_length=9, choices=AdvisoryState.choices, default=AdvisoryState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    adviser = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    meets_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=12, choices=AdvisoryOutcome.choices, blank=True)
    answer = models.TextField(blank=True, max_length=2000)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AdvisoryQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["company"], condition=Q(state__in=["asked", "confirmed"]), name="one_open_request_of_a_company"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(meets_at__isnull=False) & ~Q(place="")),
                name="confirmed_meeting_has_hour_and_place",
            ),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(outcome="") & ~Q(answer=""))
                | (~Q(state="closed") & Q(closed_at__isnull=True, outcome="", answer="")),
                name="request_closes_with_its_outcome",
            ),
        ]


@audit.tracked()
@classified(COMPANY_SERVICES, organisation="company answers", technical="started_at saved_at")
class ReadinessChecklist(Model):
    """How a company answers for itself, area by area: question -> yes, partly, no. It has no legal effect."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="readiness_checklist")
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
