"""The page of a vacancy with the people proposed for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise

from candidates.models import Candidate
from candidates.queries.matching import profiles_beside
from employers.models import Vacancy
from matching.engine.constraints import LEGAL_BASIS, LIFTABLE, Rule
from matching.engine.explain import week_of
from matching.engine.scoring import failed_rules
from matching.models import MatchRun, Proposal, Referral
from matching.queries.features import person_features, vacancy_features
from matching.queries.labels import PART_LABELS, RULE_LABELS, told_week
from matching.queries.overrides import Decision, decisions_of, read_decision
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core.db import gathered
from sportello.core.jobs import OPEN
from sportello.core.models import Job, JobState

SEARCH = "matching.tasks.run_match"
"""The job of a search; its key is the vacancy's id."""
BUILD = "matching.tasks.build_segment"
"""The job that makes the columns anew."""


@dataclass(frozen=True)
class Segment:
    """One part of the bar, in points: begins at `x`, `points` wide of `maximum`; `number` is 1 to 8."""

    number: int
    label: str | Promise
    x: int
    points: int
    maximum: int
    known: bool

    @property
    def in_hundredths(self) -> str:
        """Points on the scale of 100, with one decimal, as an Italian reads them."""
        return number_format(self.points / 1000, 1)

    @property
    def maximum_in_hundredths(self) -> int:
        """The most this part can give, of 100."""
        return self.maximum // 1000


@dataclass(frozen=True)
class MatchRow:
    """A person proposed, `points` of 100000; `person` is None for whom another desk follows: the actor may not see who it is."""

    rank: int
    points: int
    person: Candidate | None
    referral_state: ReferralState | None
    segments: tuple[Segment, ...]
    missing: tuple[str, ...]
    met: int
    asked: int
    distance_km: float | None
    waiting_since: date

    @property
    def score(self) -> int:
        """Points of 100, rounded down."""
        return self.points // 1000


@dataclass(frozen=True)
class Excluded:
    """Everybody that one rule keeps out: how many, and those among the best whom the actor may see.

    `may_be_lifted` where the rule repeats a choice of theirs, `is_of_week` where that is when they can work.
    """

    label: str | Promise
    legal_basis: str
    may_be_lifted: bool
    is_of_week: bool
    count: int
    people: tuple[Candidate, ...]


@dataclass(frozen=True)
class Decided:
    """What somebody decided about a person; `person` is None for whom the actor may not see, or whose case is closed."""

    decision: Decision
    person: Candidate | None
    referral_state: ReferralState | None


@dataclass(frozen=True)
class Search:
    """A search that somebody asked for and that has not answered: on its way, with its percent, or given up."""

    percent: int
    has_failed: bool
    note: str = ""


@dataclass(frozen=True)
class MatchPage:
    """The last run of a vacancy, None when it never ran, and the search that will replace it.

    `gone` counts the people of the run whose case has been closed since, or whom a rule excludes now: they are not shown. Nor are those
    in `rows` whom somebody set aside: `decisions` has them, with all that was decided otherwise than a ranking.
    """

    run: MatchRun | None
    search: Search | None
    rows: tuple[MatchRow, ...] = ()
    gone: int = 0
    excluded: tuple[Excluded, ...] = ()
    decisions: tuple[Decided, ...] = ()

    @property
    def own_rows(self) -> tuple[MatchRow, ...]:
        """Those whom the actor's desks follow: the only ones to whom the actor may propose the work."""
        return tuple(row for row in self.rows if row.person)

    def named(self, rows: Iterable[MatchRow]) -> set[UUID]:
        """Whom the page names when it shows `rows`."""
        proposed = {row.person.pk for row in rows if row.person}
        decided = {decided.person.pk for decided in self.decisions if decided.person}
        return proposed | decided | {person.pk for group in self.excluded for person in group.people}


def match_page(vacancy: Vacancy, scope: Scope) -> MatchPage:
    """Two queries, whatever the number of people; `vacancy` comes with its requirements."""
    told, asked, decided = _facts(vacancy)
    decisions = [decision for facts in decided if (decision := read_decision(facts))]
    if told is None:
        people, _failed = _followed(vacancy, scope, {decision.candidate_id for decision in decisions})
        return MatchPage(None, _search(asked, None), decisions=_decided(decisions, people))
    proposals: list[dict[str, Any]] = told.pop("ranked") or []
    ran_at = datetime.fromisoformat(told.pop("ran_at"))
    run = MatchRun(id=UUID(told.pop("id")), vacancy=vacancy, ran_at=ran_at, **told)
    ids = {UUID(p["candidate_id"]) for p in proposals} | {UUID(miss["candidate"]) for miss in run.near_misses}
    people, failed = _followed(vacancy, scope, ids | {decision.candidate_id for decision in decisions})
    names = _requirement_names(vacancy)
    eligible = {pk for pk, rule in failed.items() if rule is None}
    newest = {decision.candidate_id: decision for decision in reversed(decisions)}
    aside = {pk for pk, decision in newest.items() if decision.is_aside}
    standing = [proposal for proposal in proposals if UUID(proposal["candidate_id"]) in eligible]
    shown = [proposal for proposal in standing if UUID(proposal["candidate_id"]) not in aside]
    return MatchPage(
        run=run,
        search=_search(asked, run),
        rows=tuple(_row(proposal, people.get(UUID(proposal["candidate_id"])), names) for proposal in shown),
        gone=len(proposals) - len(standing),
        excluded=tuple(
            Excluded(
                label=RULE_LABELS[rule.value],
                legal_basis=LEGAL_BASIS[rule],
                may_be_lifted=rule in LIFTABLE,
                is_of_week=rule is Rule.WEEK,
                count=run.excluded[rule.value],
                people=tuple(
                    people[pk]
                    for miss in run.near_misses
                    if (pk := UUID(miss["candidate"])) in people and miss["rule"] == rule == failed.get(pk)
                ),
            )
            for rule in Rule
            if rule.value in run.excluded
        ),
        decisions=_decided(decisions, people),
    )


def _facts(vacancy: Vacancy) -> tuple[dict[str, Any] | None, dict[str, Any] | None, list[dict[str, Any]]]:
    """The newest run with its proposals, None without any; the search asked for; what was decided: as JSON values, in one query."""
    columns = {name: name for name in ("candidate_id", "rank", "score", "parts")}
    shown = ("id", "engine_version", "strategy", "considered", "eligible", "excluded", "near_misses", "ran_at")
    ranked = gathered(Proposal, "run", JSONBAgg(JSONObject(**columns), order_by="rank"))
    run = JSONObject(ranked=ranked, **{name: name for name in shown})
    runs = MatchRun.objects.filter(vacancy=OuterRef("pk")).order_by("-ran_at").values_list(run, flat=True)
    decided = ArraySubquery(decisions_of(OuterRef("pk")))
    rows = Vacancy.objects.filter(pk=vacancy.pk).values_list(Subquery(runs[:1]), Subquery(_asked(vacancy)), decided)
    found: tuple[Any, Any, Any] = rows.get()
    return found


def _decided(decisions: list[Decision], people: dict[UUID, Candidate]) -> tuple[Decided, ...]:
    return tuple(
        Decided(decision, person := people.get(decision.candidate_id), _state_of(person)) for decision in decisions
    )


def _asked(vacancy: Vacancy) -> QuerySet[Job, dict[str, Any]]:
    """The last search asked for that has not answered, as one JSON value: to be read beside the run, in its query."""
    return (
        Job.objects.filter(path=SEARCH, key=str(vacancy.pk), state__in=(*OPEN, JobState.FAILED))
        .order_by("-requested_at")
        .values_list(JSONObject(state="state", percent="progress", note="progress_note", at="requested_at"), flat=True)[
            :1
        ]
    )


def _search(asked: dict[str, Any] | None, run: MatchRun | None) -> Search | None:
    if asked is None:
        return None
    has_failed = asked["state"] == JobState.FAILED
    if has_failed and run and run.ran_at > datetime.fromisoformat(asked["at"]):
        return None  # another search has answered since
    return Search(asked["percent"], has_failed, asked["note"])


def _followed(
    vacancy: Vacancy, scope: Scope, ids: Iterable[UUID]
) -> tuple[dict[UUID, Candidate], dict[UUID, Rule | None]]:
    """Of those of `ids` who still have an open case: whom the actor may see, with the referral for this vacancy
    and the parts of the week that they lack for it, and what excludes each."""
    referral = Referral.objects.filter(vacancy=vacancy, candidate=OuterRef("pk")).order_by("-created_at")
    is_visible = Exists(Candidate.objects.visible_to(scope).filter(pk=OuterRef("pk")))
    found = profiles_beside(ids, "first_name", "last_name", is_visible, Subquery(referral.values("state")[:1]))
    people, wanted = {}, vacancy_features(vacancy)
    for profile, (first_name, last_name, may_see, state) in found:
        if may_see:
            person = Candidate(pk=profile.candidate_id, first_name=first_name, last_name=last_name)
            person.referral_state = state  # type: ignore[attr-defined]
            week = week_of(wanted, person_features(profile))
            person.is_week_unknown = bool(week.asked) and not week.known  # type: ignore[attr-defined]
            person.lacking = told_week(week.missing)  # type: ignore[attr-defined]
            people[person.pk] = person
    everybody = [person_features(profile) for profile, _ in found]
    return people, failed_rules(wanted, everybody, today=timezone.localdate())


def _requirement_names(vacancy: Vacancy) -> dict[str, str]:
    """Id of a skill or language asked for -> its name."""
    names = {str(r.skill_id): r.skill.shown for r in vacancy.skill_requirements.all()}
    return names | {str(r.language_id): r.language.shown for r in vacancy.language_requirements.all()}


def _row(proposal: dict[str, Any], person: Candidate | None, names: dict[str, str]) -> MatchRow:
    parts: dict[str, Any] = proposal["parts"]
    distance = parts["distance_m"]
    return MatchRow(
        rank=proposal["rank"],
        points=proposal["score"],
        person=person,
        referral_state=_state_of(person),
        segments=segments_of(parts["items"]),
        missing=tuple(names[pk] for item in parts["items"] for pk in item["missing"] if pk in names),
        met=parts["requirements_met"],
        asked=parts["requirements_asked"],
        distance_km=None if distance is None else distance / 1000,
        waiting_since=date.fromisoformat(parts["waiting_since"]),
    )


def _state_of(person: Candidate | None) -> ReferralState | None:
    state = getattr(person, "referral_state", None)
    return ReferralState(state) if state else None


def segments_of(items: list[dict[str, Any]]) -> tuple[Segment, ...]:
    """The bar of the items of an explanation."""
    segments, x = [], 0
    for number, item in enumerate(items, start=1):
        label = PART_LABELS[item["part"]]
        segments.append(Segment(number, label, x, item["points"], item["maximum"], item["known"]))
        x += item["points"]
    return tuple(segments)
