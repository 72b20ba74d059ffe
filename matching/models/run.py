"""A run of the engine, kept so that it can be explained and replayed."""

from django.db import models
from django.utils import timezone

from employers.models import Vacancy
from matching.engine.strategies import Strategy
from sportello.accounts.enums import Role
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model

MATCHING = Processing(
    purpose="Proporre persone per un'offerta, spiegando perché",
    basis=Basis.PUBLIC_TASK,
    retention="24 mesi dalla proposta",
    readers=("self", Role.OPERATOR, Role.COORDINATOR),
)


@classified(
    MATCHING,
    technical="engine_version strategy edition weights taxonomy vocabulary segment requirements considered eligible excluded ran_at",
    case="vacancy near_misses",
    identity="actor_id",
    organisation="actor_label",
)
class MatchRun(Model):
    """One run for one vacancy: what was asked, with which engine and weights, how many people were weighed."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="match_runs")
    engine_version = models.CharField(max_length=20)
    strategy = models.CharField(max_length=20, default=Strategy.STANDARD.value)
    edition = models.PositiveIntegerField(default=0, help_text="Of the strategy; 0 as it was installed")
    weights = models.JSONField()
    taxonomy = models.CharField(max_length=60)
    vocabulary = models.CharField(max_length=32, default="", help_text="Digest of the words and their weights")
    segment = models.CharField(max_length=36, default="", help_text="The columns that were searched")
    requirements = models.JSONField()
    considered = models.PositiveIntegerField()
    eligible = models.PositiveIntegerField()
    excluded = models.JSONField(default=dict, help_text="First failed rule -> number of people")
    near_misses = models.JSONField(
        default=list, help_text="The excluded with the best scores: candidate id, failed rule, score"
    )
    actor_id = models.UUIDField(null=True, blank=True)
    actor_label = models.CharField(max_length=300)
    ran_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-ran_at"]
