"""The page of a vacancy with the people proposed for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.models import Candidate
from candidates.queries.matching import profiles_beside
from employers.models import Vacancy
from matching.engine.constraints import LEGAL_BASIS, Rule
from matching.engine.scoring import Part, failed_rules
from matching.models import MatchRun, Proposal, Referral
from matching.queries.features import person_features, vacancy_features
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core.jobs import OPEN
from sportello.core.models import Job, JobState

SEARCH = "matching.tasks.run_match"
"""The job of a search; its key is the vacancy's id."""
BUILD = "matching.tasks.build_segment"
"""The job that makes the columns anew."""
PART_LABELS: dict[str, str | Promise] = {
    Part.OCCUPATION.value: _("Mestiere"),
    Part.ESSENTIAL.value: _("Competenze indispensabili"),
    Part.OPTIONAL.value: _("Competenze utili"),
    Part.EXPERIENCE.value: _("Esperienza"),
    Part.LANGUAGES.value: _("Lingue"),
    Part.EDUCATION.value: _("Titolo di studio"),
    Part.DISTANCE.value: _("Vicinanza"),
    Part.RECENCY.value: _("Profilo confermato di recente"),
}
RULE_LABELS: dict[str, str | Promise] = {
    Rule.MAY_WORK.value: _("Il permesso di lavoro risulta scaduto"),
    Rule.LICENCES.value: _("Manca una patente o un patentino richiesto"),
    Rule.CONTRACT.value: _("Non accetta questo tipo di contratto"),
    Rule.HOURS.value: _("Cerca un orario diverso"),
    Rule.DISTANCE.value: _("La sede è oltre la distanza che ha indicato"),
}


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
    """Everybody that one rule keeps out: how many, and those among the best whom the actor may see."""

    label: str | Promise
    legal_basis: str
    count: int
    people: tuple[Candidate, ...]


@dataclass(frozen=True)
class Search:
    """A search that somebody asked for and that has not answered: on its way, with its percent, or given up."""

    percent: int
    has_failed: bool
    note: str = ""


@dataclass(frozen=True)
class MatchPage:
    """The last run of a vacancy, None when it never ran, and the search that will replace it.

    `gone` counts the people of the run whose case has been closed since, or whom a rule excludes now: they are not shown.
    """

    run: MatchRun | None
    search: Search | None
    rows: tuple[MatchRow, ...] = ()
    gone: int = 0
    excluded: tuple[Excluded, ...] = ()

    @property
    def own_rows(self) -> tuple[MatchRow, ...]:
        """Those whom the actor's desks follow: the only ones to whom the actor may propose the work."""
        return tuple(row for row in self.rows if row.person)

    def named(self, rows: Iterable[MatchRow]) -> set[UUID]:
        """Whom the page names when it shows `rows`."""
        proposed = {row.person.pk for row in rows if row.person}
        return proposed | {person.pk for group in self.excluded for person in group.people}


def match_page(vacancy: Vacancy, scope: Scope) -> MatchPage:
    """Two queries, whatever the number of people; `vacancy` comes with its requirements."""
    asked = _asked(vacancy)
    columns = {name: f"proposals__{name}" for name in ("candidate_id", "rank", "score", "parts")}
    ranked = JSONBAgg(JSONObject(**columns), filter=Q(proposals__isnull=False), default=[], order_by="proposals__rank")
    run = vacancy.match_runs.annotate(ranked=ranked, asked=Subquery(asked)).order_by("-ran_at").first()
    if run is None:
        return MatchPage(None, _search(asked.first(), None))
    proposals: list[dict[str, Any]] = run.ranked
    ids = {UUID(p["candidate_id"]) for p in proposals} | {UUID(miss["candidate"]) for miss in run.near_misses}
    people, failed = _followed(vacancy, scope, ids)
    names = _requirement_names(vacancy)
    eligible = {pk for pk, rule in failed.items() if rule is None}
    shown = [proposal for proposal in proposals if UUID(proposal["candidate_id"]) in eligible]
    return MatchPage(
        run=run,
        search=_search(run.asked, run),
        rows=tuple(_row(proposal, people.get(UUID(proposal["candidate_id"])), names) for proposal in shown),
        gone=len(proposals) - len(shown),
        excluded=tuple(
            Excluded(
                label=RULE_LABELS[rule.value],
                legal_basis=LEGAL_BASIS[rule],
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
    )


def last_proposal(vacancy: Vacancy, candidate: Candidate) -> Proposal | None:
    """The newest proposal of a person for a vacancy."""
    return Proposal.objects.filter(run__vacancy=vacancy, candidate=candidate).order_by("-run__ran_at").first()


def _asked(vacancy: Vacancy) -> QuerySet[Job, dict[str, Any]]:
    """The last search asked for that has not answered, as one JSON value: to be read alone or beside the run, in its query."""
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
    """Of those of `ids` who still have an open case: whom the actor may see, with the referral for this vacancy, and what excludes each."""
    referral = Referral.objects.filter(vacancy=vacancy, candidate=OuterRef("pk")).order_by("-created_at")
    is_visible = Exists(Candidate.objects.visible_to(scope).filter(pk=OuterRef("pk")))
    found = profiles_beside(ids, "first_name", "last_name", is_visible, Subquery(referral.values("state")[:1]))
    people = {}
    for profile, (first_name, last_name, may_see, state) in found:
        if may_see:
            person = Candidate(pk=profile.candidate_id, first_name=first_name, last_name=last_name)
            person.referral_state = state  # type: ignore[attr-defined]
            people[person.pk] = person
    everybody = [person_features(profile) for profile, _ in found]
    return people, failed_rules(vacancy_features(vacancy), everybody, today=timezone.localdate())


def _requirement_names(vacancy: Vacancy) -> dict[str, str]:
    """Id of a skill or language asked for -> its name."""
    names = {str(r.skill_id): r.skill.shown for r in vacancy.skill_requirements.all()}
    return names | {str(r.language_id): r.language.shown for r in vacancy.language_requirements.all()}


def _row(proposal: dict[str, Any], person: Candidate | None, names: dict[str, str]) -> MatchRow:
    parts: dict[str, Any] = proposal["parts"]
    state = getattr(person, "referral_state", None)
    distance = parts["distance_m"]
    return MatchRow(
        rank=proposal["rank"],
        points=proposal["score"],
        person=person,
        referral_state=ReferralState(state) if state else None,
        segments=segments_of(parts["items"]),
        missing=tuple(names[pk] for item in parts["items"] for pk in item["missing"] if pk in names),
        met=parts["requirements_met"],
        asked=parts["requirements_asked"],
        distance_km=None if distance is None else distance / 1000,
        waiting_since=date.fromisoformat(parts["waiting_since"]),
    )


def segments_of(items: list[dict[str, Any]]) -> tuple[Segment, ...]:
    """The bar of the items of an explanation."""
    segments, x = [], 0
    for number, item in enumerate(items, start=1):
        label = PART_LABELS[item["part"]]
        segments.append(Segment(number, label, x, item["points"], item["maximum"], item["known"]))
        x += item["points"]
    return tuple(segments)
