"""Editions of the semester report and their frozen figures."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reports.enums import TerritoryKind
from reports.states import PUBLIC, IssueState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model
from sportello.pacts.models import TerritorialPact
from sportello.territory.models import Municipality, Zone

STATISTICS = Processing(
    purpose="Raccontare il lavoro nel territorio con numeri congelati",
    basis=Basis.PUBLIC_TASK,
    retention="senza limite: sono dati aggregati e protetti",
    readers=(Role.OFFICIAL, Role.CONTROL_ROOM),
)

# What is printed never moves: the database itself refuses, whoever asks.
_REFUSE_IF_FROZEN = """
IF EXISTS (
    SELECT FROM reports_reportissue
    WHERE frozen_at IS NOT NULL AND id IN (COALESCE(OLD.issue_id, NEW.issue_id), COALESCE(NEW.issue_id, OLD.issue_id))
) THEN
    RAISE EXCEPTION 'the figures of a frozen issue do not change' USING ERRCODE = 'restrict_violation';
END IF;
RETURN COALESCE(NEW, OLD);
"""


class ReportIssueQuerySet(models.QuerySet["ReportIssue"]):
    def visible_to(self, scope: Scope) -> "ReportIssueQuerySet":
        """Published ones for all; an official also those of their municipality, the control room all."""
        if scope.has(Role.CONTROL_ROOM):
            return self
        published = Q(state__in=PUBLIC)
        own = Q(municipality__in=scope.municipality_ids(Role.OFFICIAL))
        return self.filter(published | own)


@audit.tracked()
@classified(
    STATISTICS,
    public="kind pact zone municipality year half version state data_cut code requested_at frozen_at built_at "
    "published_at figures_sha256 pdf_sha256 pages failure",
    technical="pdf",
    identity="requested_by published_by",
)
class ReportIssue(Model):
    """One edition: a territory, a semester, a version. Once frozen its figures never move."""

    kind = models.CharField(max_length=12, choices=TerritoryKind.choices)
    pact = models.ForeignKey(TerritorialPact, on_delete=models.PROTECT, null=True, blank=True, related_name="issues")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="issues")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="issues"
    )
    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=110, unique=True)
    state = models.CharField(max_length=10, choices=IssueState.choices, default=IssueState.QUEUED)
    data_cut = models.DateField(help_text="Last day whose records are counted")
    requested_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    frozen_at = models.DateTimeField(null=True, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    figures_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf = models.FileField(upload_to="reports/", blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)

    objects = ReportIssueQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-half", "-version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="pact", pact__isnull=False, zone__isnull=True, municipality__isnull=True)
                | Q(kind="zone", pact__isnull=True, zone__isnull=False, municipality__isnull=True)
                | Q(kind="municipality", pact__isnull=True, zone__isnull=True, municipality__isnull=False),
                name="issue_is_about_one_territory",
            ),
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="issue_half_is_one_or_two"),
            models.UniqueConstraint(
                fields=["kind", "pact", "zone", "municipality", "year", "half", "version"],
                nulls_distinct=False,
                name="issue_version_unique",
            ),
            models.UniqueConstraint(
                fields=["kind", "pact", "zone", "municipality", "year", "half"],
                condition=Q(state="published"),
                nulls_distinct=False,
                name="one_published_issue",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_issue_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.frozen_at IS NOT NULL AND (OLD.frozen_at, OLD.figures_sha256, OLD.data_cut, OLD.code)"
                    " IS DISTINCT FROM (NEW.frozen_at, NEW.figures_sha256, NEW.data_cut, NEW.code)"
                ),
                func="RAISE EXCEPTION 'issue % is frozen', OLD.code USING ERRCODE = 'restrict_violation';",
            ),
        ]

    @property
    def territory(self) -> TerritorialPact | Zone | Municipality:
        """The one it is about; LookupError for a row that the database would not accept."""
        found = self.pact or self.zone or self.municipality
        if found is None:
            raise LookupError("an issue without a territory")
        return found

    @property
    def territory_name(self) -> str:
        return str(self.territory)


@classified(
    STATISTICS, public="issue indicator dimension member numerator denominator suppressed reference_from reference_to"
)
class Figure(Model):
    """One frozen number with the number it is measured against; `dimension`/`member` break it down ("sex"/"F").

    A suppressed figure keeps no number at all: what is not stored cannot leak.
    """

    issue = models.ForeignKey(ReportIssue, on_delete=models.CASCADE, related_name="figures")
    indicator = models.CharField(max_length=60)
    dimension = models.CharField(max_length=20, blank=True)
    member = models.CharField(max_length=60, blank=True)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    suppressed = models.BooleanField(default=False)
    reference_from = models.DateField()
    reference_to = models.DateField()

    class Meta:
        ordering = ["indicator", "dimension", "member"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "indicator", "dimension", "member"], name="figure_stands_once"),
            models.CheckConstraint(
                condition=Q(suppressed=False, numerator__isnull=False)
                | Q(suppressed=True, numerator__isnull=True, denominator__isnull=True),
                name="suppressed_figure_keeps_no_number",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_figures_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_REFUSE_IF_FROZEN,
            ),
        ]
