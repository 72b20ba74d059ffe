"""The score: bounds, monotony, both directions, order."""

import uuid
from dataclasses import replace
from datetime import date
from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.features import OccupationFeatures, PersonFeatures, VacancyFeatures
from matching.engine.scoring import WEIGHTS, Part, evaluate, likeness, proximity, rank_people, rank_vacancies

IDS = [uuid.UUID(int=number) for number in range(1, 13)]
ids = st.sampled_from(IDS)
id_sets = st.frozensets(ids, max_size=6)
occupations = st.builds(
    OccupationFeatures,
    id=ids,
    isco08=st.text("0123456789", min_size=4, max_size=4),
    essential=id_sets,
    optional=id_sets,
)
languages = st.dictionaries(ids, st.integers(1, 6), max_size=3)
vacancies = st.builds(
    VacancyFeatures,
    id=ids,
    occupation=occupations,
    contract_type=ids,
    hours_kind=st.sampled_from(["full_time", "part_time"]),
    essential=id_sets.map(tuple),
    optional=id_sets.map(tuple),
    licences=id_sets,
    languages=languages,
    education_eqf=st.none() | st.integers(0, 8),
    years_experience=st.integers(0, 10),
)
people = st.builds(
    PersonFeatures,
    id=st.uuids(),
    occupations=st.lists(st.tuples(occupations, st.integers(0, 40)), max_size=3).map(tuple),
    skills=id_sets,
    licences=id_sets,
    languages=languages,
    education_eqf=st.none() | st.integers(0, 8),
    hours_wanted=st.sampled_from(["any", "full_time", "part_time"]),
    contract_types=id_sets,
    distance_m=st.none() | st.integers(0, 200_000),
    max_travel_km=st.integers(1, 200),
    may_work=st.booleans(),
    days_since_confirmed=st.integers(0, 400),
    waiting_since=st.dates(date(2025, 1, 1), date(2026, 1, 1)),
)
STOREKEEPER = OccupationFeatures(IDS[0], "4321", frozenset(IDS[1:5]), frozenset(IDS[5:7]))
JOB = VacancyFeatures(
    id=IDS[11],
    occupation=STOREKEEPER,
    contract_type=IDS[10],
    hours_kind="full_time",
    essential=(IDS[1], IDS[2]),
    optional=(IDS[3],),
    languages={IDS[8]: 3},
    education_eqf=4,
    years_experience=4,
)
NOBODY = PersonFeatures(
    id=IDS[9],
    occupations=(),
    skills=frozenset(),
    licences=frozenset(),
    languages={},
    education_eqf=None,
    hours_wanted="any",
    contract_types=frozenset(),
    distance_m=None,
    max_travel_km=20,
    may_work=True,
    days_since_confirmed=500,
    waiting_since=date(2026, 1, 1),
)


def parts(vacancy: VacancyFeatures, person: PersonFeatures) -> dict[Part, int]:
    return {component.part: component.value for component in evaluate(vacancy, person).components}


def test_weights_sum_to_one_hundred() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert set(WEIGHTS) == set(Part)


def test_empty_profile_scores_nothing_on_what_it_lacks() -> None:
    scored = evaluate(JOB, NOBODY)
    assert scored.score == 0
    unknown = {component.part for component in scored.components if not component.known}
    assert unknown == set(Part) - {Part.RECENCY}


def test_nothing_asked_is_fully_satisfied() -> None:
    asks_nothing = VacancyFeatures(IDS[11], STOREKEEPER, None, "full_time")
    found = parts(asks_nothing, NOBODY)
    full = {Part.ESSENTIAL, Part.OPTIONAL, Part.EXPERIENCE, Part.LANGUAGES, Part.EDUCATION}
    assert {part for part, value in found.items() if value == 1000} == full


def test_each_part_worked_by_hand() -> None:
    person = replace(
        NOBODY,
        occupations=((replace(STOREKEEPER, id=IDS[9]), 3), (replace(STOREKEEPER, id=IDS[8], isco08="9999"), 20)),
        skills=frozenset({IDS[1]}),
        languages={IDS[8]: 2},
        education_eqf=3,
        distance_m=10_000,
        days_since_confirmed=60,
    )
    assert parts(JOB, person) == {
        Part.OCCUPATION: 900,  # same group of four digits, same skills: 650 + 250
        Part.ESSENTIAL: 500,
        Part.OPTIONAL: 0,
        Part.EXPERIENCE: 750,  # three years of four; the twenty elsewhere do not count
        Part.LANGUAGES: 0,
        Part.EDUCATION: 500,
        Part.DISTANCE: 800,
        Part.RECENCY: 800,
    }
    assert evaluate(JOB, person).score == 30 * 900 + 30 * 500 + 10 * 750 + 5 * 500 + 7 * 800 + 3 * 800


def test_proximity_falls_with_the_shared_digits() -> None:
    bare = OccupationFeatures(IDS[0], "4321")
    others = [OccupationFeatures(IDS[1], code) for code in ("4321", "4322", "4333", "4999", "1111")]
    assert proximity(bare, bare) == 1000
    assert [proximity(bare, other) for other in others] == [650, 450, 220, 80, 0]


def test_likeness_is_a_cosine_with_essentials_twice() -> None:
    a = OccupationFeatures(IDS[0], "1", frozenset({IDS[1]}), frozenset({IDS[2]}))
    b = OccupationFeatures(IDS[3], "1", frozenset({IDS[1]}))
    assert likeness(a, b) == 894  # 4 / (sqrt 5 * 2)
    assert likeness(a, OccupationFeatures(IDS[4], "1")) == 0


@given(vacancies, people)
def test_score_stays_within_its_scale(vacancy: VacancyFeatures, person: PersonFeatures) -> None:
    scored = evaluate(vacancy, person)
    assert 0 <= scored.score <= 100_000
    assert all(0 <= component.value <= 1000 for component in scored.components)


@given(vacancies, people, ids)
def test_a_demanded_skill_more_never_lowers(vacancy: VacancyFeatures, person: PersonFeatures, skill: uuid.UUID) -> None:
    richer = replace(person, skills=person.skills | {skill})
    assert evaluate(vacancy, richer).score >= evaluate(vacancy, person).score


@given(occupations, occupations)
def test_proximity_is_the_same_in_both_directions(a: OccupationFeatures, b: OccupationFeatures) -> None:
    if a.id != b.id:
        assert proximity(a, b) == proximity(b, a) < 1000


@given(st.lists(vacancies, max_size=4), people)
def test_person_against_jobs_and_job_against_people_agree(jobs: list[VacancyFeatures], person: PersonFeatures) -> None:
    from_the_person = {id(s.vacancy): s.score for s in rank_vacancies((job, person) for job in jobs)}
    from_the_jobs = {id(job): rank_people(job, [person])[0].score for job in jobs}
    assert from_the_person == from_the_jobs


@given(vacancies, st.lists(people, max_size=12, unique_by=lambda person: person.id), st.randoms())
def test_order_is_the_oracles_whatever_the_order_of_reading(
    vacancy: VacancyFeatures, crowd: list[PersonFeatures], random: object
) -> None:
    """The oracle recomputes the order in plain steps: by hash, then wait, then score, then exclusion (stable sorts)."""
    expected = sorted(
        crowd,
        key=lambda p: blake2b(vacancy.id.bytes + p.id.bytes, digest_size=8, key=b"sportello-lavoro").digest(),
    )
    expected.sort(key=lambda p: p.waiting_since)
    expected.sort(key=lambda p: evaluate(vacancy, p).score, reverse=True)
    expected.sort(key=lambda p: evaluate(vacancy, p).excluded_by is not None)
    shuffled = list(crowd)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [s.person.id for s in rank_people(vacancy, shuffled)] == [p.id for p in expected]
