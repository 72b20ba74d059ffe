"""The questions that the engine answers: who is best for a job, what is each part of a score, which jobs are best for one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from matching.engine import arithmetic, kernels, selection
from matching.engine.columns import (
    People,
    Vacancies,
    bits_of,
    frozen,
    people_columns,
    person_id,
    rows_of,
    vacancy_columns,
)
from matching.engine.constraints import RULES, Rule
from matching.engine.features import OccupationFeatures, PersonFeatures, VacancyFeatures
from matching.engine.vocabulary import Vocabulary, make_vocabulary

ENGINE_VERSION = "3.0"
FULL = kernels.FULL


class Part(StrEnum):
    """The eight parts, in the order in which they are shown, and in which the kernels number them."""

    OCCUPATION = "occupation"
    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    EXPERIENCE = "experience"
    LANGUAGES = "languages"
    EDUCATION = "education"
    DISTANCE = "distance"
    RECENCY = "recency"


Weights = Mapping[Part, int]
"""What each part is worth; they sum to 100."""

WEIGHTS: Weights = {
    Part.OCCUPATION: 30,
    Part.ESSENTIAL: 30,
    Part.OPTIONAL: 8,
    Part.EXPERIENCE: 10,
    Part.LANGUAGES: 7,
    Part.EDUCATION: 5,
    Part.DISTANCE: 7,
    Part.RECENCY: 3,
}
"""A proposal: no outcomes were at hand to fit or to check them."""


@dataclass(frozen=True)
class Component:
    """One part from 0 to 1000; `known` is False when the person told too little, which never counts as agreement."""

    part: Part
    value: int
    weight: int
    known: bool

    @property
    def points(self) -> int:
        return self.weight * self.value

    @property
    def maximum(self) -> int:
        return self.weight * FULL


@dataclass(frozen=True)
class Scored:
    """A person for a vacancy: `score` 0..100000 with its parts, or the rule that excludes them; `distance_m` None when unknown."""

    vacancy: VacancyFeatures
    person: PersonFeatures
    components: tuple[Component, ...]
    excluded_by: Rule | None
    distance_m: int | None

    @property
    def score(self) -> int:
        return sum(component.points for component in self.components)


@dataclass(frozen=True)
class Ranked:
    """A place in a ranking, by the numbers alone."""

    person: UUID
    score: int


@dataclass(frozen=True)
class Ranking:
    """The best for a vacancy and the best of those whom a rule excludes, with how many people each rule stopped first."""

    considered: int
    eligible: int
    excluded: dict[Rule, int]
    best: tuple[Ranked, ...]
    near_misses: tuple[Ranked, ...]


@dataclass(frozen=True)
class Pool:
    """Everybody to weigh: `stored` people, less those of the rows marked in `gone`, and the `fresh` ones."""

    vocabulary: Vocabulary
    stored: People
    gone: npt.NDArray[np.uint8]
    fresh: People

    @property
    def size(self) -> int:
        return self.stored.size - int(self.gone.sum()) + self.fresh.size

    @cached_property
    def present(self) -> npt.NDArray[np.uint64]:
        """The stored rows to look at, as bits."""
        return bits_of(self.gone == 0)


def make_pool(vocabulary: Vocabulary, stored: People, changed: Sequence[UUID], fresh: Sequence[PersonFeatures]) -> Pool:
    """People as stored, but for those `changed` since, who are what `fresh` says or no longer there."""
    gone = np.zeros(stored.size, np.uint8)
    gone[rows_of(stored, changed)] = 1
    return Pool(vocabulary, stored, gone, people_columns(fresh, vocabulary))


def rank_people(
    pool: Pool, vacancy: VacancyFeatures, *, today: date, weights: Weights = WEIGHTS, most: int, most_excluded: int = 0
) -> Ranking:
    """Everybody weighed, the best kept: by score, then longest waiting, then a keyed hash. Raises UnknownWordError."""
    return rank_row(
        pool,
        vacancy_columns([vacancy], pool.vocabulary),
        0,
        today=today,
        weights=weights,
        most=most,
        most_excluded=most_excluded,
    )


def rank_row(
    pool: Pool,
    vacancies: Vacancies,
    row: int,
    *,
    today: date,
    weights: Weights = WEIGHTS,
    most: int,
    most_excluded: int = 0,
) -> Ranking:
    """As `rank_people`, for one of many vacancies."""
    words = pool.vocabulary
    passed = np.zeros(len(RULES), np.int64)
    groups: tuple[list[_Entry], list[_Entry]] = ([], [])
    for people, present in ((pool.stored, pool.present), (pool.fresh, bits_of(np.ones(pool.fresh.size, bool)))):
        found, *best = selection.rank_people(
            people,
            present,
            vacancies,
            row,
            words.proximity,
            len(words.skills),
            len(words.languages),
            today.toordinal(),
            _array(weights),
            min(most, people.size),
            min(most_excluded, people.size),
        )
        passed += found
        groups[0].extend(_entries(people, *best[:2]))
        groups[1].extend(_entries(people, *best[2:]))
    left = [pool.size, *passed.tolist()]
    return Ranking(
        considered=pool.size,
        eligible=left[-1],
        excluded={
            rule: before - after for rule, before, after in zip(RULES, left, left[1:], strict=False) if before > after
        },
        best=_first(groups[0], most),
        near_misses=_first(groups[1], most_excluded),
    )


def weigh_people(
    vocabulary: Vocabulary,
    vacancy: VacancyFeatures,
    people: Sequence[PersonFeatures],
    *,
    today: date,
    weights: Weights = WEIGHTS,
) -> list[Scored]:
    """Some people for a vacancy with every part, the eligible first, each group in the order of a ranking.

    The score is given to the excluded too, to say what they miss. Raises UnknownWordError.
    """
    columns, asked = people_columns(people, vocabulary), vacancy_columns([vacancy], vocabulary)
    by_id = {person.id: person for person in people}
    rows = np.arange(columns.size, dtype=np.int64)
    parts, passed, metres = kernels.weigh_people(
        columns,
        rows,
        asked,
        0,
        vocabulary.proximity,
        len(vocabulary.skills),
        len(vocabulary.languages),
        today.toordinal(),
    )
    weighed = []
    for row, values, bits, distance in zip(
        rows.tolist(), parts.tolist(), passed.tolist(), metres.tolist(), strict=True
    ):
        person = by_id[person_id(columns, row)]
        known = _known(vacancy, person, is_near_known=distance >= 0)
        components = tuple(
            Component(part, value, weights[part], part in known) for part, value in zip(Part, values, strict=True)
        )
        failed = kernels.first_failed(bits)
        excluded_by = RULES[failed] if failed < len(RULES) else None
        scored = Scored(vacancy, person, components, excluded_by, distance if distance >= 0 else None)
        ticket = arithmetic.lot(asked.id_high[0], asked.id_low[0], columns.id_high[row], columns.id_low[row])
        order = (excluded_by is not None, -scored.score, person.waiting_since, int(ticket))
        weighed.append((order, scored))
    return [scored for _, scored in sorted(weighed, key=lambda found: found[0])]


def failed_rules(vacancy: VacancyFeatures, people: Sequence[PersonFeatures], *, today: date) -> dict[UUID, Rule | None]:
    """The rule that excludes each person from the vacancy, None for whom none does; needs no vocabulary."""
    occupations = {vacancy.occupation} | {pk for person in people for pk, _ in person.occupations}
    own = make_vocabulary(
        [OccupationFeatures(pk, "") for pk in occupations],
        skills={*vacancy.essential, *vacancy.optional}.union(*(person.skills for person in people)),
        languages={*vacancy.languages}.union(*(person.languages for person in people)),
        licences=vacancy.licences.union(*(person.licences for person in people)),
        contracts={pk for pk in [vacancy.contract_type] if pk}.union(*(person.contract_types for person in people)),
    )
    return {scored.person.id: scored.excluded_by for scored in weigh_people(own, vacancy, people, today=today)}


def rank_vacancies(
    vocabulary: Vocabulary,
    people: People,
    row: int,
    vacancies: Vacancies,
    *,
    today: date,
    weights: Weights = WEIGHTS,
) -> tuple[npt.NDArray[np.int64], tuple[Rule | None, ...]]:
    """One person for every vacancy: the scores, and the rule that excludes the person from each."""
    scores, failed = kernels.rank_vacancies(
        people,
        row,
        vacancies,
        vocabulary.proximity,
        len(vocabulary.skills),
        len(vocabulary.languages),
        today.toordinal(),
        _array(weights),
    )
    by_number = (*RULES, None)
    return scores, tuple(by_number[number] for number in failed.tolist())


def warm() -> None:
    """Have every kernel compiled, or read from its cache, by asking it about nobody."""
    day = date(2026, 1, 1)
    nothing = make_vocabulary([], skills=[], languages=[], licences=[], contracts=[])
    people, vacancies = people_columns([], nothing), vacancy_columns([], nothing)
    proximity, weights = np.zeros((1, 1), np.int16), _array(WEIGHTS)
    proximity.flags.writeable = False
    arithmetic.lot(*(np.uint64(0),) * 4)
    kernels.first_failed(0)
    nobody = bits_of(np.zeros(0, bool))
    one = frozen(
        vacancies._replace(**{name: np.zeros(2, column.dtype) for name, column in vacancies._asdict().items()})
    )
    selection.rank_people(people, nobody, one, 0, proximity, 0, 0, day.toordinal(), weights, 0, 0)
    kernels.weigh_people(people, np.arange(0), one, 0, proximity, 0, 0, day.toordinal())
    somebody = frozen(
        people._replace(
            **{name: np.zeros((2,) * column.ndim, column.dtype) for name, column in people._asdict().items()}
        )
    )
    kernels.rank_vacancies(somebody, 0, vacancies, proximity, 0, 0, day.toordinal(), weights)


_Entry = tuple[int, int, int, People, int]


def _entries(people: People, columns: tuple[npt.NDArray[Any], ...], size: int) -> Iterator[_Entry]:
    rows, *order = (column[:size].tolist() for column in columns)
    for row, score, wait, ticket in zip(rows, *order, strict=True):
        yield -score, wait, ticket, people, row


def _first(group: list[_Entry], most: int) -> tuple[Ranked, ...]:
    ordered = sorted(group, key=lambda entry: entry[:3])[:most]
    return tuple(Ranked(person_id(people, row), -score) for score, _, _, people, row in ordered)


def _array(weights: Weights) -> npt.NDArray[np.int64]:
    return np.array([weights[part] for part in Part], np.int64)


def _known(vacancy: VacancyFeatures, person: PersonFeatures, *, is_near_known: bool) -> set[Part]:
    """The parts about which the person has told enough; none of somebody who named neither an occupation nor a skill."""
    if not person.occupations and not person.skills:
        return set()
    answers = {
        Part.OCCUPATION: bool(person.occupations),
        Part.ESSENTIAL: not vacancy.essential or bool(person.skills),
        Part.OPTIONAL: not vacancy.optional or bool(person.skills),
        Part.EXPERIENCE: not vacancy.years_experience or bool(person.occupations),
        Part.LANGUAGES: not vacancy.languages or bool(person.languages),
        Part.EDUCATION: vacancy.education_eqf is None or person.education_eqf is not None,
        Part.DISTANCE: is_near_known,
        Part.RECENCY: True,
    }
    return {part for part, is_known in answers.items() if is_known}
