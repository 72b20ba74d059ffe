"""The best of many: the same as weighing everybody, over more people than one number has bits and more skills than traits."""

import uuid
from random import Random

import numpy as np
import pytest

from matching.engine.columns import TRAITS, people_columns, rows_of, vacancy_columns
from matching.engine.constraints import RULES, WEEK
from matching.engine.features import OccupationFeatures, PersonFeatures, VacancyFeatures
from matching.engine.scoring import make_pool, rank_people
from matching.engine.selection import most_skills, promises
from matching.engine.vocabulary import make_vocabulary
from tests.matching.engine.oracle import WEIGHTS, Oracle
from tests.support.engine import CONTRACTS, LANGUAGES, LICENCES, OCCUPATIONS, PLACES, TODAY

SKILLS = [uuid.UUID(int=1000 + number) for number in range(150)]
JOBS = [OccupationFeatures(o.id, o.isco08, frozenset(SKILLS[3 * i : 3 * i + 8])) for i, o in enumerate(OCCUPATIONS)]
VOCABULARY = make_vocabulary(JOBS, skills=SKILLS, languages=LANGUAGES, licences=LICENCES, contracts=CONTRACTS)
ORACLE = Oracle(JOBS, SKILLS)


def drawn_person(random: Random) -> PersonFeatures:
    return PersonFeatures(
        id=uuid.UUID(int=random.getrandbits(128)),
        occupations=tuple((job.id, random.randrange(9)) for job in random.sample(JOBS, random.randrange(4))),
        skills=frozenset(random.sample(SKILLS, random.randrange(40))),
        licences=frozenset(random.sample(LICENCES, random.randrange(4))),
        languages={language: random.randint(1, 6) for language in random.sample(LANGUAGES, random.randrange(3))},
        education_eqf=random.choice([None, 1, 4, 6]),
        hours_wanted=random.choice(["any", "full_time", "part_time"]),
        contract_types=frozenset(random.sample(CONTRACTS, random.randrange(3))),
        windows=frozenset(random.sample(WEEK, random.choice([0, 0, 14, 26, 28]))),
        point=random.choice([None, *PLACES]),
        max_travel_km=random.choice([2, 10, 20, 60, 600]),
        may_work=random.random() < 0.9,
        confirmed_on=TODAY.replace(month=random.randint(1, 4)),
        waiting_since=TODAY.replace(day=random.randint(1, 3)),
    )


def drawn_vacancy(random: Random) -> VacancyFeatures:
    asked = random.sample(SKILLS, random.randrange(16))
    return VacancyFeatures(
        id=uuid.UUID(int=random.getrandbits(128)),
        occupation=random.choice(JOBS).id,
        contract_type=random.choice([None, *CONTRACTS]),
        hours_kind=random.choice(["full_time", "part_time"]),
        bands=frozenset(random.sample(WEEK, random.choice([0, 1, 3]))),
        essential=tuple(asked[: len(asked) // 2]),
        optional=tuple(asked[len(asked) // 2 :]),
        licences=frozenset(random.sample(LICENCES, random.choice([0, 0, 1]))),
        languages=dict.fromkeys(random.sample(LANGUAGES, random.randrange(2)), 3),
        education_eqf=random.choice([None, 4]),
        years_experience=random.randrange(6),
        point=random.choice([None, *PLACES]),
    )


@pytest.mark.parametrize("seed", range(4))
def test_many_people_rank_as_the_oracle_has_them_whoever_is_gone(seed: int) -> None:
    random = Random(seed)
    crowd = [drawn_person(random) for _ in range(random.choice([63, 64, 65, 260]))]
    gone = {person.id for person in crowd if random.random() < 0.1}
    here = [person for person in crowd if person.id not in gone]
    pool = make_pool(VOCABULARY, people_columns(crowd, VOCABULARY), list(gone), [])
    for _ in range(6):
        vacancy = drawn_vacancy(random)
        eligible, excluded, counts = ORACLE.rank(vacancy, here, TODAY)
        found = rank_people(pool, vacancy, today=TODAY, most=5, most_excluded=5)
        assert [(r.person, r.score) for r in found.best] == [(w.person.id, w.score) for w in eligible[:5]]
        assert [(r.person, r.score) for r in found.near_misses] == [(w.person.id, w.score) for w in excluded[:5]]
        assert (found.considered, found.eligible) == (len(here), len(eligible))
        assert {rule.value: count for rule, count in found.excluded.items()} == counts
    assert set(counts) <= {rule.value for rule in RULES}


@pytest.mark.parametrize("seed", range(4))
def test_nobody_has_more_from_skills_than_their_traits_leave_possible(seed: int) -> None:
    random = Random(seed)
    crowd = [drawn_person(random) for _ in range(80)]
    people = people_columns(crowd, VOCABULARY)
    assert len(SKILLS) > 2 * TRAITS  # so that skills share their bits
    for _ in range(6):
        vacancy = drawn_vacancy(random)
        asked = vacancy_columns([vacancy], VOCABULARY)
        points = promises(asked, 0, np.array(WEIGHTS))
        for person in crowd:
            (row,) = rows_of(people, [person.id])
            parts = ORACLE.weigh(vacancy, person, TODAY).parts
            own = WEIGHTS[1] * parts[1] * bool(vacancy.essential) + WEIGHTS[2] * parts[2] * bool(vacancy.optional)
            most = most_skills(points, people.traits[row])
            assert most >= own
            assert person.skills or most == 0
