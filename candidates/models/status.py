"""Declarations of immediate availability and the work around them: recorded here, issued and decided elsewhere."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from candidates.enums import DeclarationKind, DeclarationProvenance, SpellKind, SpellProvenance
from candidates.models.candidate import CASE_WORK, Candidate
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.territory.models import Desk, Municipality


@audit.tracked()
@classified(
    CASE_WORK,
    counted=True,
    identity="candidate",
    case="kind provenance declared_on desk residence",
    technical="recorded_at",
)
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


@audit.tracked()
@classified(
    CASE_WORK,
    identity="candidate",
    case="kind starts_on ends_on employer yearly_pay provenance",
    technical="recorded_at",
)
class WorkSpell(Model):
    """Days of work, or of what suspends the status, as the person or a notice tells them; `ends_on` is empty while it goes on.

    `yearly_pay` is the gross pay of a year that the work is expected to give, in euro: it decides whether the status is conserved
    (art. 4, par. 15-quater D.L. 4/2019). Nobody but the person and the desk sees it, and the matching never.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="work_spells")
    kind = models.CharField(_("Che cosa è successo"), max_length=16, choices=SpellKind.choices)
    starts_on = models.DateField(_("Dal"))
    ends_on = models.DateField(_("Al"), null=True, blank=True)
    yearly_pay = models.PositiveIntegerField(
        _("Quanto si prevede di guadagnare in un anno, lordo (euro)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(1_000_000)],
    )
    employer = models.CharField(_("Con chi"), max_length=200, blank=True)
    provenance = models.CharField(max_length=8, choices=SpellProvenance.choices)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "kind", "starts_on", "employer"], name="work_spell_recorded_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="work_spell_ends_after_it_starts",
            ),
        ]
