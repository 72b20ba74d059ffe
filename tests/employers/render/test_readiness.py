"""Readiness in words."""

from datetime import date

import pytest

from employers.engine.readiness import Level
from employers.models import ReadinessChecklist
from employers.render.readiness import AREAS, LEVELS, shown_readiness
from employers.rules import readiness_questions
from tests.support.equality import make_rules

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)
ALL = {question.code: "yes" for asked in readiness_questions().values() for question in asked}


def test_every_level_and_area_has_its_words() -> None:
    assert set(LEVELS) == set(Level)
    assert set(AREAS) == set(readiness_questions())


def test_nothing_answered_leads_to_the_first_area() -> None:
    make_rules()
    found = shown_readiness(None, on=DAY)
    assert (found.next_area, found.percent, found.words, found.is_whole) == ("culture", None, "Mancano risposte", False)
    assert len(found.rules) == len(AREAS) + 1


def test_all_answered_is_whole() -> None:
    make_rules()
    found = shown_readiness(ReadinessChecklist(answers=ALL), on=DAY)
    assert (found.next_area, found.percent, found.words) == ("", 100, "A buon punto")


def test_it_resumes_where_an_answer_is_missing() -> None:
    make_rules()
    found = shown_readiness(ReadinessChecklist(answers={**ALL, "growth_lead": ""}), on=DAY)
    assert (found.next_area, found.percent) == ("growth", None)
    assert [area.percent for area in found.areas] == [100, 100, 100, None, 100, 100]


def test_weights_make_the_whole() -> None:
    make_rules()
    answers = {code: "no" if code.startswith("pay_") else answer for code, answer in ALL.items()}
    assert shown_readiness(ReadinessChecklist(answers=answers), on=DAY).percent == 80
