"""What a person shows of their search for work, beside the action that they agreed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.models.candidate import CASE_WORK
from candidates.models.plan import PlannedAction
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.core.files import private_path


@audit.tracked()
@classified(CASE_WORK, case="action text file told_at")
class SearchProof(Model):
    """Words, a file, or both; what was shown once is not taken back."""

    action = models.ForeignKey(PlannedAction, on_delete=models.CASCADE, related_name="proofs")
    text = models.CharField(_("Che cosa hai fatto"), max_length=500, blank=True)
    file = models.FileField(upload_to=private_path, blank=True)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["told_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | ~Q(file=""), name="proof_shows_something"),
        ]
