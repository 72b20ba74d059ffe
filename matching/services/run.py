"""Run the engine for a vacancy and keep what it was asked and what it answered."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from employers.models import Vacancy
from matching.engine.explain import explain
from matching.engine.features import VacancyFeatures
from matching.engine.record import written
from matching.engine.scoring import ENGINE_VERSION
from matching.engine.strategies import Strategy
from matching.models import MatchRun, Override, Proposal, Referral
from matching.queries.features import taxonomy, vacancy_features
from matching.queries.matches import SEARCH
from matching.queries.pool import CurrentPool
from matching.queries.ranking import Answer, best_people
from matching.queries.strategies import Chosen, chosen, strategies
from matching.services.segment import ready_pool, request_segment
from sportello.accounts.scope import Scope
from sportello.core import audit, jobs
from sportello.core.models import Job

PROPOSED = 50
"""People kept of each run."""

RANGE = 250
"""Vacancies that one worker weighs at a time: a minute or two."""

REMATCH = "matching.tasks.rematch"
"""The job of a range."""

NEAR_MISSES = 20
"""Excluded people kept by name of their rule: those a change of one rule would bring to the top."""


KEPT_RUNS = 5
"""Runs kept of each vacancy beside those from which somebody was referred, or against which somebody decided: enough to see what a
change of the text did."""


@audit.service("matching.request")
def request_match(*, vacancy: Vacancy, by: Scope, strategy: Strategy = Strategy.STANDARD) -> Job:
    """Have the engine run for a vacancy in a worker; asked again while it runs it is the same search."""
    return jobs.enqueue(SEARCH, str(vacancy.pk), str(by.account_id), strategy.value, key=str(vacancy.pk))


@audit.service("matching.request_all")
def request_rematch(*, by: Scope) -> int:
    """Ask for a new ranking of every published vacancy, in ranges that workers share; returns how many ranges."""
    ids = list(Vacancy.objects.published().order_by("pk").values_list("pk", flat=True))
    ranges = [ids[start : start + RANGE] for start in range(0, len(ids), RANGE)]
    for part in ranges:
        jobs.enqueue(REMATCH, str(part[0]), str(part[-1]), key=str(part[0]))
    return len(ranges)


def rematch(*, first: UUID, last: UUID, by: Scope) -> int:
    """Weigh everybody for each published vacancy from id `first` to `last`, in the way last chosen for it; a run is kept where the
    answer is another.

    Done again it keeps nothing. Returns how many runs were kept.
    """
    vacancies = Vacancy.objects.published().filter(pk__range=(first, last)).order_by("pk")
    kept, total = 0, vacancies.count()
    ways = {way.strategy: way for way in strategies()}
    for number, vacancy in enumerate(vacancies.select_related("workplace__municipality", "education_level")):
        jobs.progress(100 * number // total)
        wanted = vacancy_features(vacancy)
        current = ready_pool(wanted=wanted)
        newest = vacancy.match_runs.order_by("-ran_at").first()
        way = ways[Strategy(newest.strategy) if newest else Strategy.STANDARD]
        answer = _answer(current, wanted, way, PROPOSED)
        if [(scored.person.id, scored.score) for scored in answer.best] != _answer_of(newest):
            _keep(vacancy=vacancy, wanted=wanted, current=current, way=way, answer=answer, by=by)
            kept += 1
    return kept


def run_match(
    *, vacancy: Vacancy, by: Scope, strategy: Strategy = Strategy.STANDARD, limit: int = PROPOSED
) -> MatchRun:
    """Weigh everybody with an open case and store the best `limit`, with every part; nobody is told or excluded by it.

    Older runs from which nobody was referred, and against which nobody decided, are dropped, but for the last KEPT_RUNS.
    """
    # The weighing is outside the transaction: the progress of a job is seen by others while it goes on.
    jobs.progress(10)
    wanted = vacancy_features(vacancy)
    current = ready_pool(wanted=wanted)
    jobs.progress(50)
    way = chosen(strategy)
    answer = _answer(current, wanted, way, limit)
    jobs.progress(90)
    return _keep(vacancy=vacancy, wanted=wanted, current=current, way=way, answer=answer, by=by)


def _answer(current: CurrentPool, wanted: VacancyFeatures, way: Chosen, limit: int) -> Answer:
    if current.is_worn:
        request_segment()
    return best_people(current.pool, wanted, weights=way.weights, most=limit, most_excluded=NEAR_MISSES)


def _answer_of(run: MatchRun | None) -> list[tuple[UUID, int]] | None:
    """People and scores of a run, None when there is none."""
    return None if run is None else list(run.proposals.order_by("rank").values_list("candidate_id", "score"))


@audit.service("matching.run")
def _keep(
    *, vacancy: Vacancy, wanted: VacancyFeatures, current: CurrentPool, way: Chosen, answer: Answer, by: Scope
) -> MatchRun:
    ranking = answer.ranking
    known = {pk for pk, _ in _answer_of(vacancy.match_runs.order_by("-ran_at").first()) or ()}
    run = MatchRun.objects.create(
        vacancy=vacancy,
        engine_version=ENGINE_VERSION,
        strategy=way.strategy.value,
        edition=way.edition,
        weights={part.value: weight for part, weight in way.weights.items()},
        taxonomy=taxonomy(),
        vocabulary=current.pool.vocabulary.digest,
        segment=current.segment,
        requirements=written(wanted),
        considered=ranking.considered,
        eligible=ranking.eligible,
        excluded={rule.value: count for rule, count in ranking.excluded.items()},
        near_misses=[
            {"candidate": str(scored.person.id), "rule": scored.excluded_by, "score": scored.score}
            for scored in answer.near_misses
        ],
        actor_id=by.actor_id,
        actor_label=by.actor_label,
    )
    Proposal.objects.bulk_create(
        Proposal(
            run=run,
            candidate_id=scored.person.id,
            rank=rank,
            score=scored.score,
            parts=explain(scored).as_json(),
            features=written(scored.person),
            is_new=scored.person.id not in known,
        )
        for rank, scored in enumerate(answer.best, start=1)
    )
    _drop_older(vacancy)
    return run


def _drop_older(vacancy: Vacancy) -> None:
    referred = Referral.objects.filter(proposal__run=OuterRef("pk"))
    decided = Override.objects.filter(run=OuterRef("pk"))
    unused = vacancy.match_runs.filter(~Exists(referred), ~Exists(decided)).order_by("-ran_at", "pk")
    MatchRun.objects.filter(pk__in=list(unused.values_list("pk", flat=True)[KEPT_RUNS:])).delete()
