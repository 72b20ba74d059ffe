"""How far people came: by each vacancy, and each person once."""

from datetime import date, timedelta

import pytest

from matching.models import Referral
from reports.indicators.paths import each_step
from reports.protect import Cell
from sportello.territory.enums import Sex
from tests.support.reports import Register, counts_in, moment, outcomes_in, refer

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)
PATHS = [
    ["consent_asked"],
    ["consent_asked", "declined"],
    ["sent", "withdrawn"],
    ["sent", "viewed", "refused"],
    ["sent", "interview", "refused"],
    ["sent", "offer", "withdrawn"],
    ["sent", "offer", "hired"],
]


def test_a_referral_counts_by_the_furthest_step_and_a_person_by_that_of_all() -> None:
    register = Register()
    firm = register.company()
    vacancies = [register.vacancy(firm, START, 1) for _ in PATHS]
    anna, berta, carla = register.people(3, Sex.FEMALE)
    for vacancy, path in zip(vacancies, PATHS, strict=True):
        refer(anna, vacancy, path)
    for vacancy, path in zip(vacancies, PATHS[2:5], strict=False):
        refer(berta, vacancy, path)
    refer(carla, vacancies[0], PATHS[0])
    later = refer(carla, vacancies[1], PATHS[6])
    Referral.objects.filter(pk=later.pk).update(created_at=moment(END + timedelta(days=1)))
    counts = counts_in(register, "referrals", "people_referred")
    assert counts[Cell("referrals")] == 11
    assert outcomes_in(counts, "referrals") == {"proposed": 3, "agreed": 4, "interview": 3, "hired": 1}
    assert steps_in(counts, "referrals") == {"sent": 2, "viewed": 2, "interviewed": 2, "offer": 1}
    assert counts[Cell("people_referred")] == 3
    assert outcomes_in(counts, "people_referred") == {"proposed": 1, "agreed": 0, "interview": 1, "hired": 1}
    assert steps_in(counts, "people_referred") == {"sent": 0, "viewed": 0, "interviewed": 1, "offer": 0}


def steps_in(counts: dict[Cell, int], measure: str) -> dict[str, int]:
    return {cell.member: n for cell, n in counts.items() if cell.measure == measure and cell.dimension == "step"}


def test_each_group_has_each_step() -> None:
    assert each_step("ab", ("in", "out")) == ("a_in", "a_out", "b_in", "b_out")
