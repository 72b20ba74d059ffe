"""Technical rows: jobs, messages, reads of a person's file."""

import uuid
from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model

RUNNING = Processing(purpose="Far arrivare in fondo ogni lavoro richiesto")
MESSAGES = Processing(
    purpose="Avvisare le persone di ciò che le riguarda",
    basis=Basis.PUBLIC_TASK,
    retention="24 mesi dall'invio",
    readers=("operator", "self"),
)
ACCOUNTABILITY = Processing(
    purpose="Far sapere alla persona chi ha aperto la sua scheda e perché",
    basis=Basis.LEGAL_DUTY,
    retention="24 mesi dalla lettura",
    readers=("self", "administrator"),
)


KEPT = timedelta(days=731)
"""How long messages and reads are kept: the 24 months that the two processings above promise, with a leap day."""


class JobState(models.TextChoices):
    REQUESTED = "requested", _("Richiesto")
    LEASED = "leased", _("In corso")
    DONE = "done", _("Fatto")
    FAILED = "failed", _("Non riuscito")


@classified(
    RUNNING,
    technical="path args key state attempts progress progress_note requested_at not_before sent_at lease_until finished_at error",
)
class Job(Model):
    """One piece of work for a worker: the row is the truth, the broker only carries its id.

    `args` are ids and plain words, never personal data; `error` is the name of an exception, never its text.
    `attempts` also numbers the lease: a worker that lost its lease finds the number changed. `sent_at` is when the id was last
    given to the broker, null when that failed.
    """

    path = models.CharField(max_length=120)
    args = models.JSONField(default=list)
    key = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.REQUESTED)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    progress_note = models.CharField(max_length=120, blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "key"],
                condition=~Q(key="") & Q(state__in=["requested", "leased"]),
                name="one_open_job_per_key",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(state="leased", lease_until__isnull=False)
                | (~Q(state="leased") & Q(lease_until__isnull=True)),
                name="leased_job_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["requested", "leased"], finished_at__isnull=True),
                name="finished_job_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "not_before"],
                condition=Q(state__in=["requested", "leased"]),
                name="open_jobs",
            )
        ]


class MessageChannel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class MessageState(models.TextChoices):
    """An SMS that stays on its way was cut off while it left: whether it arrived, nobody knows, and it is not repeated."""

    QUEUED = "queued", _("In coda")
    SENDING = "sending", _("In partenza")
    SENT = "sent", _("Inviato")
    FAILED = "failed", _("Non riuscito")
    DROPPED = "dropped", _("Non più necessario")


@classified(
    MESSAGES,
    technical="kind channel language state dedupe_key created_at sent_at",
    contact="recipient",
    case="subject_id about_id subject body",
)
class Message(Model):
    """A message to one person, rendered once and sent at most once; a short one has no subject."""

    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=MessageChannel.choices, default=MessageChannel.EMAIL)
    language = models.CharField(max_length=2, default="it")
    recipient = models.CharField(max_length=254)
    subject_id = models.UUIDField(null=True, blank=True, db_index=True, help_text="Whom it is about")
    about_id = models.UUIDField(null=True, blank=True, help_text="The row that made it necessary")
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    dedupe_key = models.CharField(max_length=160, unique=True, default=uuid.uuid4)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="sent_message_has_its_time",
            )
        ]


@classified(
    ACCOUNTABILITY,
    case="subject_id",
    organisation="actor_id actor_label",
    technical="part purpose at",
)
class AccessLogEntry(Model):
    """One read of a person's file: ids and labels without foreign keys, so it outlives what it speaks of.

    The database refuses to change a line, and to delete one before its time.
    """

    subject_id = models.UUIDField()
    actor_id = models.UUIDField(null=True, blank=True)
    actor_label = models.CharField(max_length=300)
    part = models.CharField(max_length=60)
    purpose = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(F("subject_id"), F("at").desc(), name="access_log_by_person")]
        triggers = [
            pgtrigger.Protect(name="reads_never_change", operation=pgtrigger.Update),
            pgtrigger.Protect(
                name="reads_are_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition(f"OLD.at > NOW() - INTERVAL '{KEPT.days} days'"),
            ),
        ]
