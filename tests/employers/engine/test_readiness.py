"""Readiness by area: no share without every answer, more yes is never less ready."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.engine.readiness import ANSWERS, Level, load_questions, readiness
from employers.render.readiness import AREAS
from employers.rules import DATA

QUESTIONS = {area: [q.code for q in asked] for area, asked in load_questions(DATA).items()}
CODES = [code for asked in QUESTIONS.values() for code in asked]
WEIGHTS = {"culture": 15, "governance": 15, "processes": 10, "growth": 20, "pay": 20, "care": 20}
answers = st.dictionaries(st.sampled_from(CODES), st.sampled_from(sorted(ANSWERS)))
whole = st.fixed_dictionaries({code: st.sampled_from(sorted(ANSWERS)) for code in CODES})
ORDER = ["no", "partly", "yes"]


def test_the_file_asks_of_the_six_areas_each_thing_once() -> None:
    assert list(QUESTIONS) == list(AREAS) == list(WEIGHTS)
    assert len(set(CODES)) == len(CODES)
    assert all(len(asked) >= 3 for asked in QUESTIONS.values())
    rows = [row for asked in load_questions(DATA).values() for row in asked]
    assert all(row.text and row.text_en and not row.text.endswith(".") for row in rows)


@given(answers)
def test_an_area_has_a_share_only_with_every_answer(given_answers: dict[str, str]) -> None:
    found = readiness(given_answers, QUESTIONS, WEIGHTS, threshold=60)
    for area in found.areas:
        known = [given_answers[code] for code in QUESTIONS[area.area] if code in given_answers]
        assert area.answered == len(known)
        assert (area.share is None) == (area.answered < area.questions) == (area.level is Level.UNKNOWN)
        if area.share is not None:
            assert area.share == sum(ANSWERS[answer] for answer in known) / len(known)
    assert (found.share is None) == any(area.share is None for area in found.areas)


@given(whole, st.sampled_from(CODES))
def test_a_better_answer_never_makes_less_ready(told: dict[str, str], code: str) -> None:
    better = {**told, code: ORDER[min(2, ORDER.index(told[code]) + 1)]}
    before, after = (readiness(said, QUESTIONS, WEIGHTS, threshold=60) for said in (told, better))
    assert before.share is not None
    assert after.share is not None
    assert 0 <= before.share <= after.share <= 1


@pytest.mark.parametrize(
    ("answer", "share", "level"), [("yes", 1, "ready"), ("partly", Fraction(1, 2), "under_way"), ("no", 0, "to_begin")]
)
def test_all_alike(answer: str, share: Fraction, level: str) -> None:
    found = readiness(dict.fromkeys(CODES, answer), QUESTIONS, WEIGHTS, threshold=60)
    assert (found.share, found.level.value) == (share, level)
    assert {area.share for area in found.areas} == {share}


def test_the_score_to_reach_is_reached_at_it() -> None:
    asked = {"culture": ["a", "b", "c", "d", "e"]}
    told = dict(zip("abcde", ("yes", "yes", "yes", "no", "no"), strict=True))
    levels = [readiness(told, asked, {"culture": 15}, threshold=score).level for score in (60, 61)]
    assert levels == [Level.READY, Level.UNDER_WAY]


def test_answers_to_other_questions_count_for_nothing() -> None:
    assert readiness({"altro": "yes"}, {"culture": ["a"]}, {"culture": 15}, threshold=60).share is None
