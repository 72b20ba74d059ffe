"""The service pact and its plan of actions."""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from candidates.enums import ServicePactKind, SignatureWay
from candidates.models.candidate import CASE_WORK
from candidates.models.case import Case
from candidates.states import PactState, PlannedActionState
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.core.files import private_path

_SIGNED = [
    "case_id",
    "kind",
    "version",
    "responsible_id",
    "employability_profile",
    "search_acts",
    "contact_every_days",
    "proof_of_search",
    "commitments",
    "signed_on",
    "person_signed_at",
    "person_signed_how",
    "drawing",
    "operator_signed_at",
    "operator_signed_by_id",
    "snapshot",
    "expires_on",
]


@audit.tracked()
@classified(
    CASE_WORK,
    counted=True,
    identity="drawing",
    case="case kind version state written_by responsible employability_profile search_acts contact_every_days "
    "proof_of_search commitments signed_on person_signed_at person_signed_how operator_signed_at operator_signed_by "
    "snapshot expires_on pdf",
    technical="pdf_sha256 created_at",
)
class ServicePact(Model):
    """Personalised service pact: its five elements are compulsory to sign (art. 20 c. 2 D.Lgs. 150/2015).

    The operator signs first, and with that the text is frozen in `snapshot`; the person's signature makes it a pact.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="service_pacts")
    kind = models.CharField(_("Tipo di patto"), max_length=6, choices=ServicePactKind.choices)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=PactState.choices, default=PactState.DRAFT)
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    responsible = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Responsabile delle attività")
    )
    employability_profile = models.TextField(_("Profilo di occupabilità"), blank=True)
    search_acts = models.TextField(_("Che cosa farai per cercare lavoro, ed entro quando"), blank=True)
    contact_every_days = models.PositiveSmallIntegerField(
        _("Ogni quanti giorni ci sentiamo"), validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    proof_of_search = models.TextField(_("Come dimostri la ricerca"), blank=True)
    commitments = models.TextField(_("Disponibilità a corsi, laboratori e offerte congrue"), blank=True)
    signed_on = models.DateField(null=True, blank=True)
    person_signed_at = models.DateTimeField(null=True, blank=True)
    person_signed_how = models.CharField(max_length=7, choices=SignatureWay.choices, blank=True)
    drawing = models.TextField(blank=True, help_text="What the person drew: an SVG path")
    operator_signed_at = models.DateTimeField(null=True, blank=True)
    operator_signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    snapshot = models.JSONField(null=True, blank=True)
    expires_on = models.DateField(_("Valido fino al"), null=True, blank=True)
    pdf = models.FileField(upload_to=private_path, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-version"]
        # With what the reports read of it: what was agreed makes the rows very long.
        indexes = [models.Index(fields=["signed_on"], include=["case", "state"], name="pacts_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="pact_version_unique"),
            # The queues ask each open case for its signed pact: with what they read of it, the index alone answers.
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="signed"),
                include=["id", "contact_every_days", "signed_on", "expires_on"],
                name="one_signed_pact_per_case",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="draft"), name="one_draft_pact_per_case"),
            models.CheckConstraint(
                condition=Q(state="draft", signed_on__isnull=True)
                | (
                    Q(
                        signed_on__isnull=False,
                        person_signed_at__isnull=False,
                        operator_signed_at__isnull=False,
                        snapshot__isnull=False,
                    )
                    & ~Q(employability_profile="")
                    & ~Q(search_acts="")
                    & ~Q(proof_of_search="")
                    & ~Q(state="draft")
                    & Q(contact_every_days__gt=0)
                ),
                name="signed_pact_has_its_five_elements",
            ),
            models.CheckConstraint(
                condition=Q(operator_signed_at__isnull=True, operator_signed_by__isnull=True, snapshot__isnull=True)
                | Q(operator_signed_at__isnull=False, snapshot__isnull=False),
                name="operator_signs_a_frozen_text",
            ),
            models.CheckConstraint(
                condition=Q(person_signed_how="drawn") & ~Q(drawing="") | ~Q(person_signed_how="drawn") & Q(drawing=""),
                name="drawn_signature_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(pdf="") | (~Q(pdf_sha256="") & ~Q(state="draft")),
                name="print_of_a_signed_pact_has_its_hash",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_pact_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND (NEW.state = 'draft' OR ({}) IS DISTINCT FROM ({})"
                    " OR OLD.pdf_sha256 <> '' AND (OLD.pdf, OLD.pdf_sha256) IS DISTINCT FROM (NEW.pdf, NEW.pdf_sha256))".format(
                        *(", ".join(f"{row}.{name}" for name in _SIGNED) for row in ("OLD", "NEW"))
                    )
                ),
                # The words go with the person who is erased; that there was a pact stays.
                func="IF NOT EXISTS (SELECT FROM candidates_case work JOIN candidates_candidate who ON who.id = work.candidate_id"
                " WHERE work.id = OLD.case_id AND who.erased_at IS NOT NULL) THEN"
                " RAISE EXCEPTION 'a signed pact does not change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
            ),
        ]


@audit.tracked()
@classified(CASE_WORK, case="pact text due_on state closed_on outcome position")
class PlannedAction(Model):
    """One agreed action of the plan; done and abandoned ones stay in its history."""

    pact = models.ForeignKey(ServicePact, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(_("Azione"), max_length=300)
    due_on = models.DateField(_("Entro il"))
    state = models.CharField(max_length=10, choices=PlannedActionState.choices, default=PlannedActionState.PENDING)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("Com'è andata"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending", closed_on__isnull=True)
                | (~Q(state="pending") & Q(closed_on__isnull=False)),
                name="closed_action_has_its_day",
            )
        ]
        indexes = [models.Index(fields=["pact", "due_on"], condition=Q(state="pending"), name="pending_actions")]
