"""What was kept is what was asked."""

import json

from hypothesis import given

from matching.engine.features import PersonFeatures, VacancyFeatures
from matching.engine.record import read_person, read_vacancy, written
from tests.support.engine import people, vacancies


@given(people)
def test_a_person_is_read_back_from_json(person: PersonFeatures) -> None:
    assert read_person(json.loads(json.dumps(written(person)))) == person


@given(vacancies())
def test_a_vacancy_is_read_back_from_json(vacancy: VacancyFeatures) -> None:
    assert read_vacancy(json.loads(json.dumps(written(vacancy)))) == vacancy
