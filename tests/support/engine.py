"""Drawn people and jobs over a small vocabulary, for the tests of the engine."""

import uuid
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from matching.engine.columns import people_columns
from matching.engine.constraints import WEEK
from matching.engine.features import OccupationFeatures, PersonFeatures, VacancyFeatures
from matching.engine.scoring import Pool, make_pool
from matching.engine.vocabulary import Vocabulary, make_vocabulary
from tests.matching.engine.oracle import Oracle

TODAY = date(2026, 5, 4)
SKILLS = [uuid.UUID(int=number) for number in range(1, 13)]
LANGUAGES = [uuid.UUID(int=number) for number in range(21, 25)]
LICENCES = [uuid.UUID(int=number) for number in range(31, 34)]
CONTRACTS = [uuid.UUID(int=number) for number in range(41, 44)]
PLACES = [(45.4642, 9.1900), (45.4900, 9.3300), (45.5845, 9.2744), (41.9028, 12.4964), (-33.0, -70.0)]
OCCUPATIONS = [
    OccupationFeatures(uuid.UUID(int=51), "4321", frozenset(SKILLS[0:4]), frozenset(SKILLS[4:6])),
    OccupationFeatures(uuid.UUID(int=52), "4321", frozenset(SKILLS[0:3]), frozenset(SKILLS[6:7])),
    OccupationFeatures(uuid.UUID(int=53), "4322", frozenset(SKILLS[2:5])),
    OccupationFeatures(uuid.UUID(int=54), "4110", frozenset(), frozenset(SKILLS[0:8])),
    OccupationFeatures(uuid.UUID(int=55), "9333", frozenset(SKILLS[8:10])),
    OccupationFeatures(uuid.UUID(int=56), "9333"),
    OccupationFeatures(uuid.UUID(int=57), "93", frozenset(SKILLS[0:1])),
]


def vocabulary_of(occupations: list[OccupationFeatures]) -> Vocabulary:
    """With the words of this module."""
    return make_vocabulary(occupations, skills=SKILLS, languages=LANGUAGES, licences=LICENCES, contracts=CONTRACTS)


VOCABULARY = vocabulary_of(OCCUPATIONS)
ORACLE = Oracle(OCCUPATIONS, SKILLS)

_occupation_ids = st.sampled_from([occupation.id for occupation in OCCUPATIONS])
_levels = st.dictionaries(st.sampled_from(LANGUAGES), st.integers(1, 6), max_size=3)
_points = st.none() | st.sampled_from(PLACES)


# Few parts, so that a job's are often among a person's; whole weeks too.
_weeks = st.frozensets(st.sampled_from(["1-morning", "1-afternoon", "6-night", "7-night"])) | st.just(frozenset(WEEK))


def _skills(most: int) -> st.SearchStrategy[frozenset[uuid.UUID]]:
    return st.frozensets(st.sampled_from(SKILLS), max_size=most)


people = st.builds(
    PersonFeatures,
    id=st.uuids(),
    occupations=st.lists(
        st.tuples(_occupation_ids, st.integers(0, 60)), max_size=3, unique_by=lambda occupation: occupation[0]
    ).map(tuple),
    skills=_skills(8),
    licences=st.frozensets(st.sampled_from(LICENCES)),
    languages=_levels,
    education_eqf=st.none() | st.integers(0, 8),
    hours_wanted=st.sampled_from(["any", "full_time", "part_time"]),
    contract_types=st.frozensets(st.sampled_from(CONTRACTS)),
    windows=_weeks,
    point=_points,
    max_travel_km=st.integers(1, 200),
    may_work=st.sampled_from([True, True, True, False]),
    confirmed_on=st.dates(date(2025, 10, 1), TODAY),
    # Few days, so that many wait equally long.
    waiting_since=st.dates(date(2026, 1, 1), date(2026, 1, 3)),
)
crowds = st.lists(people, max_size=25, unique_by=lambda person: person.id)


@st.composite
def vacancies(draw: st.DrawFn) -> VacancyFeatures:
    """A job; as often as not it asks nothing of a kind."""
    essential = draw(_skills(5))
    return VacancyFeatures(
        id=draw(st.uuids()),
        occupation=draw(_occupation_ids),
        contract_type=draw(st.none() | st.sampled_from(CONTRACTS)),
        hours_kind=draw(st.sampled_from(["full_time", "part_time"])),
        bands=draw(_weeks),
        essential=tuple(sorted(essential)),
        optional=tuple(sorted(draw(_skills(4)) - essential)),
        licences=draw(st.just(frozenset()) | st.frozensets(st.sampled_from(LICENCES))),
        languages=draw(_levels),
        education_eqf=draw(st.none() | st.integers(0, 8)),
        years_experience=draw(st.integers(0, 10)),
        point=draw(_points),
    )


JOB = VacancyFeatures(
    id=uuid.UUID(int=99),
    occupation=OCCUPATIONS[0].id,
    contract_type=CONTRACTS[0],
    hours_kind="full_time",
    essential=(SKILLS[1], SKILLS[2]),
    optional=(SKILLS[3],),
    languages={LANGUAGES[0]: 3},
    education_eqf=4,
    years_experience=4,
    point=PLACES[0],
)
NOBODY = PersonFeatures(
    id=uuid.UUID(int=98),
    occupations=(),
    skills=frozenset(),
    licences=frozenset(),
    languages={},
    education_eqf=None,
    hours_wanted="any",
    contract_types=frozenset(),
    windows=frozenset(),
    point=None,
    max_travel_km=20,
    may_work=True,
    confirmed_on=TODAY,
    waiting_since=date(2026, 1, 1),
)
FIT = replace(
    NOBODY,
    occupations=((OCCUPATIONS[0].id, 5),),
    skills=frozenset(SKILLS[:4]),
    languages={LANGUAGES[0]: 4},
    education_eqf=4,
    point=PLACES[0],
)


def pool_of(crowd: list[PersonFeatures]) -> Pool:
    """All of them stored, none changed since."""
    return make_pool(VOCABULARY, people_columns(crowd, VOCABULARY), [], [])
