"""The published vacancies that suit one person, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.models import Candidate
from candidates.queries.matching import profiles_beside
from employers.models import Vacancy
from matching.engine.columns import people_columns, vacancy_columns
from matching.engine.constraints import Rule
from matching.engine.explain import Explanation, explain, week_of
from matching.engine.features import PersonFeatures, VacancyFeatures
from matching.engine.scoring import Part, Weights, rank_vacancies, weigh_people
from matching.engine.strategies import Strategy
from matching.engine.vocabulary import Vocabulary
from matching.models import Referral
from matching.queries.features import person_features, read_vacancies, taxonomy_beside, told_taxonomy
from matching.queries.labels import RULE_LABELS, WeekLine, told_week
from matching.queries.matches import Segment, segments_of
from matching.queries.overrides import Decision, newest_decision, read_decision
from matching.queries.pool import vocabulary_of
from matching.queries.strategies import weights_beside, weights_of
from matching.states import ReferralState
from sportello.reference.models import Language, Skill, shown_name

RELATED = 200
"""Occupations nearer than this, of 1000, are work of the same kind: the others are not shown to the person."""

SKILLS_ADVISED = 3

_OWN_RULE_LABELS: dict[Rule, Promise] = {
    Rule.MAY_WORK: _("Il tuo permesso di lavoro risulta scaduto"),
    Rule.LICENCES: _("Chiedono una patente o un patentino che non hai indicato"),
    Rule.CONTRACT: _("Hanno un contratto che hai detto di non volere"),
    Rule.HOURS: _("Hanno un orario diverso da quello che cerchi"),
    Rule.WEEK: _("Si lavora anche in giorni o orari in cui hai detto di non potere"),
    Rule.DISTANCE: _("Sono più lontane di quanto hai indicato"),
}


@dataclass(frozen=True)
class Fit:
    """A vacancy for one person; `excluded_by` is the rule that keeps the person out."""

    vacancy: VacancyFeatures
    score: int
    excluded_by: Rule | None


@dataclass(frozen=True)
class HeldBack:
    """How many vacancies one rule keeps from the person; `lacking` are the parts of the week that they ask and the person has not."""

    rule: Rule
    count: int
    lacking: tuple[WeekLine, ...] = ()

    @property
    def label(self) -> str | Promise:
        return RULE_LABELS[self.rule.value]

    @property
    def own_label(self) -> str | Promise:
        """To the person."""
        return _OWN_RULE_LABELS[self.rule]


@dataclass(frozen=True)
class Lacking:
    """A skill that somebody asks for and the person has not told."""

    id: UUID
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Advice:
    """A skill that the person has not told, and how many of their vacancies demand it."""

    skill: Lacking
    count: int


@dataclass(frozen=True)
class Openings:
    """The vacancies of a person's kind of work: those open to them, the best first, and why the others are not."""

    person: PersonFeatures
    vocabulary: Vocabulary
    weights: Weights
    fits: list[Fit]
    held_back: list[HeldBack]

    @property
    def is_told(self) -> bool:
        """Whether the person has said what work they look for."""
        return bool(self.person.occupations)


@dataclass(frozen=True)
class Opening:
    """A vacancy as the page shows it, with the bar of its parts; `missing` and `languages` are demanded, `useful` would help; `is_week_unknown` where the ad says when one
    works and the person has not said when they can; `decision` is what somebody
    decided otherwise than the ranking."""

    vacancy: Vacancy
    points: int
    segments: tuple[Segment, ...]
    missing: tuple[Lacking, ...]
    languages: tuple[str, ...]
    useful: tuple[Lacking, ...]
    met: int
    asked: int
    distance_km: float | None
    is_week_unknown: bool
    referral_state: ReferralState | None
    decision: Decision | None

    @property
    def score(self) -> int:
        """Points of 100, rounded down."""
        return self.points // 1000


def rank_openings(
    person: PersonFeatures, vacancies: Sequence[VacancyFeatures], vocabulary: Vocabulary, weights: Weights
) -> list[Fit]:
    """Those open to the person first, each group by score, then in the order given. Raises UnknownWordError."""
    columns, row = vacancy_columns(list(vacancies), vocabulary), people_columns([person], vocabulary)
    scores, rules = rank_vacancies(vocabulary, row, 0, columns, today=timezone.localdate(), weights=weights)
    fits = [Fit(*found) for found in zip(vacancies, scores.tolist(), rules, strict=True)]
    return sorted(fits, key=lambda fit: (fit.excluded_by is not None, -fit.score))


def openings_for(candidate: Candidate) -> Openings | None:
    """The vacancies of the person's kind of work, weighed now; two queries. None for whom nobody follows.

    Raises NoSegmentError and UnknownWordError when a segment has to be made first.
    """
    found = profiles_beside([candidate.pk], weights_beside(Strategy.STANDARD), taxonomy_beside())
    if not found:
        return None
    ((profile, (kept, editions)),) = found
    person, vocabulary = person_features(profile), vocabulary_of(told_taxonomy(editions))
    related = vocabulary.near((pk for pk, _ in person.occupations), RELATED)
    asked = read_vacancies(Vacancy.objects.published().filter(occupation__in=related))
    weights = weights_of(Strategy.STANDARD, kept)
    fits = rank_openings(person, asked, vocabulary, weights)
    lacking = {part for fit in fits if fit.excluded_by is Rule.WEEK for part in week_of(fit.vacancy, person).missing}
    stopped = Counter(fit.excluded_by for fit in fits if fit.excluded_by)
    return Openings(
        person=person,
        vocabulary=vocabulary,
        weights=weights,
        fits=[fit for fit in fits if fit.excluded_by is None],
        held_back=[
            HeldBack(rule, stopped[rule], told_week(lacking) if rule is Rule.WEEK else ())
            for rule in Rule
            if stopped[rule]
        ],
    )


def explained(openings: Openings, shown: Sequence[Fit]) -> tuple[list[Opening], list[Advice]]:
    """The vacancies of one page with their parts, then the skills that most of all the person's vacancies demand and that they
    have not told; two queries."""
    own = Referral.objects.filter(candidate=openings.person.id, vacancy=OuterRef("pk")).order_by("-created_at")
    named = (
        Vacancy.objects.filter(pk__in=[fit.vacancy.id for fit in shown])
        .select_related("company__organisation", "workplace__municipality", "contract_type")
        .annotate(
            referral_state=Subquery(own.values("state")[:1]),
            decided=newest_decision(OuterRef("pk"), openings.person.id),
        )
        .in_bulk()
    )
    accounts = [(fit, _account(openings, fit)) for fit in shown if fit.vacancy.id in named]
    lacking = Counter(
        skill for fit in openings.fits for skill in fit.vacancy.essential if skill not in openings.person.skills
    )
    advised = sorted(lacking.items(), key=lambda found: (-found[1], found[0]))[:SKILLS_ADVISED]
    missing = {UUID(pk) for _, account in accounts for item in account.items for pk in item.missing}
    named_words = [
        model.objects.filter(pk__in=[*missing, *(pk for pk, _ in advised)]).order_by().values_list("pk", shown_name())
        for model in (Skill, Language)
    ]
    words: dict[UUID, str] = dict(named_words[0].union(named_words[1]))
    return (
        [_opening(named[fit.vacancy.id], fit, account, words) for fit, account in accounts],
        [Advice(Lacking(pk, words[pk]), count) for pk, count in advised],
    )


def _account(openings: Openings, fit: Fit) -> Explanation:
    today = timezone.localdate()
    (scored,) = weigh_people(openings.vocabulary, fit.vacancy, [openings.person], today=today, weights=openings.weights)
    return explain(scored)


def _opening(vacancy: Any, fit: Fit, account: Explanation, words: dict[UUID, str]) -> Opening:
    return Opening(
        vacancy=vacancy,
        points=fit.score,
        segments=segments_of(account.as_json()["items"]),
        missing=_lacking(account, words, Part.ESSENTIAL),
        languages=tuple(lacking.label for lacking in _lacking(account, words, Part.LANGUAGES)),
        useful=_lacking(account, words, Part.OPTIONAL),
        met=account.requirements_met,
        asked=account.requirements_asked,
        distance_km=None if account.distance_m is None else account.distance_m / 1000,
        is_week_unknown=bool(account.week.asked) and not account.week.known,
        referral_state=ReferralState(vacancy.referral_state) if vacancy.referral_state else None,
        decision=read_decision(vacancy.decided),
    )


def _lacking(account: Explanation, words: dict[UUID, str], part: Part) -> tuple[Lacking, ...]:
    ids = (UUID(pk) for item in account.items if item.part == part for pk in item.missing)
    return tuple(Lacking(pk, words[pk]) for pk in ids)
