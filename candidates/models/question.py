"""What a person asks somebody at the desk from their own page, and the answer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import QuestionTopic
from candidates.models.candidate import CASE_WORK, Candidate
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, scope: Scope) -> "QuestionQuerySet":
        """Questions of the people whom the actor may open."""
        return self.filter(candidate__in=Candidate.objects.visible_to(scope))

    def waiting(self) -> "QuestionQuerySet":
        return self.filter(answered_at__isnull=True)


@audit.tracked()
@classified(CASE_WORK, identity="candidate", case="topic text asked_at answer answered_at answered_by")
class Question(Model):
    """One question in writing; whoever follows the person answers, in writing too."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="questions")
    topic = models.CharField(_("Di che cosa si tratta"), max_length=10, choices=QuestionTopic.choices)
    text = models.TextField(_("La tua domanda"), max_length=1000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("La risposta"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="answered_question_has_its_answer",
            )
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(answered_at__isnull=True), name="questions_waiting"),
        ]
