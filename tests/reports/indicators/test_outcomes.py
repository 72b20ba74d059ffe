"""Figures of what came of it: each cohort in both readings, each step of a referral with those beyond it."""

import pytest

from reports.indicators import cells_of
from reports.indicators.outcomes import OUTCOMES
from reports.rules import Unit

BY_KEY = {indicator.key: indicator for indicator in OUTCOMES}


def outcomes(key: str) -> list[str]:
    return [cell.member for cell in cells_of(BY_KEY[key])[0]]


@pytest.mark.parametrize("months", [3, 6, 12])
def test_a_cohort_is_told_with_its_two_readings(months: int) -> None:
    people, point, ever = (BY_KEY[f"{name}_{months}"] for name in ("followed", "in_work_after", "worked_within"))
    assert (people.unit, point.denominator, ever.denominator) == (Unit.COUNT, people.key, people.key)
    assert (outcomes(point.key), outcomes(ever.key)) == (["in_work"], ["in_work", "worked"])


def test_a_step_counts_those_who_went_further() -> None:
    assert [outcomes(f"referrals_{step}") for step in ("agreed", "interview", "hired")] == [
        ["agreed", "interview", "hired"],
        ["interview", "hired"],
        ["hired"],
    ]


@pytest.mark.parametrize("key", ["referrals", "people_referred"])
def test_a_step_between_counts_those_who_went_further(key: str) -> None:
    def cells(step: str) -> list[tuple[str, str]]:
        return [(cell.dimension, cell.member) for cell in cells_of(BY_KEY[f"{key}_{step}"])[0]]

    assert cells("viewed") == [("step", "viewed"), ("outcome", "interview"), ("outcome", "hired")]
    assert cells("offer") == [("step", "offer"), ("outcome", "hired")]
