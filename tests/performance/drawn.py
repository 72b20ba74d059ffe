"""People and vacancies drawn straight into columns: 1 to 3 occupations (frequent ones more often), 14 skills about, 60 places."""

import uuid
from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.engine.columns import People, Vacancies, bits_of, frozen, lines_of
from matching.engine.constraints import WEEK
from matching.engine.features import PersonFeatures
from matching.engine.scoring import Pool, make_pool
from matching.engine.vocabulary import Vocabulary

TODAY = date(2026, 5, 4)
OCCUPATIONS, SKILLS, LANGUAGES, PLACES = 455, 734, 42, 60
RADIUS_CM = 637_100_880
_MORNINGS, _DAYS = 0x11111, 0x33333  # from Monday to Friday: mornings; mornings and afternoons
_SATURDAY, _ANY_TIME = 0x300000, (1 << len(WEEK)) - 1
_FREE = (_ANY_TIME, _ANY_TIME, _ANY_TIME, _DAYS | _SATURDAY, _DAYS, _MORNINGS)
"""When people can work, by bits of a week; three of six have not said, which is any time."""
_WORKED = (0, 0, _DAYS, _DAYS, _DAYS | _SATURDAY, _MORNINGS)
Column = npt.NDArray[Any]


def draw_vocabulary(random: np.random.Generator) -> Vocabulary:
    """Occupations in groups of five, nearer inside a group."""
    near = random.integers(0, 450, (OCCUPATIONS, OCCUPATIONS), np.int16)
    near = np.maximum(near, near.T)
    group = np.arange(OCCUPATIONS) // 5
    near[group[:, None] == group[None, :]] = 700
    np.fill_diagonal(near, 1000)
    weights = random.integers(10, 62, SKILLS, np.int32)
    near.flags.writeable = weights.flags.writeable = False

    def ids(size: int) -> tuple[uuid.UUID, ...]:
        return tuple(uuid.UUID(int=number) for number in range(size))

    return Vocabulary(ids(SKILLS), ids(OCCUPATIONS), ids(LANGUAGES), ids(30), ids(15), weights, near)


def draw_lists(random: np.random.Generator, size: int, least: int, most: int, words: int) -> tuple[Column, Column]:
    """For each row a list of different words, frequent ones more often: (starts, words)."""
    wanted = random.integers(least, most + 1, size)
    rows = np.repeat(np.arange(size), wanted)
    drawn = (words * random.random(len(rows)) ** 2).astype(np.int64)
    pairs = np.unique(rows * words + drawn)
    starts = np.searchsorted(pairs // words, np.arange(size + 1))
    return starts.astype(np.int32), (pairs % words).astype(np.uint16)


def draw_points(random: np.random.Generator, size: int) -> Column:
    """Points within some 40 km of Milano, in centimetres from the centre of the earth."""
    latitude = np.radians(45.46 + random.normal(0, 0.15, size))
    longitude = np.radians(9.19 + random.normal(0, 0.2, size))
    flat = np.cos(latitude)
    vectors = RADIUS_CM * np.stack([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)])
    whole: Column = np.rint(vectors).astype(np.int64)
    return whole


def draw_bits(random: np.random.Generator, size: int, kinds: int, share: float) -> Column:
    chosen: Column = (random.random((size, kinds)) < share).astype(np.uint64)
    bits: Column = np.asarray(chosen @ np.left_shift(np.uint64(1), np.arange(kinds, dtype=np.uint64)))
    return bits


def draw_people(random: np.random.Generator, size: int) -> People:
    """`size` people over the places, of whom each vacancy leaves a quarter to a third eligible."""
    x, y, z = draw_points(random, PLACES)
    place_at = np.concatenate([[0], np.sort(random.integers(0, size, PLACES - 1)), [size]]).astype(np.int32)
    occupation_at, occupation = draw_lists(random, size, 1, 3, OCCUPATIONS)
    skill_at, skill = draw_lists(random, size, 5, 30, SKILLS)
    language_at, language = draw_lists(random, size, 0, 3, LANGUAGES)
    high, low = (random.integers(0, 2**63, size, np.uint64) for _ in "hl")
    choosy = random.random(size) < 0.4
    reach_m = random.choice(np.array([10, 15, 20, 30, 50], np.int32), size) * np.int32(1000)
    traits = np.zeros(size, np.uint64)
    np.bitwise_or.at(
        traits, np.repeat(np.arange(size), np.diff(skill_at)), np.uint64(1) << (skill % 64).astype(np.uint64)
    )
    return frozen(
        People(
            id_high=high,
            id_low=low,
            by_id=np.lexsort((low, high)).astype(np.int32),
            place_x=x,
            place_y=y,
            place_z=z,
            place_known=np.ones(PLACES, np.uint8),
            place_at=place_at,
            may_work=bits_of(random.random(size) < 0.97),
            licences=lines_of(draw_bits(random, size, 4, 0.6), 30),
            contracts=lines_of(np.where(choosy, draw_bits(random, size, 15, 0.5), np.uint64(2**64 - 1)), 15),
            hours=lines_of(random.choice(np.array([1, 2, 3, 3], np.uint64), size), 2),
            week=lines_of(random.choice(np.array(_FREE, np.uint64), size), len(WEEK)),
            reach_m=reach_m[np.lexsort((reach_m, np.repeat(np.arange(PLACES), np.diff(place_at))))],
            confirmed=(TODAY.toordinal() - random.integers(0, 300, size)).astype(np.int32),
            waiting=(TODAY.toordinal() - random.integers(0, 700, size)).astype(np.int32),
            eqf=random.integers(-1, 8, size).astype(np.int8),
            occupation_at=occupation_at,
            occupation=occupation,
            years=random.integers(0, 25, len(occupation)).astype(np.uint8),
            skill_at=skill_at,
            skill=skill,
            traits=traits,
            language_at=language_at,
            language=(language * 8 + random.integers(1, 7, len(language))).astype(np.uint16),
        )
    )


def draw_vacancies(random: np.random.Generator, size: int, words: Vocabulary) -> Vacancies:
    """`size` jobs with 4 to 12 essential and 2 to 8 optional skills."""
    x, y, z = draw_points(random, size)
    skill_at, skill = draw_lists(random, size, 6, 20, SKILLS)
    worth = words.weights[skill].astype(np.int64)
    worth[random.random(len(worth)) < 0.35] <<= 32
    sums = np.concatenate([[0], np.cumsum(worth)])
    language_at, language = draw_lists(random, size, 0, 1, LANGUAGES)
    return frozen(
        Vacancies(
            id_high=random.integers(0, 2**63, size, np.uint64),
            id_low=random.integers(0, 2**63, size, np.uint64),
            x=x,
            y=y,
            z=z,
            known=np.ones(size, np.uint8),
            licences=random.choice(np.array([0, 0, 1, 2], np.uint64), size),
            contract=np.left_shift(np.uint64(1), random.integers(0, 15, size, np.uint64)),
            hours=random.choice(np.array([1, 2], np.uint8), size),
            week=random.choice(np.array(_WORKED, np.uint64), size),
            occupation=(OCCUPATIONS * random.random(size) ** 2).astype(np.int32),
            years=random.integers(0, 6, size).astype(np.int32),
            eqf=random.integers(-1, 7, size).astype(np.int8),
            full=sums[skill_at[1:]] - sums[skill_at[:-1]],
            skill_at=skill_at,
            skill=skill,
            worth=worth,
            language_at=language_at,
            language=(language * 8 + random.integers(1, 5, len(language))).astype(np.uint16),
        )
    )


def pool_of(words: Vocabulary, people: People) -> Pool:
    return make_pool(words, people, [], [])


def drawn_features(size: int, words: Vocabulary) -> list[PersonFeatures]:
    """The same kind of people as objects, as they are read from their rows."""
    random = Random(size)
    points = [(45.46 + random.gauss(0, 0.15), 9.19 + random.gauss(0, 0.2)) for _ in range(PLACES)]
    return [
        PersonFeatures(
            id=uuid.UUID(int=random.getrandbits(128)),
            occupations=tuple(
                (pk, random.randrange(25)) for pk in random.sample(words.occupations, random.randint(1, 3))
            ),
            skills=frozenset(random.sample(words.skills, random.randint(5, 23))),
            licences=frozenset(random.sample(words.licences, random.randrange(4))),
            languages={pk: random.randint(1, 6) for pk in random.sample(words.languages, random.randrange(3))},
            education_eqf=random.choice([None, *range(1, 8)]),
            hours_wanted=random.choice(["any", "full_time", "part_time"]),
            contract_types=frozenset(random.sample(words.contracts, random.choice([0, 7]))),
            windows=_windows(random.choice(_FREE)),
            point=random.choice(points),
            max_travel_km=random.choice([10, 15, 20, 30, 50]),
            may_work=random.random() < 0.97,
            confirmed_on=TODAY - timedelta(days=random.randrange(300)),
            waiting_since=TODAY - timedelta(days=random.randrange(700)),
        )
        for _ in range(size)
    ]


def _windows(free: int) -> frozenset[str]:
    """Who can at any time has said nothing."""
    return frozenset() if free == _ANY_TIME else frozenset(part for bit, part in enumerate(WEEK) if free >> bit & 1)
