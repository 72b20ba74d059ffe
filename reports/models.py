"""Editions of the semester report and their frozen figures."""

from functools import reduce
from operator import or_

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from candidates.rules import led_desks
from reports.enums import EDITED, TerritoryKind
from reports.states import PUBLIC, IssueState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model
from sportello.pacts.models import TerritorialPact
from sportello.territory.models import Desk, Municipality, Zone

STATISTICS = Processing(
    purpose="Raccontare il lavoro nel territorio con numeri congelati",
    basis=Basis.PUBLIC_TASK,
    retention="senza limite: sono dati aggregati e protetti",
    readers=(Role.OFFICIAL, Role.CONTROL_ROOM),
)

# What is printed never moves: the database itself refuses, whoever asks.
_REFUSE_AREA = """
IF EXISTS (
    SELECT FROM reports_semesterfreeze
    WHERE frozen_at IS NOT NULL
        AND id IN (COALESCE(OLD.freeze_id, NEW.freeze_id), COALESCE(NEW.freeze_id, OLD.freeze_id))
) THEN
    RAISE EXCEPTION 'the areas of a frozen semester do not change' USING ERRCODE = 'restrict_violation';
END IF;
RETURN COALESCE(NEW, OLD);
"""
_REFUSE_FIGURE = """
IF EXISTS (
    SELECT FROM reports_frozenarea area JOIN reports_semesterfreeze semester ON semester.id = area.freeze_id
    WHERE semester.frozen_at IS NOT NULL
        AND area.id IN (COALESCE(OLD.area_id, NEW.area_id), COALESCE(NEW.area_id, OLD.area_id))
) THEN
    RAISE EXCEPTION 'the figures of a frozen semester do not change' USING ERRCODE = 'restrict_violation';
END IF;
RETURN COALESCE(NEW, OLD);
"""
_WHAT_AN_AREA_IS = {
    TerritoryKind.WHOLE: (),
    TerritoryKind.PACT: ("pact",),
    TerritoryKind.ZONE: ("zone",),
    TerritoryKind.DESK: ("desk",),
    TerritoryKind.MUNICIPALITY: ("municipality",),
}


def _is_about(kind: TerritoryKind) -> Q:
    """The condition of a row about a territory of that kind: its one territory is named, the others are not."""
    named = _WHAT_AN_AREA_IS[kind]
    return Q(kind=kind, **{f"{name}__isnull": name not in named for name in ("pact", "zone", "desk", "municipality")})


@classified(STATISTICS, public="year half version data_cut frozen_at figures_sha256")
class SemesterFreeze(Model):
    """Every figure of every territory in one semester, computed and protected at the same moment; then it never moves.

    All editions of the semester read it, so that nothing follows from one beside another. A later version of the semester is
    protected together with those that were published before it.
    """

    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    data_cut = models.DateField(help_text="Last day whose records are counted")
    frozen_at = models.DateTimeField(null=True, blank=True)
    figures_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-year", "-half", "-version"]
        constraints = [
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="freeze_half_is_one_or_two"),
            models.UniqueConstraint(fields=["year", "half", "version"], name="freeze_version_unique"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_semester_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.frozen_at IS NOT NULL"),
                func="RAISE EXCEPTION 'a frozen semester does not change' USING ERRCODE = 'restrict_violation';",
            ),
        ]


@classified(STATISTICS, public="freeze kind pact zone desk municipality istat_codes")
class FrozenArea(Model):
    """A territory as it was when its semester was frozen: who joins or leaves later moves nothing."""

    freeze = models.ForeignKey(SemesterFreeze, on_delete=models.CASCADE, related_name="areas")
    kind = models.CharField(max_length=12, choices=TerritoryKind.choices)
    pact = models.ForeignKey(TerritorialPact, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    istat_codes = ArrayField(models.CharField(max_length=6))

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, map(_is_about, TerritoryKind)), name="frozen_area_is_one_territory"
            ),
            models.UniqueConstraint(
                fields=["freeze", "kind", "pact", "zone", "desk", "municipality"],
                nulls_distinct=False,
                name="area_frozen_once",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_areas_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_REFUSE_AREA,
            ),
        ]


class ReportIssueQuerySet(models.QuerySet["ReportIssue"]):
    def visible_to(self, scope: Scope) -> "ReportIssueQuerySet":
        """Published ones for all; an official also those of their municipality, a coordinator of their desks, the control room all."""
        if scope.has(Role.CONTROL_ROOM):
            return self
        return self.filter(Q(state__in=PUBLIC) | _concerns(scope))

    def read_inside_by(self, scope: Scope) -> "ReportIssueQuerySet":
        """Those whose making the actor follows: an official the own municipality's, a coordinator the own desks', the control room all."""
        return self if scope.has(Role.CONTROL_ROOM) else self.filter(_concerns(scope))


def _concerns(scope: Scope) -> Q:
    return Q(municipality__in=scope.municipality_ids(Role.OFFICIAL)) | Q(desk__in=led_desks(scope))


@audit.tracked()
@classified(
    STATISTICS,
    public="kind pact zone desk municipality area year half version state data_cut code requested_at frozen_at built_at "
    "published_at figures_sha256 pdf_sha256 pages sealed_at failure revision_reason",
    technical="pdf sealed",
    identity="requested_by published_by",
)
class ReportIssue(Model):
    """One edition: a territory, a semester, a version. From `frozen_at` on it reads the figures of `area`, which never move."""

    kind = models.CharField(max_length=12, choices=TerritoryKind.choices)
    pact = models.ForeignKey(TerritorialPact, on_delete=models.PROTECT, null=True, blank=True, related_name="issues")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="issues")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, blank=True, related_name="issues")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="issues"
    )
    area = models.ForeignKey(FrozenArea, on_delete=models.PROTECT, null=True, blank=True, related_name="issues")
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
    sealed = models.FileField(upload_to="reports/", blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    revision_reason = models.CharField(
        max_length=500, blank=True, help_text="Why it was asked for when the semester had a published edition"
    )

    objects = ReportIssueQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-half", "-version"]
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, map(_is_about, EDITED)),
                name="issue_is_about_one_territory",
            ),
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="issue_half_is_one_or_two"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, area__isnull=True) | Q(frozen_at__isnull=False, area__isnull=False),
                name="frozen_issue_has_its_figures",
            ),
            models.CheckConstraint(
                condition=Q(sealed="", sealed_at__isnull=True)
                | (~Q(sealed="") & Q(sealed_at__isnull=False, published_at__isnull=False)),
                name="sealed_issue_was_published",
            ),
            models.UniqueConstraint(
                fields=["kind", "pact", "zone", "desk", "municipality", "year", "half", "version"],
                nulls_distinct=False,
                name="issue_version_unique",
            ),
            models.UniqueConstraint(
                fields=["kind", "pact", "zone", "desk", "municipality", "year", "half"],
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
                    "OLD.frozen_at IS NOT NULL"
                    " AND (OLD.frozen_at, OLD.area_id, OLD.figures_sha256, OLD.data_cut, OLD.code, OLD.revision_reason)"
                    " IS DISTINCT FROM"
                    " (NEW.frozen_at, NEW.area_id, NEW.figures_sha256, NEW.data_cut, NEW.code, NEW.revision_reason)"
                ),
                func="RAISE EXCEPTION 'issue % is frozen', OLD.code USING ERRCODE = 'restrict_violation';",
            ),
        ]

    @property
    def territory(self) -> TerritorialPact | Zone | Desk | Municipality:
        """The one it is about; LookupError for a row that the database would not accept."""
        found = self.pact or self.zone or self.desk or self.municipality
        if found is None:
            raise LookupError("an issue without a territory")
        return found

    @property
    def is_of_whole_semester(self) -> bool:
        """Whether its records are counted to the last day of June or December."""
        return (self.data_cut.month, self.data_cut.day) == ((6, 30) if self.half == 1 else (12, 31))

    @property
    def territory_name(self) -> str:
        return str(self.territory)


@classified(STATISTICS, organisation="issue text at", identity="author")
class ReviewComment(Model):
    """What somebody who read a built edition says of it, before it is published."""

    issue = models.ForeignKey(ReportIssue, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(max_length=1000)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


@classified(STATISTICS, public="area indicator dimension member numerator denominator suppressed")
class Figure(Model):
    """One frozen number with the number it is measured against; `dimension`/`member` break it down ("sex"/"F").

    A suppressed figure keeps no number at all: what is not stored cannot leak.
    """

    area = models.ForeignKey(FrozenArea, on_delete=models.CASCADE, related_name="figures")
    indicator = models.CharField(max_length=60)
    dimension = models.CharField(max_length=20, blank=True)
    member = models.CharField(max_length=80, blank=True)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    suppressed = models.BooleanField(default=False)

    class Meta:
        ordering = ["indicator", "dimension", "member"]
        constraints = [
            models.UniqueConstraint(fields=["area", "indicator", "dimension", "member"], name="figure_stands_once"),
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
                func=_REFUSE_FIGURE,
            ),
        ]
