"""Declarations of immediate availability: recorded here, issued elsewhere."""

from django.db import models

from candidates.enums import DeclarationKind, DeclarationProvenance
from candidates.models.candidate import CASE_WORK, Candidate
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.territory.models import Desk, Municipality


@audit.tracked()
@classified(CASE_WORK, identity="candidate", case="kind provenance declared_on desk residence", technical="recorded_at")
class AvailabilityDeclaration(Model):
    """A DID event (art. 19 D.Lgs. 150/2015). The desk assists and records; it neither issues nor decides."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="declarations")
    kind = models.CharField(max_length=10, choices=DeclarationKind.choices, default=DeclarationKind.INSERT)
    provenance = models.CharField(max_length=10, choices=DeclarationProvenance.choices)
    declared_on = models.DateField(db_index=True)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    residence = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-declared_on"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "kind", "declared_on"], name="declaration_recorded_once")
        ]
