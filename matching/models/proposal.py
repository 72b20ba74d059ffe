"""One person proposed for one vacancy, with the parts of the score."""

from django.db import models

from candidates.enums import MergeRule
from candidates.models import Candidate
from matching.models.run import MATCHING, MatchRun
from sportello.core.catalogue import classified
from sportello.core.db import Model


@classified(MATCHING, identity="candidate", case="run rank score parts features is_new")
class Proposal(Model):
    """`score` is 0..100000; `parts` lists item by item what was asked, found, and the points of the maximum."""

    merge_rule = MergeRule.LEFT

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="proposals")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="proposals")
    rank = models.PositiveSmallIntegerField()
    score = models.PositiveIntegerField()
    parts = models.JSONField()
    features = models.JSONField(default=dict, help_text="The person as the engine saw them, to ask it again")

    is_new = models.BooleanField(default=False, help_text="The run before did not propose this person")

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["run", "rank"], name="one_person_per_rank"),
            models.UniqueConstraint(fields=["run", "candidate"], name="person_proposed_once_per_run"),
            models.CheckConstraint(condition=models.Q(score__lte=100_000), name="score_within_its_scale"),
        ]
        indexes = [models.Index(fields=["candidate", "run"], condition=models.Q(is_new=True), name="new_proposals")]

    @property
    def points(self) -> int:
        """Of 100, rounded down."""
        return self.score // 1000
