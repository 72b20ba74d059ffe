"""The compiled loops against the oracle, which shares no code with them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engine import kernels
from matching.engine.columns import people_columns, person_id, vacancy_columns
from matching.engine.features import PersonFeatures, VacancyFeatures
from tests.matching.engine import oracle
from tests.support.engine import ORACLE, TODAY, VOCABULARY, crowds, people, vacancies

SIZES = (len(VOCABULARY.skills), len(VOCABULARY.languages), TODAY.toordinal())


@given(vacancies(), crowds)
def test_the_parts_the_first_failed_rule_and_the_metres_are_the_oracles(
    vacancy: VacancyFeatures, crowd: list[PersonFeatures]
) -> None:
    columns, asked = people_columns(crowd, VOCABULARY), vacancy_columns([vacancy], VOCABULARY)
    parts, passed, far = kernels.weigh_people(columns, np.arange(len(crowd)), asked, 0, VOCABULARY.proximity, *SIZES)
    by_id = {person.id: ORACLE.weigh(vacancy, person, TODAY) for person in crowd}
    for row in range(len(crowd)):
        expected = by_id[person_id(columns, row)]
        failed = kernels.first_failed(passed[row])
        assert parts[row].tolist() == expected.parts
        assert (failed if expected.failed is None else oracle.RULES[failed]) == (expected.failed or kernels.RULES)
        assert (None if far[row] < 0 else far[row]) == expected.metres


@given(st.lists(vacancies(), max_size=4), people)
def test_one_person_for_every_vacancy_is_every_vacancy_for_the_person(
    jobs: list[VacancyFeatures], person: PersonFeatures
) -> None:
    columns, asked = people_columns([person], VOCABULARY), vacancy_columns(jobs, VOCABULARY)
    weights = np.array(oracle.WEIGHTS)
    scores, failed = kernels.rank_vacancies(columns, 0, asked, VOCABULARY.proximity, *SIZES, weights)
    for row in range(len(jobs)):
        parts, passed, _ = kernels.weigh_people(columns, np.arange(1), asked, row, VOCABULARY.proximity, *SIZES)
        assert scores[row] == parts[0] @ weights
        assert failed[row] == kernels.first_failed(passed[0])
