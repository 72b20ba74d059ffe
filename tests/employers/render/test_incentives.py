"""Hints as people read them."""

from datetime import date

import pytest
from django.utils.translation import override

from employers.render.incentives import ending_hints, hints

YOUTH = "youth_2026"


@pytest.mark.parametrize(("day", "shown"), [(date(2026, 4, 30), True), (date(2026, 5, 1), False)])
def test_what_has_ended_is_gone_by_itself(day: date, shown: bool) -> None:
    assert (YOUTH in {hint.row.code for hint in hints(on=day)}) is shown


@pytest.mark.parametrize(
    ("day", "told"), [(date(2026, 3, 30), False), (date(2026, 3, 31), True), (date(2026, 5, 1), False)]
)
def test_operators_hear_of_it_thirty_days_before(day: date, told: bool) -> None:
    assert (YOUTH in {hint.row.code for hint in ending_hints(on=day, within_days=30)}) is told


def test_a_job_narrows_the_list() -> None:
    found = {hint.row.code for hint in hints(on=date(2026, 11, 22), contract="APPRENTICESHIP", hours="part_time")}
    assert found == {"apprenticeship"}


@pytest.mark.parametrize(("language", "name"), [("it", "Donne svantaggiate"), ("en", "Disadvantaged women")])
def test_each_reader_reads_their_language(language: str, name: str) -> None:
    with override(language):
        assert hints(on=date(2026, 11, 22))[0].name == name
