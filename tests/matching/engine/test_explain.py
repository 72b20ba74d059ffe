"""Every point is accounted for."""

from dataclasses import replace

from hypothesis import given

from matching.engine.explain import Explanation, Week, explain
from matching.engine.features import PersonFeatures, VacancyFeatures
from matching.engine.scoring import weigh_people
from tests.support.engine import JOB, NOBODY, OCCUPATIONS, SKILLS, TODAY, VOCABULARY, people, vacancies


def explanation(vacancy: VacancyFeatures, person: PersonFeatures) -> Explanation:
    return explain(weigh_people(VOCABULARY, vacancy, [person], today=TODAY)[0])


@given(vacancies(), people)
def test_the_items_add_up_to_the_score(vacancy: VacancyFeatures, person: PersonFeatures) -> None:
    (scored,) = weigh_people(VOCABULARY, vacancy, [person], today=TODAY)
    answer = explain(scored)
    assert sum(item.points for item in answer.items) == scored.score
    assert sum(item.maximum for item in answer.items) == 100_000
    assert 0 <= answer.requirements_met <= answer.requirements_asked


def test_says_what_is_met_and_what_would_raise_it() -> None:
    person = replace(NOBODY, skills=frozenset({SKILLS[1]}), education_eqf=5)
    answer = explanation(JOB, person)
    essential = next(item for item in answer.items if item.part == "essential")
    assert (essential.found, essential.missing) == ([str(SKILLS[1])], [str(SKILLS[2])])
    # Two skills, a language, a title, years: the skill and the title are there.
    assert (answer.requirements_met, answer.requirements_asked) == (2, 5)


def test_a_title_of_somebody_without_a_history_is_still_met() -> None:
    answer = explanation(JOB, replace(NOBODY, education_eqf=4))
    assert (answer.requirements_met, sum(item.points for item in answer.items)) == (1, 0)
    worked = explanation(JOB, replace(NOBODY, occupations=((OCCUPATIONS[0].id, 4),)))
    assert worked.requirements_met == 1


def test_says_which_parts_of_the_week_lack_and_where_nothing_was_told() -> None:
    job = replace(JOB, bands=frozenset({"6-morning", "1-morning"}))
    assert explanation(job, NOBODY).week == Week(["1-morning", "6-morning"], [], known=False)
    told = replace(NOBODY, windows=frozenset({"1-morning"}))
    assert explanation(job, told).week == Week(["1-morning", "6-morning"], ["6-morning"], known=True)
    assert explanation(JOB, told).week == Week([], [], known=True)


def test_names_the_rule_that_excludes() -> None:
    assert explanation(JOB, replace(NOBODY, may_work=False)).excluded_by == "may_work"
    assert explanation(JOB, NOBODY).excluded_by is None
