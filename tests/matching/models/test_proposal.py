"""Proposals: a rank and a person once in a run, a score on its scale."""

import pytest

from candidates.models import Candidate
from matching.models import MatchRun, Proposal
from tests.matching.models.test_run import make_run
from tests.support.employers import make_vacancy
from tests.support.matching import make_person
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def propose(run: MatchRun, person: Candidate, rank: int, score: int = 100_000) -> Proposal:
    return Proposal.objects.create(run=run, candidate=person, rank=rank, score=score, parts={})


def test_a_rank_and_a_person_stand_once_in_a_run() -> None:
    vacancy = make_vacancy()
    run, other = make_run(vacancy), make_run(vacancy)
    one, two = make_person(vacancy), make_person(vacancy)
    propose(run, one, 1)
    with refused("one_person_per_rank"):
        propose(run, two, 1)
    with refused("person_proposed_once_per_run"):
        propose(run, one, 2)
    propose(other, one, 1)
    assert [p.rank for p in (propose(run, two, 2), *run.proposals.all())] == [2, 1, 2]


def test_a_score_ends_at_a_hundred_thousand() -> None:
    vacancy = make_vacancy()
    with refused("score_within_its_scale"):
        propose(make_run(vacancy), make_person(vacancy), 1, score=100_001)
