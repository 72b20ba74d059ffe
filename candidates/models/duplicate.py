"""Records that may be of one person, and those that have become one."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import DuplicateGround, MergeRule
from candidates.models.candidate import CASE_WORK, Candidate
from candidates.models.restriction import hidden_from
from candidates.states import DuplicateState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    def visible_to(self, scope: Scope) -> "DuplicatePairQuerySet":
        """Pairs of which the actor serves at least one, while both records are in use and neither is hidden from them."""
        if not scope.desk_ids:
            return self.none()
        standing, mine = Candidate.objects.standing(), Candidate.objects.visible_to(scope)
        either_mine = Q(first__in=mine) | Q(second__in=mine)
        hidden = [hidden_from(scope.user_id, candidate=side) for side in ("first", "second")]
        return self.filter(either_mine, *(~each for each in hidden), first__in=standing, second__in=standing)

    def decidable_by(self, scope: Scope) -> "DuplicatePairQuerySet":
        """Of those, the pairs that the actor may decide: an operator serves both people, a coordinator one of them."""
        visible = self.visible_to(scope)
        if scope.coordinates:
            return visible
        mine = Candidate.objects.visible_to(scope)
        return visible.filter(first__in=mine, second__in=mine)


@audit.tracked()
@classified(CASE_WORK, identity="first second", case="ground state motive found_at decided_at", technical="decided_by")
class DuplicatePair(Model):
    """Two records that look alike, in no order: written once, decided once, never asked again."""

    merge_rule = MergeRule.LEFT

    first = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    ground = models.CharField(max_length=10, choices=DuplicateGround.choices)
    state = models.CharField(max_length=10, choices=DuplicateState.choices, default=DuplicateState.OPEN)
    motive = models.CharField(_("Perché"), max_length=300, blank=True)
    found_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        ordering = ["found_at"]
        constraints = [
            models.UniqueConstraint(Least("first", "second"), Greatest("first", "second"), name="pair_found_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="pair_is_of_two_records"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="decided_pair_has_its_time",
            ),
        ]


class MergeQuerySet(models.QuerySet["Merge"]):
    def undoable_by(self, scope: Scope) -> "MergeQuerySet":
        """Merges in force into a record that the actor serves."""
        return self.filter(kept__in=Candidate.objects.visible_to(scope), undone_at__isnull=True)


@audit.tracked(exclude=("record",))
@classified(
    CASE_WORK,
    identity="kept absorbed record",
    case="motive merged_at undo_motive undone_at",
    technical="merged_by undone_by",
)
class Merge(Model):
    """Two records of one person became one; `record` keeps what it takes to part them again.

    `record` holds `moved`, [model, field, ids] of the rows that passed; `added`, [profile, list, ids] of what its lists gained;
    `changed`, [model, id, values before, values after] of single rows, in the order of writing; `absorbed`, the fields of the record
    that was absorbed, as they were.
    """

    merge_rule = MergeRule.UNTOUCHED

    kept = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    record = models.JSONField()
    motive = models.CharField(_("Perché sono la stessa persona"), max_length=300)
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    undo_motive = models.CharField(_("Perché sono due persone"), max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-merged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="absorbed_by_one_record_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undo_motive="") | (Q(undone_at__isnull=False) & ~Q(undo_motive="")),
                name="undone_merge_has_its_motive",
            ),
        ]
