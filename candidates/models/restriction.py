"""Restricted files: a person whom nobody sees without an explicit grant that ends by itself (detention, violence)."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import MergeRule
from candidates.models.candidate import CASE_WORK, Candidate
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model


@audit.tracked()
@classified(
    CASE_WORK,
    identity="candidate",
    special="motive lift_motive",
    case="set_by set_at lifted_by lifted_at",
)
class Restriction(Model):
    """While it stands, the person's file exists only for themself and for whom a grant names."""

    merge_rule = MergeRule.REFUSED
    merge_conflict = _("Tutte e due le schede sono riservate: togli prima una delle due riservatezze.")

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="restrictions")
    motive = models.CharField(max_length=300)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_motive = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(lifted_at__isnull=True), name="one_restriction_stands"
            ),
            models.CheckConstraint(condition=~Q(motive=""), name="restriction_has_a_motive"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_motive="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_motive="")),
                name="lifted_restriction_says_by_whom_and_why",
            ),
        ]


class RestrictionGrantQuerySet(models.QuerySet["RestrictionGrant"]):
    def in_force(self, on: date) -> "RestrictionGrantQuerySet":
        return self.filter(revoked_at__isnull=True, starts_on__lte=on, ends_on__gte=on)


@audit.tracked()
@classified(CASE_WORK, identity="user", case="restriction granted_by starts_on ends_on revoked_at", special="motive")
class RestrictionGrant(Model):
    """Who may see a restricted file, from when to when, and why."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    motive = models.CharField(max_length=300)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = RestrictionGrantQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="grant_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(motive=""), name="grant_has_a_motive"),
        ]


IS_HIDDEN = "is_hidden"
"""The name under which querysets tell, row by row, what `hidden_from` says."""


def hidden_from(user_id: UUID | None, *, candidate: str = "candidate") -> Exists:
    """Whether the person of a row is hidden from an account today; `candidate` is the row's way to the person.

    Answered by the index of the few restrictions that stand.
    """
    named = RestrictionGrant.objects.in_force(timezone.localdate()).filter(restriction=OuterRef("pk"), user=user_id)
    standing = Restriction.objects.filter(candidate=OuterRef(candidate), lifted_at__isnull=True)
    return Exists(standing.filter(~Exists(named)))
