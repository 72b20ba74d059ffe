"""Agreements between bodies: the territorial pact, who belongs to it and since when, what it does."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from sportello.core import audit
from sportello.core.catalogue import Processing, classified
from sportello.core.db import Model
from sportello.core.files import private_path
from sportello.pacts.enums import ActionState, MembershipState, PactKind, PartnerRole
from sportello.territory.models import Municipality, Organisation

AGREEMENTS = Processing(purpose="Dire chi ha aderito a quale accordo, con quale atto e da quando")


@audit.tracked()
@classified(AGREEMENTS, public="slug kind name lead starts_on ends_on programme")
class TerritorialPact(Model):
    """An agreement of municipalities on work in their area; always exactly one lead."""

    slug = models.SlugField(unique=True, max_length=80)
    kind = models.CharField(max_length=10, choices=PactKind.choices, default=PactKind.PACT)
    name = models.CharField(max_length=150)
    lead = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="led_pacts")
    starts_on = models.DateField()
    ends_on = models.DateField()
    programme = models.TextField(blank=True)

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pact_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.name


class PactMembershipQuerySet(models.QuerySet["PactMembership"]):
    def in_force(self, on: date) -> "PactMembershipQuerySet":
        """Members that count on a day: signed, with their deed, joined and not yet left, within the pact's period."""
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=on),
            joined_on__lte=on,
            pact__starts_on__lte=on,
            pact__ends_on__gte=on,
        ).exclude(deed_no="")


@audit.tracked()
@classified(
    AGREEMENTS, public="pact municipality state deed_no deed_date deed_file joined_on left_on withdrawal_reason"
)
class PactMembership(Model):
    """A municipality in a pact, from a day to a day. In force only with its deed."""

    pact = models.ForeignKey(TerritorialPact, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="pact_memberships")
    state = models.CharField(max_length=12, choices=MembershipState.choices, default=MembershipState.INVITED)
    deed_no = models.CharField(max_length=40, blank=True)
    deed_date = models.DateField(null=True, blank=True)
    deed_file = models.FileField(upload_to=private_path, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    objects = PactMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["municipality__sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deed_no="", deed_date__isnull=True) | (~Q(deed_no="") & Q(deed_date__isnull=False)),
                name="deed_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True) | ~Q(deed_no=""),
                name="nobody_joins_without_a_deed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["invited", "deliberated"], joined_on__isnull=True)
                | Q(state__in=["signed", "withdrawn"], joined_on__isnull=False),
                name="signed_member_has_joined",
            ),
            models.CheckConstraint(
                condition=(Q(state="withdrawn") & Q(left_on__isnull=False))
                | (~Q(state="withdrawn") & Q(left_on__isnull=True)),
                name="withdrawn_member_has_left",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="member_leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["pact", "municipality"],
                condition=~Q(state="withdrawn"),
                name="one_open_membership_per_municipality",
            ),
            ExclusionConstraint(
                name="memberships_do_not_overlap",
                expressions=[
                    ("pact", RangeOperators.EQUAL),
                    ("municipality", RangeOperators.EQUAL),
                    (
                        Func(
                            F("joined_on"),
                            F("left_on"),
                            Value("[)"),
                            function="daterange",
                            output_field=models.CharField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(joined_on__isnull=False),
            ),
        ]


@audit.tracked()
@classified(AGREEMENTS, public="pact organisation role since")
class PactPartner(Model):
    """A supporter or contributor: beside the pact, never counted among its members."""

    pact = models.ForeignKey(TerritorialPact, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pact_partnerships")
    role = models.CharField(max_length=12, choices=PartnerRole.choices)
    since = models.DateField()

    class Meta:
        ordering = ["role", "organisation__sort_key"]
        constraints = [models.UniqueConstraint(fields=["pact", "organisation"], name="partner_stands_once")]


@audit.tracked()
@classified(AGREEMENTS, public="pact title indicator target due_on retired_on retirement_reason")
class PactGoal(Model):
    """What the pact wants to reach: at least `target` of a figure of the semester report, in its unit, by a day.

    `indicator` names the figure; how far the goal is comes from the editions, never from a hand. A goal that is given up is retired
    with its reason, never deleted.
    """

    pact = models.ForeignKey(TerritorialPact, on_delete=models.CASCADE, related_name="goals")
    title = models.CharField(max_length=200)
    indicator = models.CharField(max_length=60)
    target = models.PositiveIntegerField()
    due_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    retirement_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(condition=Q(target__gte=1), name="goal_asks_for_something"),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True, retirement_reason="")
                | (Q(retired_on__isnull=False) & ~Q(retirement_reason="")),
                name="retired_goal_has_day_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@audit.tracked()
@classified(AGREEMENTS, public="pact code code_key title description starts_on ends_on state")
class PactAction(Model):
    """An agreed action with its intake code: the hub through which people and companies belong to a pact."""

    pact = models.ForeignKey(TerritorialPact, on_delete=models.CASCADE, related_name="actions")
    code = models.CharField(max_length=60)
    code_key = models.CharField(max_length=60, unique=True, editable=False)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.PLANNED)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="action_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.title
