"""A kept run, asked again."""

import pytest

from candidates.models import Profile
from matching.models import MatchRun
from matching.queries.replay import CannotReplay, Replay, replay
from matching.services.run import run_match
from sportello.accounts.scope import Scope
from tests.matching.services.test_run import make_crowd
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_the_answer_is_that_of_then_whoever_changed_or_left() -> None:
    run = run_match(vacancy=make_crowd(make_desk(), 8), by=Scope.of_process("tests"))
    Profile.objects.update(hours_wanted="part_time", max_travel_km=1)
    kept = run.proposals.count()
    assert replay(run) == Replay(kept, [])
    run.proposals.filter(rank=1).delete()
    assert replay(run) == Replay(kept - 1, [])


def test_another_weight_is_another_answer() -> None:
    run = run_match(vacancy=make_crowd(make_desk(), 8), by=Scope.of_process("tests"))
    run.weights["occupation"] += 1
    assert replay(run).different == list(range(1, run.proposals.count() + 1))


@pytest.mark.parametrize("field", ["engine_version", "vocabulary"])
def test_a_run_of_another_engine_or_vocabulary_cannot_be_asked_again(field: str) -> None:
    run = run_match(vacancy=make_crowd(make_desk(), 2), by=Scope.of_process("tests"))
    MatchRun.objects.filter(pk=run.pk).update(**{field: "other"})
    run.refresh_from_db()
    with pytest.raises(CannotReplay):
        replay(run)
