"""Rankings: those of the oracle, monotone, neutral among the tied, nothing for who told nothing."""

import itertools
import uuid
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.columns import people_columns, vacancy_columns
from matching.engine.constraints import Rule
from matching.engine.features import PersonFeatures, VacancyFeatures
from matching.engine.scoring import (
    WEIGHTS,
    Part,
    Pool,
    failed_rules,
    make_pool,
    rank_people,
    rank_row,
    rank_vacancies,
    warm,
    weigh_people,
)
from tests.matching.engine.oracle import WEIGHTS as ORACLE_WEIGHTS
from tests.support.engine import (
    FIT,
    JOB,
    NOBODY,
    OCCUPATIONS,
    ORACLE,
    SKILLS,
    TODAY,
    VOCABULARY,
    crowds,
    people,
    pool_of,
    vacancies,
)


def parts(vacancy: VacancyFeatures, person: PersonFeatures) -> dict[Part, int]:
    (scored,) = weigh_people(VOCABULARY, vacancy, [person], today=TODAY)
    return {component.part: component.value for component in scored.components}


def score(vacancy: VacancyFeatures, person: PersonFeatures) -> int:
    return weigh_people(VOCABULARY, vacancy, [person], today=TODAY)[0].score


def ranking(pool: Pool, vacancy: VacancyFeatures, most: int = 50) -> list[uuid.UUID]:
    return [ranked.person for ranked in rank_people(pool, vacancy, today=TODAY, most=most).best]


def test_weights_sum_to_one_hundred_and_are_the_oracles() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert [WEIGHTS[part] for part in Part] == ORACLE_WEIGHTS


@given(vacancies(), crowds, st.integers(0, 30), st.integers(0, 5))
def test_the_ranking_is_the_oracles_in_ids_scores_order_and_counts(
    vacancy: VacancyFeatures, crowd: list[PersonFeatures], most: int, most_excluded: int
) -> None:
    eligible, excluded, counts = ORACLE.rank(vacancy, crowd, TODAY)
    found = rank_people(pool_of(crowd), vacancy, today=TODAY, most=most, most_excluded=most_excluded)
    assert [(r.person, r.score) for r in found.best] == [(w.person.id, w.score) for w in eligible[:most]]
    assert [(r.person, r.score) for r in found.near_misses] == [
        (w.person.id, w.score) for w in excluded[:most_excluded]
    ]
    assert (found.considered, found.eligible) == (len(crowd), len(eligible))
    assert {rule.value: count for rule, count in found.excluded.items()} == counts


@given(vacancies(), crowds)
def test_weighing_a_few_gives_the_order_of_the_ranking(vacancy: VacancyFeatures, crowd: list[PersonFeatures]) -> None:
    eligible, excluded, _ = ORACLE.rank(vacancy, crowd, TODAY)
    weighed = weigh_people(VOCABULARY, vacancy, crowd, today=TODAY)
    assert [(s.person.id, s.score, s.excluded_by, s.distance_m) for s in weighed] == [
        (w.person.id, w.score, w.failed, w.metres) for w in [*eligible, *excluded]
    ]


@given(vacancies(), crowds, crowds, st.randoms())
def test_stored_people_with_later_changes_rank_as_if_stored_now(
    vacancy: VacancyFeatures, crowd: list[PersonFeatures], newer: list[PersonFeatures], random: Random
) -> None:
    known = {person.id for person in crowd}
    changed = [replace(new, id=old.id) for old, new in zip(crowd, newer, strict=False) if random.random() < 0.7]
    erased = {pk for pk in known if random.random() < 0.2}
    arrived = [person for person in newer[len(crowd) :] if person.id not in known]
    now = {person.id: person for person in [*crowd, *changed, *arrived] if person.id not in erased}
    fresh = [person for person in [*changed, *arrived] if person.id in now]
    touched = [person.id for person in [*changed, *arrived]] + list(erased)
    pool = make_pool(VOCABULARY, people_columns(crowd, VOCABULARY), touched, fresh)
    expected = rank_people(pool_of(list(now.values())), vacancy, today=TODAY, most=30, most_excluded=9)
    assert pool.size == len(now)
    assert rank_people(pool, vacancy, today=TODAY, most=30, most_excluded=9) == expected


@given(st.lists(vacancies(), max_size=4), people)
def test_person_against_jobs_and_job_against_people_agree(jobs: list[VacancyFeatures], person: PersonFeatures) -> None:
    scores, rules = rank_vacancies(
        VOCABULARY, people_columns([person], VOCABULARY), 0, vacancy_columns(jobs, VOCABULARY), today=TODAY
    )
    weighed = [weigh_people(VOCABULARY, job, [person], today=TODAY)[0] for job in jobs]
    assert scores.tolist() == [scored.score for scored in weighed]
    assert list(rules) == [scored.excluded_by for scored in weighed]


@given(st.lists(vacancies(), min_size=1, max_size=3), crowds)
def test_one_row_of_many_vacancies_ranks_as_alone(jobs: list[VacancyFeatures], crowd: list[PersonFeatures]) -> None:
    pool, columns = pool_of(crowd), vacancy_columns(jobs, VOCABULARY)
    for row, job in enumerate(jobs):
        alone = rank_people(pool, job, today=TODAY, most=9)
        assert rank_row(pool, columns, row, today=TODAY, most=9) == alone


@given(vacancies(), people, st.sampled_from(SKILLS))
def test_a_demanded_skill_more_never_lowers(vacancy: VacancyFeatures, person: PersonFeatures, skill: uuid.UUID) -> None:
    assert score(vacancy, replace(person, skills=person.skills | {skill})) >= score(vacancy, person)


@given(vacancies(), people)
def test_a_skill_that_nobody_asked_changes_nothing(vacancy: VacancyFeatures, person: PersonFeatures) -> None:
    described = replace(person, skills=person.skills | {SKILLS[0]})
    extra = next(skill for skill in SKILLS[1:] if skill not in (*vacancy.essential, *vacancy.optional))
    assert score(vacancy, replace(described, skills=described.skills | {extra})) == score(vacancy, described)


@given(vacancies(), people)
def test_who_named_neither_an_occupation_nor_a_skill_has_nothing_even_where_nothing_is_asked(
    vacancy: VacancyFeatures, person: PersonFeatures
) -> None:
    silent = replace(person, occupations=(), skills=frozenset())
    (scored,) = weigh_people(VOCABULARY, vacancy, [silent], today=TODAY)
    assert scored.score == 0
    assert not any(component.known for component in scored.components)
    (ranked,) = [
        *(found := rank_people(pool_of([silent]), vacancy, today=TODAY, most=1, most_excluded=1)).best,
        *found.near_misses,
    ]
    assert ranked.score == 0


def test_each_part_worked_by_hand() -> None:
    person = replace(
        NOBODY,
        occupations=((OCCUPATIONS[1].id, 3), (OCCUPATIONS[4].id, 20)),
        skills=frozenset({SKILLS[1]}),
        languages={next(iter(JOB.languages)): 2},
        education_eqf=3,
        point=JOB.point,
        confirmed_on=TODAY.replace(month=3, day=5),
    )
    found = parts(JOB, person)
    # All words are frequent among seven occupations, so each weighs the least, 10.
    assert found == {
        Part.OCCUPATION: 650 + 250 * 784 // 1000,  # (3 * 20 * 20) / sqrt((4 * 400 + 2 * 100) * (3 * 400 + 100))
        Part.ESSENTIAL: 500,
        Part.OPTIONAL: 0,
        Part.EXPERIENCE: 750,  # three years of four; the twenty elsewhere do not count
        Part.LANGUAGES: 0,
        Part.EDUCATION: 500,
        Part.DISTANCE: 1000,
        Part.RECENCY: 800,
    }


def test_two_hundred_tied_people_keep_their_order_and_it_is_not_that_of_registration() -> None:
    random = Random(4)
    ids = [uuid.UUID(int=random.getrandbits(128)) for _ in range(200)]
    crowd = [replace(FIT, id=pk) for pk in ids]
    orders = []
    for _ in range(10):
        random.shuffle(crowd)
        orders.append(ranking(pool_of(crowd), JOB, most=200))
    assert all(order == orders[0] for order in orders)
    registered = {pk: number for number, pk in enumerate(ids)}
    places = [registered[pk] for pk in orders[0]]
    # Kendall's tau of 200 unrelated numbers has deviation 0.047: four of them are never met by chance.
    agreeing = sum(a < b for a, b in itertools.combinations(places, 2))
    assert abs(2 * agreeing / (200 * 199 / 2) - 1) < 0.19
    elsewhere = ranking(pool_of(crowd), replace(JOB, id=uuid.UUID(int=7)), most=200)
    assert elsewhere != orders[0]


def test_the_longest_waiting_of_the_tied_comes_first() -> None:
    earlier = replace(FIT, id=uuid.uuid4(), waiting_since=FIT.waiting_since.replace(year=2025))
    assert ranking(pool_of([FIT, earlier]), JOB) == [earlier.id, FIT.id]


def test_other_weights_give_another_score() -> None:
    only_work = dict.fromkeys(Part, 0) | {Part.OCCUPATION: 100}
    found = rank_people(pool_of([FIT]), JOB, today=TODAY, weights=only_work, most=1)
    assert found.best[0].score == 100_000
    assert weigh_people(VOCABULARY, JOB, [FIT], today=TODAY, weights=only_work)[0].score == 100_000


def test_the_counts_name_the_first_rule_that_failed() -> None:
    crowd = [replace(FIT, id=uuid.uuid4(), may_work=False, hours_wanted="part_time"), FIT]
    assert rank_people(pool_of(crowd), JOB, today=TODAY, most=5).excluded == {Rule.MAY_WORK: 1}


@given(vacancies(), crowds)
def test_the_rules_need_no_vocabulary(vacancy: VacancyFeatures, crowd: list[PersonFeatures]) -> None:
    found = failed_rules(vacancy, crowd, today=TODAY)
    assert found == {person.id: ORACLE.weigh(vacancy, person, TODAY).failed for person in crowd}


def test_warming_compiles_what_the_questions_need() -> None:
    from matching.engine import arithmetic, kernels, selection

    warm()
    used = (selection.rank_people, kernels.weigh_people, kernels.rank_vacancies, arithmetic.lot, kernels.first_failed)
    before = [len(kernel.signatures) for kernel in used]
    rank_people(pool_of([FIT]), JOB, today=TODAY, most=1, most_excluded=1)
    weigh_people(VOCABULARY, JOB, [FIT], today=TODAY)
    columns = vacancy_columns([JOB], VOCABULARY)
    rank_vacancies(VOCABULARY, people_columns([FIT], VOCABULARY), 0, columns, today=TODAY)
    assert [len(kernel.signatures) for kernel in used] == before
