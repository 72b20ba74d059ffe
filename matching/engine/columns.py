"""People and vacancies as columns of numbers: what the kernels run over. All arrays are read-only.

Named tuples, since numba takes those apart by itself. Lists of varying length stand in one array, those of row `i` from
`x_at[i]` to `x_at[i + 1]`.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import accumulate, chain
from math import cos, radians, sin
from operator import or_
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import numpy as np
import numpy.typing as npt

from matching.engine.arithmetic import RADIUS_CM
from matching.engine.constraints import HOURS, WEEK, accepted_hours
from matching.engine.features import PersonFeatures, Point, VacancyFeatures
from matching.engine.vocabulary import UnknownWordError, Vocabulary

N = TypeVar("N", bound=tuple[Any, ...])
Array = npt.NDArray[Any]

TRAITS = 64
EVERYTHING = (1 << 64) - 1
LEVELS = 8
"""A language and its level are one number: language * 8 + level."""
_PARTS_OF_WEEK = {part: 1 << bit for bit, part in enumerate(WEEK)}


class People(NamedTuple):
    """People clustered by the place they live in, there by how far they go, one row each; days are ordinals, `eqf` -1 when unknown.

    What a rule asks stands as one line of bits a word, row `i` in bit `i % 64` of number `i // 64`: rules are tried on 64 people at
    once. `traits` has bit `skill % 64` of each skill set: what it lacks, the person lacks.
    """

    id_high: npt.NDArray[np.uint64]
    id_low: npt.NDArray[np.uint64]
    by_id: npt.NDArray[np.int32]  # rows in the order of the ids
    place_x: npt.NDArray[np.int64]  # one a place: centimetres from the centre of the earth
    place_y: npt.NDArray[np.int64]
    place_z: npt.NDArray[np.int64]
    place_known: npt.NDArray[np.uint8]
    place_at: npt.NDArray[np.int32]
    may_work: npt.NDArray[np.uint64]
    hours: npt.NDArray[np.uint64]  # lines: full time, part time
    week: npt.NDArray[np.uint64]  # lines: the parts of a week; all of them for who has not said
    licences: npt.NDArray[np.uint64]
    contracts: npt.NDArray[np.uint64]
    reach_m: npt.NDArray[np.int32]
    confirmed: npt.NDArray[np.int32]
    waiting: npt.NDArray[np.int32]
    eqf: npt.NDArray[np.int8]
    occupation_at: npt.NDArray[np.int32]
    occupation: npt.NDArray[np.uint16]
    years: npt.NDArray[np.uint8]
    skill_at: npt.NDArray[np.int32]
    skill: npt.NDArray[np.uint16]
    traits: npt.NDArray[np.uint64]
    language_at: npt.NDArray[np.int32]
    language: npt.NDArray[np.uint16]

    @property
    def size(self) -> int:
        return len(self.id_high)


class Vacancies(NamedTuple):
    """Vacancies, one row each; `contract` is one bit, or none when any will do; `week` has the bits of the parts in which one works.

    `worth` of a skill is its weight when essential, the weight shifted by 32 bits when optional; `full` is their sum.
    """

    id_high: npt.NDArray[np.uint64]
    id_low: npt.NDArray[np.uint64]
    x: npt.NDArray[np.int64]
    y: npt.NDArray[np.int64]
    z: npt.NDArray[np.int64]
    known: npt.NDArray[np.uint8]
    licences: npt.NDArray[np.uint64]
    contract: npt.NDArray[np.uint64]
    hours: npt.NDArray[np.uint8]
    week: npt.NDArray[np.uint64]
    occupation: npt.NDArray[np.int32]
    years: npt.NDArray[np.int32]
    eqf: npt.NDArray[np.int8]
    full: npt.NDArray[np.int64]
    skill_at: npt.NDArray[np.int32]
    skill: npt.NDArray[np.uint16]
    worth: npt.NDArray[np.int64]
    language_at: npt.NDArray[np.int32]
    language: npt.NDArray[np.uint16]


def frozen(columns: N) -> N:
    """The same columns, contiguous and read-only: the kernels are compiled for those alone."""
    arrays = [np.ascontiguousarray(column).view(np.ndarray) for column in columns]
    for array in arrays:
        array.flags.writeable = False
    return type(columns)(*arrays)


def people_columns(people: Iterable[PersonFeatures], vocabulary: Vocabulary) -> People:
    """Columns of `people` by place, reach and id. Raises UnknownWordError."""
    rows = sorted(
        people,
        key=lambda person: (person.point is not None, person.point or (0.0, 0.0), person.max_travel_km, person.id),
    )
    words = _Words(vocabulary)
    points = [person.point for person in rows]
    starts = [row for row, point in enumerate(points) if row == 0 or point != points[row - 1]]
    places = [points[row] for row in starts]
    high, low = id_halves([person.id for person in rows])
    jobs = [sorted((words.occupation(pk), years) for pk, years in person.occupations) for person in rows]
    skills = [sorted(map(words.skill, person.skills)) for person in rows]
    spoken = [_languages(person.languages, words) for person in rows]
    licences = np.array([words.licences(person.licences) for person in rows], np.uint64)
    contracts = np.array([words.contracts(person.contract_types) or EVERYTHING for person in rows], np.uint64)
    week = np.array([_week(person.windows) or EVERYTHING for person in rows], np.uint64)
    return frozen(
        People(
            id_high=high,
            id_low=low,
            by_id=np.lexsort((low, high)).astype(np.int32),
            **_vectors(places, "place_"),
            place_at=np.array([*starts, len(rows)], np.int32),
            may_work=bits_of(np.array([person.may_work for person in rows], bool)),
            hours=lines_of(np.array([accepted_hours(person.hours_wanted) for person in rows], np.uint64), len(HOURS)),
            week=lines_of(week, len(WEEK)),
            licences=lines_of(licences, len(vocabulary.licences)),
            contracts=lines_of(contracts, len(vocabulary.contracts)),
            reach_m=np.array([person.max_travel_km * 1000 for person in rows], np.int32),
            confirmed=np.array([person.confirmed_on.toordinal() for person in rows], np.int32),
            waiting=np.array([person.waiting_since.toordinal() for person in rows], np.int32),
            eqf=np.array([_or_unknown(person.education_eqf) for person in rows], np.int8),
            occupation_at=_starts(jobs),
            occupation=_flat([[job for job, _ in row] for row in jobs], np.uint16),
            years=_flat([[years for _, years in row] for row in jobs], np.uint8),
            skill_at=_starts(skills),
            skill=_flat(skills, np.uint16),
            traits=np.array([reduce(or_, (1 << skill % TRAITS for skill in row), 0) for row in skills], np.uint64),
            language_at=_starts(spoken),
            language=_flat(spoken, np.uint16),
        )
    )


def vacancy_columns(vacancies: Sequence[VacancyFeatures], vocabulary: Vocabulary) -> Vacancies:
    """Columns of `vacancies` in their order. Raises UnknownWordError."""
    words = _Words(vocabulary)
    weights = vocabulary.weights.tolist()
    asked = [
        [(position, weights[position]) for position in map(words.skill, vacancy.essential)]
        + [(position, weights[position] << 32) for position in map(words.skill, vacancy.optional)]
        for vacancy in vacancies
    ]
    spoken = [_languages(vacancy.languages, words) for vacancy in vacancies]
    high, low = id_halves([vacancy.id for vacancy in vacancies])
    return frozen(
        Vacancies(
            id_high=high,
            id_low=low,
            **_vectors([vacancy.point for vacancy in vacancies], ""),
            licences=np.array([words.licences(vacancy.licences) for vacancy in vacancies], np.uint64),
            contract=np.array(
                [words.contracts([v.contract_type] if v.contract_type else []) for v in vacancies], np.uint64
            ),
            hours=np.array([HOURS[vacancy.hours_kind] for vacancy in vacancies], np.uint8),
            week=np.array([_week(vacancy.bands) for vacancy in vacancies], np.uint64),
            occupation=np.array([words.occupation(vacancy.occupation) for vacancy in vacancies], np.int32),
            years=np.array([vacancy.years_experience for vacancy in vacancies], np.int32),
            eqf=np.array([_or_unknown(vacancy.education_eqf) for vacancy in vacancies], np.int8),
            full=np.array([sum(worth for _, worth in row) for row in asked], np.int64),
            skill_at=_starts(asked),
            skill=_flat([[position for position, _ in row] for row in asked], np.uint16),
            worth=_flat([[worth for _, worth in row] for row in asked], np.int64),
            language_at=_starts(spoken),
            language=_flat(spoken, np.uint16),
        )
    )


def bits_of(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    """One bit a row, 64 rows to a number; those after the last row are not set."""
    padded = np.zeros(-(-len(flags) // 64) * 64, bool)
    padded[: len(flags)] = flags
    return np.packbits(padded, bitorder="little").view("<u8").astype(np.uint64)


def lines_of(masks: npt.NDArray[np.uint64], kinds: int) -> npt.NDArray[np.uint64]:
    """A line of bits for each of the lowest `kinds` bits of the masks of the rows."""
    lines = [bits_of(masks >> np.uint64(kind) & np.uint64(1) > 0) for kind in range(kinds)]
    return np.array(lines, np.uint64).reshape(kinds, -(-len(masks) // 64))


def person_id(people: People, row: int) -> UUID:
    """Who stands in a row."""
    return UUID(int=int(people.id_high[row]) << 64 | int(people.id_low[row]))


def rows_of(people: People, ids: Sequence[UUID]) -> npt.NDArray[np.int64]:
    """The rows of those of `ids` who are there."""
    high, low = id_halves(list(ids))
    ordered = people.id_high[people.by_id]
    found = []
    for half, other in zip(high, low, strict=True):
        position = int(np.searchsorted(ordered, half))
        # Two random ids that share their first half are next to one another.
        while position < len(ordered) and ordered[position] == half:
            if people.id_low[people.by_id[position]] == other:
                found.append(int(people.by_id[position]))
            position += 1
    return np.array(found, np.int64)


def id_halves(ids: Sequence[UUID]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """The upper and the lower eight bytes of each id, big-endian."""
    halves = np.frombuffer(b"".join(pk.bytes for pk in ids), ">u8").reshape(len(ids), 2).astype(np.uint64)
    return np.ascontiguousarray(halves[:, 0]), np.ascontiguousarray(halves[:, 1])


class _Words:
    """Ids to positions and bits of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.skill = _finder(vocabulary.skills)
        self.occupation = _finder(vocabulary.occupations)
        self.language = _finder(vocabulary.languages)
        self._licence = _finder(vocabulary.licences)
        self._contract = _finder(vocabulary.contracts)

    def licences(self, ids: Iterable[UUID]) -> int:
        return sum(1 << self._licence(pk) for pk in ids)

    def contracts(self, ids: Iterable[UUID]) -> int:
        return sum(1 << self._contract(pk) for pk in ids)


def _finder(ids: Sequence[UUID]) -> Callable[[UUID], int]:
    positions = {pk: position for position, pk in enumerate(ids)}

    def find(pk: UUID) -> int:
        try:
            return positions[pk]
        except KeyError:
            raise UnknownWordError(pk) from None

    return find


def _week(parts: Iterable[str]) -> int:
    return sum(_PARTS_OF_WEEK[part] for part in parts)


def _languages(levels: dict[UUID, int], words: _Words) -> list[int]:
    return sorted(words.language(pk) * LEVELS + level for pk, level in levels.items())


def _vectors(points: Sequence[Point | None], prefix: str) -> dict[str, Array]:
    """Points on the sphere in whole centimetres: sums of their squares are exact, and the same in both directions."""
    vectors = np.zeros((len(points), 3), np.int64)
    for row, point in enumerate(points):
        if point is not None:
            latitude, longitude = radians(point[0]), radians(point[1])
            vectors[row] = (
                round(RADIUS_CM * cos(latitude) * cos(longitude)),
                round(RADIUS_CM * cos(latitude) * sin(longitude)),
                round(RADIUS_CM * sin(latitude)),
            )
    known = np.array([point is not None for point in points], np.uint8)
    return {f"{prefix}{name}": vectors[:, axis] for axis, name in enumerate("xyz")} | {f"{prefix}known": known}


def _or_unknown(value: int | None) -> int:
    return -1 if value is None else value


def _starts(rows: Sequence[Sequence[object]]) -> npt.NDArray[np.int32]:
    return np.array([0, *accumulate(map(len, rows))], np.int32)


def _flat(rows: Iterable[Iterable[int]], kind: type[Any]) -> Array:
    return np.fromiter(chain.from_iterable(rows), kind)
