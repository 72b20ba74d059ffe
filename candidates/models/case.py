"""The case: the period in which a desk follows a person, who follows, and what was said."""

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import ContactChannel, MergeRule, NoteVisibility, TargetArea
from candidates.models.candidate import CASE_WORK, Candidate, of_erased_person
from candidates.models.intake import LOCK_PERSON, SAY_WHICH_WAIT
from candidates.models.restriction import hidden_from
from candidates.states import CaseClosing, CaseState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.territory.models import Desk, Municipality


def _unless_erased(sentence: str) -> str:
    """Body of a trigger: the words of a person who is erased go, all others stay."""
    return (
        "IF NOT EXISTS (SELECT FROM candidates_candidate who WHERE who.id = OLD.candidate_id"
        f" AND who.erased_at IS NOT NULL) THEN RAISE EXCEPTION '{sentence}'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    )


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, scope: Scope) -> "CaseQuerySet":
        """Cases of the desks the actor serves, of people whom they may open; a restricted person's by grant alone."""
        elsewhere = Case.objects.filter(candidate=OuterRef("candidate"), state=CaseState.OPEN)
        # Only a closed case can be of a person whom another desk has in charge by now.
        followed_here = Q(state=CaseState.OPEN) | ~Q(Exists(elsewhere.exclude(desk__in=scope.desk_ids)))
        return self.filter(~of_erased_person(), ~hidden_from(scope.user_id), followed_here, desk__in=scope.desk_ids)

    def open(self) -> "CaseQuerySet":
        return self.filter(state=CaseState.OPEN)


@audit.tracked()
@classified(
    CASE_WORK,
    counted=True,
    identity="candidate",
    case="desk residence state opened_on closed_on closing closing_note balance responsible_operator last_contact_on",
    special="target_area target_evidence target_reason",
)
class Case(Model):
    """An open period of work with a person; one at a time, wherever the desk."""

    merge_rule = MergeRule.REFUSED
    merge_conflict = _("Tutte e due le schede hanno una pratica aperta: chiudine prima una.")

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="cases")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="cases", verbose_name=_("Sportello"))
    residence = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closing = models.CharField(_("Esito"), max_length=12, choices=CaseClosing.choices, blank=True)
    closing_note = models.TextField(_("Nota di chiusura"), blank=True)
    balance = models.JSONField(null=True, blank=True, help_text="What was done, counted when the case closed")
    target_area = models.CharField(_("Area"), max_length=10, choices=TargetArea.choices, blank=True)
    target_evidence = models.JSONField(null=True, blank=True, help_text="What the rules said at intake, and on what")
    target_reason = models.CharField(max_length=300, blank=True, help_text="Why the area is not the one proposed")
    responsible_operator = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("Responsabile")
    )
    last_contact_on = models.DateField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["opened_on"]
        constraints = [
            models.UniqueConstraint(fields=["candidate"], condition=Q(state="open"), name="one_open_case_per_person"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True, closing="")
                | (Q(state="closed", closed_on__isnull=False) & ~Q(closing="")),
                name="closed_case_has_date_and_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="case_closes_after_it_opens",
            ),
        ]
        indexes = [
            # With what the queues read of it. That the state is in the condition tells the planner that no open case
            # has to be looked for elsewhere (`visible_to`).
            models.Index(
                fields=["desk", "responsible_operator"],
                include=["id", "candidate", "opened_on", "last_contact_on"],
                condition=Q(state="open"),
                name="caseload",
            ),
            # With what the reports read of it.
            models.Index(
                fields=["opened_on"],
                include=["candidate", "residence", "closed_on", "target_area"],
                name="cases_by_day",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="says_which_arrivals_wait",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.Delete
                | pgtrigger.UpdateOf("candidate_id", "state", "opened_on"),  # type: ignore[no-untyped-call]
                func=f"{LOCK_PERSON} {SAY_WHICH_WAIT} RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="area_stays_as_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.target_evidence IS NOT NULL AND (OLD.target_area, OLD.target_evidence, OLD.target_reason)"
                    " IS DISTINCT FROM (NEW.target_area, NEW.target_evidence, NEW.target_reason)"
                ),
                func=_unless_erased("an area decided at intake does not change"),
            ),
            pgtrigger.Trigger(
                name="balance_stays_as_counted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.balance IS NOT NULL AND OLD.balance IS DISTINCT FROM NEW.balance"),
                func=_unless_erased("a closing balance does not change"),
            ),
        ]


@audit.tracked()
@classified(CASE_WORK, case="case operator starts_on ends_on end_reason")
class CaseAssignment(Model):
    """Who followed the case, from when to when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ends_on__isnull=True), name="one_operator_at_a_time")
        ]


@audit.tracked()
@classified(CASE_WORK, case="case name")
class CaseTag(Model):
    """A word by which a desk finds some of its cases again."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("Etichetta"), max_length=40, db_index=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="tag_written_once"),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name"),
        ]


@classified(CASE_WORK, identity="owner", technical="name query created_at")
class SavedView(Model):
    """A list of cases that an operator looks at again: the filters, as the address of the list carries them."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("Nome della vista"), max_length=40)
    query = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="view_saved_once")]


@audit.tracked()
@classified(
    CASE_WORK,
    counted=True,
    identity="candidate",
    case="case desk residence operator channel happened_on happened_at reason note visibility",
)
class Contact(Model):
    """A conversation with the person, whoever began it."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="contacts")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    residence = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    operator = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(_("Come"), max_length=10, choices=ContactChannel.choices)
    happened_on = models.DateField(_("Quando"))
    happened_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(_("Motivo"), max_length=150)
    note = models.TextField(_("Che cosa ci siamo detti"), blank=True)
    visibility = models.CharField(
        _("Chi la legge"), max_length=8, choices=NoteVisibility.choices, default=NoteVisibility.SHARED
    )

    class Meta:
        ordering = ["-happened_on", "-happened_at"]
        # With what the reports read of it: the notes make the rows long.
        indexes = [
            models.Index(fields=["happened_on"], include=["candidate", "residence", "channel"], name="contacts_by_day")
        ]
