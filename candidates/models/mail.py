"""E-mails that arrive: each kept once, with what the desk made of it; and the codes people write in the subject."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.engine.subject import subject_key
from candidates.enums import MailNature, MailRejection, MailSilence, SubjectCodeKind
from candidates.models.candidate import Candidate
from candidates.models.intake import RegistrationDraft
from candidates.models.restriction import hidden_from
from candidates.states import InboundState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model
from sportello.pacts.models import PactAction
from sportello.territory.models import Desk

CODES = Processing(purpose="Riconoscere a quale iniziativa si riferisce un'e-mail")
INBOUND_MAIL = Processing(
    purpose="Rispondere a chi scrive allo sportello e aprire la sua pratica",
    basis=Basis.PUBLIC_TASK,
    retention="24 mesi dall'arrivo",
    readers=(Role.OPERATOR, Role.COORDINATOR),
)


class SubjectCodeQuerySet(models.QuerySet["SubjectCode"]):
    def in_force(self, on: date) -> Self:
        """Codes that are recognised on a day; both ends count."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


@audit.tracked()
@classified(CODES, public="code key kind desk pact_action valid_from valid_to")
class SubjectCode(Model):
    """Words that a notice asks to write in the subject ("candidato/a AlmavivA"), from a day to a day, and the desk that reads them."""

    code = models.CharField(_("Che cosa scrivere nell'oggetto"), max_length=80)
    key = models.CharField(max_length=80, editable=False)
    kind = models.CharField(_("A che cosa si riferisce"), max_length=10, choices=SubjectCodeKind.choices)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="subject_codes", verbose_name=_("Sportello"))
    pact_action = models.ForeignKey(PactAction, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("Vale dal"))
    valid_to = models.DateField(_("Vale fino al"), null=True, blank=True)

    objects = SubjectCodeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="subject_code_has_words"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="subject_code_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="one_desk_per_subject_code",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="daterange",
                            output_field=models.CharField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = subject_key(self.code)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class InboundMessageQuerySet(models.QuerySet["InboundMessage"]):
    def visible_to(self, scope: Scope) -> Self:
        """Letters to the actor's desks, and those of which nobody can tell the desk: whoever serves one reads them, or nobody would.

        A restricted person's are read by whom a grant names.
        """
        if not scope.desk_ids:
            return self.none()
        return self.filter(Q(desk__in=scope.desk_ids) | Q(desk__isnull=True), ~hidden_from(scope.user_id))

    def waiting(self) -> Self:
        """Letters on which nobody has decided."""
        return self.filter(state__in=(InboundState.NEW, InboundState.NEEDS_REVIEW))


@classified(
    INBOUND_MAIL,
    identity="sender_name original_name candidate",
    contact="sender_address original_address",
    case="subject text raw note subject_code desk state rejection",
    technical="identity message_id nature silence answered received_at draft handled_at handled_by",
)
class InboundMessage(Model):
    """One e-mail, kept as it came (`raw`) and as it reads; `identity` is the same for its copies.

    `answered` tells that an automatic answer went to its sender on the day it arrived. Rows are not followed by history: the
    letter never changes, and what was decided stands beside who did it and when.
    """

    identity = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=500, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_address = models.CharField(max_length=254, blank=True)
    original_name = models.CharField(max_length=200, blank=True, help_text="Who wrote the message forwarded inside")
    original_address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    raw = models.BinaryField()
    nature = models.CharField(max_length=10, choices=MailNature.choices)
    silence = models.CharField(max_length=10, choices=MailSilence.choices, blank=True)
    answered = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now)
    subject_code = models.ForeignKey(
        SubjectCode, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, blank=True, related_name="inbound_messages")
    state = models.CharField(max_length=12, choices=InboundState.choices)
    rejection = models.CharField(_("Perché"), max_length=10, choices=MailRejection.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, null=True, blank=True, related_name="inbound_messages"
    )
    draft = models.ForeignKey(RegistrationDraft, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InboundMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="linked", candidate__isnull=False) | (~Q(state="linked") & Q(candidate__isnull=True)),
                name="linked_mail_has_its_person",
            ),
            models.CheckConstraint(
                condition=(Q(state="rejected") & ~Q(rejection="")) | (~Q(state="rejected") & Q(rejection="")),
                name="rejected_mail_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["linked", "rejected"], handled_at__isnull=False)
                | Q(state__in=["new", "needs_review"], handled_at__isnull=True, handled_by__isnull=True),
                name="handled_mail_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "-received_at"], name="inbound_mail_by_state")]

    @property
    def person_name(self) -> str:
        """Whom the letter is about: who wrote what is forwarded, else who sent it."""
        return self.original_name if self.original_address else self.sender_name

    @property
    def person_address(self) -> str:
        return self.original_address or self.sender_address


@classified(CODES, technical="name uid_validity last_uid read_at failed_at failure")
class Mailbox(Model):
    """How far a box of the mail server was read: every message up to `last_uid` is kept, as long as the server's numbers last."""

    name = models.CharField(max_length=300, unique=True, help_text="Account, server and folder; never the password")
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=60, blank=True, help_text="Kind of the last failure, without what it said")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True, failure="") | (Q(failed_at__isnull=False) & ~Q(failure="")),
                name="failed_reading_says_when",
            )
        ]


@classified(INBOUND_MAIL, case="message position name size refusal")
class InboundAttachment(Model):
    """A file of a letter; its bytes are in the letter, at this position. A refused one is noted and never handed out."""

    message = models.ForeignKey(InboundMessage, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField()
    refusal = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["message", "position"], name="attachment_listed_once")]
