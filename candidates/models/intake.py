"""How a person arrives: the receipt of the registration, and the draft before it."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Func, Q, Value
from django.utils import timezone

from candidates.enums import IntakeChannel
from candidates.models.candidate import CASE_WORK, Candidate
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import Processing, classified
from sportello.core.db import Model
from sportello.pacts.models import PactAction
from sportello.territory.models import Desk, Municipality

NOTICES = Processing(purpose="Mostrare l'informativa che ciascuno ha letto")


class PrivacyNoticeQuerySet(models.QuerySet["PrivacyNotice"]):
    def in_force(self, on: date) -> "PrivacyNotice | None":
        """The notice that holds on a day: the newest that has begun; None before the first one."""
        return self.filter(valid_from__lte=on).order_by("-valid_from", "-version").first()


@classified(NOTICES, public="version valid_from text")
class PrivacyNotice(Model):
    """One version of the information on personal data (GDPR art. 13)."""

    version = models.CharField(max_length=20, unique=True)
    valid_from = models.DateField()
    text = models.TextField()

    objects = PrivacyNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]


TAKEN_IN_CHARGE = """EXISTS (
    SELECT 1 FROM candidates_case
    WHERE candidate_id = {intake}.candidate_id AND (state = 'open' OR opened_on >= {intake}.received_on)
)"""
"""The person of the arrival has a case open, or had one opened on that day or later; in SQL, `intake` is the row's name."""

LOCK_PERSON = "PERFORM 1 FROM candidates_candidate WHERE id IN (OLD.candidate_id, NEW.candidate_id) ORDER BY id FOR NO KEY UPDATE;"
"""Two that write of one person at once do not see each other's rows: the second waits for the first."""

SAY_WHICH_WAIT = """
UPDATE candidates_intake i SET is_waiting = NOT i.is_waiting
WHERE i.candidate_id IN (OLD.candidate_id, NEW.candidate_id) AND i.is_waiting = {taken};
""".format(taken=TAKEN_IN_CHARGE.format(intake="i"))


# Whether it waits follows from the cases: its past is theirs.
@audit.tracked(exclude=("is_waiting",))
@classified(
    CASE_WORK,
    counted=True,
    identity="candidate",
    case="number channel desk residence pact_action received_on registered_by reason",
    technical="privacy_notice received_at is_waiting",
)
class Intake(Model):
    """One arrival of a person at the service; the residence is the one of that day.

    `is_waiting`: nobody took it in charge. The database writes it, here and from the cases.
    """

    number = models.BigIntegerField(
        unique=True, db_default=Func(Value("candidates_intake_number"), function="nextval"), editable=False
    )
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="intakes")
    channel = models.CharField(max_length=10, choices=IntakeChannel.choices)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="intakes")
    residence = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    pact_action = models.ForeignKey(PactAction, on_delete=models.PROTECT, null=True, blank=True, related_name="intakes")
    reason = models.CharField(max_length=200, blank=True, help_text="Why the person came, in a few words")
    received_on = models.DateField()
    received_at = models.DateTimeField(default=timezone.now)
    registered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    privacy_notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    is_waiting = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(fields=["desk", "received_on", "candidate"], name="arrivals_at_a_desk"),
            models.Index(fields=["desk", "received_on"], condition=Q(is_waiting=True), name="waiting_arrivals"),
            # With what the reports read of it: they count the arrivals of half a year without opening one.
            models.Index(fields=["received_on"], include=["id", "candidate", "residence"], name="arrivals_by_day"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="waits_until_taken_in_charge",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("candidate_id", "received_on"),  # type: ignore[no-untyped-call]
                func=f"""
                    {LOCK_PERSON}
                    NEW.is_waiting := NOT {TAKEN_IN_CHARGE.format(intake="NEW")};
                    RETURN NEW;
                """,
            )
        ]

    @property
    def receipt(self) -> str:
        """Number on the receipt: year and counter, "SL-2026-000042"."""
        return f"SL-{self.received_on.year}-{self.number:06d}"


@classified(
    CASE_WORK,
    contact="email",
    profile="data",
    identity="intake",
    technical="step channel desk started_by token_hash created_at updated_at expires_at finished_at",
)
class RegistrationDraft(Model):
    """What was typed so far: saved at each step, resumed from the same browser or by the e-mailed link."""

    data = models.JSONField(default=dict)
    step = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=10, choices=IntakeChannel.choices, default=IntakeChannel.ONLINE)
    email = models.EmailField(blank=True)
    desk = models.ForeignKey(Desk, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    intake = models.ForeignKey(
        Intake, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="What came of it"
    )
