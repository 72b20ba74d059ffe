"""The question to another desk: would you take this person?"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.models.candidate import CASE_WORK
from candidates.models.case import Case
from candidates.states import ReorientationState
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.territory.models import Desk


@audit.tracked()
@classified(CASE_WORK, case="case desk state motive asked_by asked_at answered_by answered_at answer")
class Reorientation(Model):
    """One desk asks another to follow the person of a case; accepted, the case moves."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reorientations")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", verbose_name=_("A quale sportello"))
    state = models.CharField(max_length=9, choices=ReorientationState.choices, default=ReorientationState.ASKED)
    motive = models.CharField(_("Perché"), max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("Risposta"), max_length=300, blank=True)

    is_hidden: bool  # what the queries of the desk that is asked say

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="asked"), name="one_reorientation_asked_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(motive=""), name="reorientation_has_a_motive"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="answered_reorientation_has_its_time",
            ),
            models.CheckConstraint(condition=~Q(state="denied") | ~Q(answer=""), name="denied_with_a_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
                name="answered_after_it_was_asked",
            ),
        ]
