"""Run the engine for a vacancy and keep what it was asked and what it answered."""

from collections import Counter

from django.db.models import Exists, OuterRef

from employers.models import Vacancy
from matching.engine.explain import explain
from matching.engine.features import VacancyFeatures
from matching.engine.scoring import ENGINE_VERSION, WEIGHTS, Scored, rank_people
from matching.models import MatchRun, Proposal, Referral
from matching.queries.features import match_inputs
from matching.queries.matches import SEARCH
from sportello.accounts.scope import Scope
from sportello.core import audit, jobs
from sportello.core.models import Job
from sportello.reference.models import TaxonomyVersion

NEAR_MISSES = 20
"""Excluded people kept by name of their rule: those a change of one rule would bring to the top."""


KEPT_RUNS = 5
"""Runs kept of each vacancy beside those from which somebody was referred: enough to see what a change of the text did."""


@audit.service("matching.request")
def request_match(*, vacancy: Vacancy, by: Scope) -> Job:
    """Have the engine run for a vacancy in a worker; asked again while it runs it is the same search."""
    return jobs.enqueue(SEARCH, str(vacancy.pk), str(by.account_id), key=str(vacancy.pk))


def run_match(*, vacancy: Vacancy, by: Scope, limit: int = 50) -> MatchRun:
    """Weigh everybody with an open case and store the best `limit`, with every part; nobody is told or excluded by it.

    Older runs from which nobody was referred are dropped, but for the last KEPT_RUNS.
    """
    # The weighing is outside the transaction: the progress of a job is seen by others while it goes on.
    jobs.progress(10)
    wanted, people = match_inputs(vacancy)
    jobs.progress(50)
    ranked = rank_people(wanted, people)
    jobs.progress(90)
    return _keep(vacancy=vacancy, wanted=wanted, ranked=ranked, limit=limit, by=by)


@audit.service("matching.run")
def _keep(*, vacancy: Vacancy, wanted: VacancyFeatures, ranked: list[Scored], limit: int, by: Scope) -> MatchRun:
    eligible = [scored for scored in ranked if scored.excluded_by is None]
    excluded = [(scored, scored.excluded_by) for scored in ranked if scored.excluded_by is not None]
    run = MatchRun.objects.create(
        vacancy=vacancy,
        engine_version=ENGINE_VERSION,
        weights={part.value: weight for part, weight in WEIGHTS.items()},
        taxonomy=_taxonomy(),
        requirements=_requirements(wanted),
        considered=len(ranked),
        eligible=len(eligible),
        excluded=dict(Counter(verdict.rule.value for _, verdict in excluded)),
        near_misses=[
            {"candidate": str(scored.person.id), "rule": verdict.rule.value, "score": scored.score}
            for scored, verdict in excluded[:NEAR_MISSES]
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
        )
        for rank, scored in enumerate(eligible[:limit], start=1)
    )
    _drop_older(vacancy)
    return run


def _drop_older(vacancy: Vacancy) -> None:
    referred = Referral.objects.filter(proposal__run=OuterRef("pk"))
    unused = vacancy.match_runs.filter(~Exists(referred)).order_by("-ran_at", "pk")
    MatchRun.objects.filter(pk__in=list(unused.values_list("pk", flat=True)[KEPT_RUNS:])).delete()


def _taxonomy() -> str:
    current = TaxonomyVersion.objects.filter(is_current=True).order_by("source").values_list("source", "version")
    return ", ".join(f"{source} {version}" for source, version in current)


def _requirements(wanted: VacancyFeatures) -> dict[str, object]:
    """The question as it was put, so that the run can be replayed."""
    return {
        "occupation": str(wanted.occupation.id),
        "essential": [str(pk) for pk in wanted.essential],
        "optional": [str(pk) for pk in wanted.optional],
        "licences": sorted(str(pk) for pk in wanted.licences),
        "languages": {str(pk): level for pk, level in wanted.languages.items()},
        "education_eqf": wanted.education_eqf,
        "years_experience": wanted.years_experience,
        "contract_type": str(wanted.contract_type),
        "hours_kind": wanted.hours_kind,
    }
