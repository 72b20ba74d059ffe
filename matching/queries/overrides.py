"""Where a person stands in the ranking of a vacancy, and what somebody decided otherwise."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise

from candidates.models import Candidate
from employers.models import Vacancy
from matching.engine.constraints import LIFTABLE, Rule
from matching.engine.explain import week_of
from matching.engine.scoring import failed_rules
from matching.models import MatchRun, Override, Proposal, Referral
from matching.queries.features import read_people, read_vacancies
from matching.queries.labels import RULE_LABELS, WeekLine, told_week
from matching.states import OverrideKind, OverrideReason
from sportello.accounts.scope import Scope

_FACTS = JSONObject(
    candidate="candidate_id",
    kind="kind",
    rank="rank",
    rule="rule",
    reason="reason",
    motive="motive",
    by="actor_label",
    at="decided_at",
)


@dataclass(frozen=True)
class Decision:
    """An override as pages tell it; `rank` is None for whom the run did not hold."""

    candidate_id: UUID
    kind: OverrideKind
    rank: int | None
    rule: str
    reason: OverrideReason
    motive: str
    by: str
    at: datetime

    @property
    def is_aside(self) -> bool:
        return self.kind is OverrideKind.SET_ASIDE

    @property
    def rule_label(self) -> str | Promise:
        """The rule that excluded the person, empty without one."""
        return RULE_LABELS[self.rule] if self.rule else ""


@dataclass(frozen=True)
class Standing:
    """A person for a vacancy now: their rank in the newest run, the first rule they fail, whether somebody set them aside.

    `lacking` are the parts of the week that the work asks and the person has not, where that is the rule.
    """

    run: MatchRun | None
    proposal_id: UUID | None
    rank: int | None
    rule: Rule | None
    is_aside: bool
    lacking: tuple[WeekLine, ...] = ()

    @property
    def is_unlawful(self) -> bool:
        """Whether they fail a rule that nobody may lift."""
        return self.rule is not None and self.rule not in LIFTABLE

    @property
    def is_outside(self) -> bool:
        """Whether to put them forward is to decide otherwise than the ranking."""
        return self.rule is not None or self.is_aside or (self.run is not None and self.rank is None)

    @property
    def rule_label(self) -> str | Promise:
        return RULE_LABELS[self.rule.value] if self.rule else ""


def vacancy_to_fill(scope: Scope, pk: UUID) -> Vacancy:
    """A vacancy for which the actor may choose people, with the name of who offers it, or a 404; one query."""
    return get_object_or_404(Vacancy.objects.visible_to(scope).select_related("company__organisation"), pk=pk)


def standing_of(vacancy: Vacancy, candidate: Candidate) -> Standing:
    """Three queries; the rules are those of this moment."""
    proposal = Proposal.objects.filter(run=OuterRef("pk"), candidate=candidate)
    proposed = Subquery(proposal.values_list(JSONObject(id="pk", rank="rank"), flat=True))
    runs = vacancy.match_runs.annotate(proposed=proposed, decided=newest_decision(vacancy.pk, candidate.pk))
    run = runs.order_by("-ran_at").first()
    people = read_people([candidate.pk])
    (wanted,) = read_vacancies(Vacancy.objects.filter(pk=vacancy.pk))
    rule = failed_rules(wanted, people, today=timezone.localdate())[candidate.pk] if people else None
    lacking = told_week(week_of(wanted, people[0]).missing) if rule is Rule.WEEK else ()
    if run is None:
        return Standing(None, None, None, rule, is_aside=False, lacking=lacking)
    place = run.proposed or {"id": None, "rank": None}
    decided = read_decision(run.decided)
    return Standing(
        run=run,
        proposal_id=UUID(place["id"]) if place["id"] else None,
        rank=place["rank"],
        rule=rule,
        is_aside=decided is not None and decided.is_aside,
        lacking=lacking,
    )


def newest_decision(vacancy: Any, candidate: Any) -> Subquery:
    """The newest override of a person for a vacancy as one JSON value, to be read beside another row."""
    found = Override.objects.filter(vacancy=vacancy, candidate=candidate).order_by("-decided_at")
    return Subquery(found.values_list(_FACTS, flat=True)[:1])


def decisions_of(vacancy: Any) -> QuerySet[Override, dict[str, Any]]:
    """All overrides for a vacancy as JSON values, the newest first: to be read alone or beside another row."""
    return Override.objects.filter(vacancy=vacancy).order_by("-decided_at", "pk").values_list(_FACTS, flat=True)


def read_decision(facts: dict[str, Any] | None) -> Decision | None:
    """The decision of one JSON value."""
    if facts is None:
        return None
    return Decision(
        candidate_id=UUID(facts["candidate"]),
        kind=OverrideKind(facts["kind"]),
        rank=facts["rank"],
        rule=facts["rule"],
        reason=OverrideReason(facts["reason"]),
        motive=facts["motive"],
        by=facts["by"],
        at=datetime.fromisoformat(facts["at"]),
    )


@dataclass(frozen=True)
class Tally:
    """How often something was decided otherwise than the rankings in the last `days`, beside all the work proposed by the desks."""

    days: int
    referred: int
    by_reason: list[tuple[OverrideKind, OverrideReason, int]]
    by_rule: list[tuple[str | Promise, int]]

    def total(self, kind: OverrideKind) -> int:
        return sum(count for found, _reason, count in self.by_reason if found is kind)

    @property
    def put_forward(self) -> int:
        return self.total(OverrideKind.PUT_FORWARD)

    @property
    def set_aside(self) -> int:
        return self.total(OverrideKind.SET_ASIDE)


def overrides(scope: Scope, days: int) -> QuerySet[Override]:
    """Those of the last days about people of the actor's desks, the newest first."""
    return (
        Override.objects.visible_to(scope)
        .filter(decided_at__gte=timezone.now() - timedelta(days=days))
        .select_related("candidate", "vacancy__company__organisation")
        .order_by("-decided_at", "pk")
    )


def tally(scope: Scope, days: int) -> Tally:
    """Three queries."""
    found = overrides(scope, days).order_by()
    reasons = {(kind, reason): n for kind, reason, n in found.values_list("kind", "reason").annotate(n=Count("pk"))}
    rules = dict(found.filter(kind=OverrideKind.PUT_FORWARD).values_list("rule").annotate(n=Count("pk")))
    since = timezone.now() - timedelta(days=days)
    return Tally(
        days=days,
        referred=Referral.objects.visible_to(scope).filter(created_at__gte=since, referred_by__isnull=False).count(),
        by_reason=[
            (kind, reason, reasons[kind, reason])
            for kind in OverrideKind
            for reason in OverrideReason
            if (kind, reason) in reasons
        ],
        by_rule=[(RULE_LABELS[rule.value], rules[rule.value]) for rule in Rule if rule.value in rules],
    )
