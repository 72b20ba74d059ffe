"""Runs: kept apart from one another, the newest first, gone with their vacancy."""

from datetime import UTC, datetime
from typing import Any

import pytest

from employers.models import Vacancy
from matching.models import MatchRun
from tests.support.employers import make_vacancy

pytestmark = pytest.mark.django_db


def make_run(vacancy: Vacancy, **fields: Any) -> MatchRun:
    """A run that weighed nobody."""
    return MatchRun.objects.create(
        **{
            "vacancy": vacancy,
            "engine_version": "1",
            "weights": {},
            "taxonomy": "test",
            "requirements": {},
            "considered": 0,
            "eligible": 0,
            "actor_label": "tests",
            **fields,
        }
    )


def test_every_run_of_a_vacancy_is_kept_the_newest_first() -> None:
    vacancy = make_vacancy()
    runs = [make_run(vacancy, ran_at=datetime(2026, 5, day, tzinfo=UTC)) for day in (4, 6, 5)]
    make_run(make_vacancy())
    assert list(vacancy.match_runs.all()) == [runs[1], runs[2], runs[0]]
    assert (runs[0].excluded, runs[0].near_misses) == ({}, [])
    vacancy.delete()
    assert MatchRun.objects.count() == 1
