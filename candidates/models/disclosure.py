"""Disclosure: a body sees a person's name only after the person said yes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from candidates.models.candidate import Candidate
from candidates.states import DisclosureState
from sportello.accounts.enums import Role
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model
from sportello.territory.models import Organisation

DISCLOSURE = Processing(
    purpose="Mostrare il profilo a un'impresa solo con il sì della persona",
    basis=Basis.CONSENT,
    retention="24 mesi dall'ultima attività",
    readers=("self", Role.OPERATOR, Role.COORDINATOR, Role.COMPANY),
)


@audit.tracked()
@classified(
    DISCLOSURE,
    counted=True,
    identity="candidate",
    case="organisation state asked_at answered_at",
    organisation="regarding",
    technical="answered_by",
)
class DisclosureRequest(Model):
    """A question to the person: may this body see who you are, for this reason?"""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="disclosures")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="disclosures")
    regarding = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=DisclosureState.choices, default=DisclosureState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=300, blank=True, help_text="Label of who recorded the answer")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="answered_disclosure_has_its_time",
            ),
            models.UniqueConstraint(
                fields=["candidate", "organisation", "regarding"], name="disclosure_asked_once_per_reason"
            ),
        ]
