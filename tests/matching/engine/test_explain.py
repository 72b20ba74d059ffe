"""Every point is accounted for."""

from dataclasses import replace

from hypothesis import given

from matching.engine.explain import explain
from matching.engine.features import PersonFeatures, VacancyFeatures
from matching.engine.scoring import evaluate
from tests.matching.engine.test_scoring import IDS, JOB, NOBODY, people, vacancies


@given(vacancies, people)
def test_the_items_add_up_to_the_score(vacancy: VacancyFeatures, person: PersonFeatures) -> None:
    scored = evaluate(vacancy, person)
    answer = explain(scored)
    assert sum(item.points for item in answer.items) == scored.score
    assert sum(item.maximum for item in answer.items) == 100_000
    assert 0 <= answer.requirements_met <= answer.requirements_asked


def test_says_what_is_met_and_what_would_raise_it() -> None:
    person = replace(NOBODY, skills=frozenset({IDS[1]}), education_eqf=5)
    answer = explain(evaluate(JOB, person))
    essential = next(item for item in answer.items if item.part == "essential")
    assert (essential.found, essential.missing) == ([str(IDS[1])], [str(IDS[2])])
    # Two skills, a language, a title, years: the skill and the title are there.
    assert (answer.requirements_met, answer.requirements_asked) == (2, 5)


def test_names_the_rule_that_excludes() -> None:
    assert explain(evaluate(JOB, replace(NOBODY, may_work=False))).excluded_by == "may_work"
    assert explain(evaluate(JOB, NOBODY)).excluded_by is None
