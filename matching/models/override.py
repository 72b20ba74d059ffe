"""What a person decided otherwise than the ranking, and why."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.models import Candidate
from employers.models import Vacancy
from matching.models.run import MATCHING, MatchRun
from matching.states import REASONS_FOR, OverrideKind, OverrideReason
from sportello.accounts.scope import Scope
from sportello.core.catalogue import classified
from sportello.core.db import Model


class OverrideQuerySet(models.QuerySet["Override"]):
    def visible_to(self, scope: Scope) -> "OverrideQuerySet":
        """Those about people of the actor's desks."""
        return self.filter(candidate__in=Candidate.objects.visible_to(scope))


@classified(
    MATCHING,
    identity="candidate actor_id",
    case="vacancy run kind rank rule reason motive decided_at",
    organisation="actor_label",
)
class Override(Model):
    """A person put forward though the ranking did not hold them, or set aside though it did; the newest for a vacancy counts.

    `rank` is that of the run, null for whom it did not hold; `rule` is the first that the person failed at that moment. Written once.
    """

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="overrides")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="overrides")
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, null=True, blank=True, related_name="overrides")
    kind = models.CharField(max_length=12, choices=OverrideKind.choices)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=12, blank=True)
    reason = models.CharField(_("Perché"), max_length=12, choices=OverrideReason.choices)
    motive = models.CharField(_("Il motivo in parole tue"), max_length=500)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_label = models.CharField(max_length=300)
    decided_at = models.DateTimeField(default=timezone.now)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(motive=""), name="override_knows_why"),
            models.CheckConstraint(
                condition=models.Q(kind=OverrideKind.PUT_FORWARD) | models.Q(rank__isnull=False),
                name="who_is_set_aside_was_ranked",
            ),
            models.CheckConstraint(
                condition=models.Q(rank__isnull=True) | models.Q(run__isnull=False), name="rank_is_of_a_run"
            ),
            *(
                models.CheckConstraint(
                    condition=~models.Q(kind=kind) | models.Q(reason__in=reasons), name=f"{kind.value}_for_its_reasons"
                )
                for kind, reasons in REASONS_FOR.items()
            ),
        ]
        indexes = [models.Index(fields=["vacancy", "candidate", "-decided_at"], name="newest_override")]
        triggers = [
            pgtrigger.Trigger(
                name="override_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # The person and the vacancy may pass to another record when two are merged.
                condition=pgtrigger.AnyChange(
                    "run", "kind", "rank", "rule", "reason", "motive", "actor_id", "actor_label", "decided_at"
                ),
                func="RAISE EXCEPTION 'what was decided stays as it was' USING ERRCODE = 'restrict_violation';",
            ),
        ]
