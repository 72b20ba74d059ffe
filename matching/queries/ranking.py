"""The best people for a vacancy, as they are now: ranked by the columns, read again one by one."""

from dataclasses import dataclass

from django.utils import timezone

from matching.engine.features import VacancyFeatures
from matching.engine.scoring import (
    WEIGHTS,
    Pool,
    Ranking,
    Scored,
    Weights,
    rank_people,
    weigh_people,
)
from matching.queries.features import read_people

MARGIN = 10
"""People fetched beyond those asked for: some will have changed since the columns were written."""


@dataclass(frozen=True)
class Answer:
    """The counts of the columns, then the best and the best of the excluded, with every part as their rows say now."""

    ranking: Ranking
    best: list[Scored]
    near_misses: list[Scored]


def best_people(
    pool: Pool, wanted: VacancyFeatures, *, most: int, most_excluded: int = 0, weights: Weights = WEIGHTS
) -> Answer:
    """The best `most` that still have an open case and pass every rule; more are fetched while too many fall out.

    Raises UnknownWordError.
    """
    today, fetched = timezone.localdate(), most + MARGIN
    while True:
        ranking = rank_people(pool, wanted, today=today, weights=weights, most=fetched, most_excluded=most_excluded)
        people = read_people([ranked.person for ranked in (*ranking.best, *ranking.near_misses)])
        weighed = weigh_people(pool.vocabulary, wanted, people, today=today, weights=weights)
        standing = [scored for scored in weighed if scored.excluded_by is None]
        if len(standing) >= most or len(ranking.best) < fetched:
            excluded = [scored for scored in weighed if scored.excluded_by is not None]
            return Answer(ranking, standing[:most], excluded[:most_excluded])
        fetched *= 2
