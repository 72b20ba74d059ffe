"""What stands between a draft and a signed pact: the approval of a second person, the code that the person types."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from candidates.models.candidate import CASE_WORK
from candidates.models.plan import ServicePact
from candidates.states import ReviewState
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model


@audit.tracked()
@classified(CASE_WORK, case="pact state asked_by asked_at decided_by decided_at motive")
class PactReview(Model):
    """A draft shown to a second person before it is signed, and the answer."""

    pact = models.ForeignKey(ServicePact, on_delete=models.CASCADE, related_name="reviews")
    state = models.CharField(max_length=9, choices=ReviewState.choices, default=ReviewState.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    motive = models.CharField(_("Che cosa va corretto"), max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pact"], condition=Q(state__in=["asked", "approved"]), name="one_review_of_a_draft_counts"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="nobody_approves_their_own"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="review_decided_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent_back"]) | Q(decided_by__isnull=False),
                name="answered_review_names_who_answered",
            ),
            models.CheckConstraint(condition=~Q(state="sent_back") | ~Q(motive=""), name="sent_back_with_a_motive"),
        ]


@classified(CASE_WORK, case="pact", secret="digest", technical="sent_at expires_at attempts sendings")
class SigningCode(Model):
    """The last code sent to the person for one pact; six digits, kept as a keyed digest."""

    pact = models.OneToOneField(ServicePact, on_delete=models.CASCADE, related_name="signing_code")
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sendings = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="code_expires_after_it_is_sent")
        ]
