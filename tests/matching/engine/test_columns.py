"""From people and jobs to columns and back."""

import uuid
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from matching.engine.columns import frozen, id_halves, people_columns, person_id, rows_of, vacancy_columns
from matching.engine.features import PersonFeatures
from matching.engine.vocabulary import UnknownWordError
from tests.support.engine import CONTRACTS, FIT, JOB, LANGUAGES, LICENCES, PLACES, SKILLS, TODAY, VOCABULARY, crowds


@given(crowds)
def test_every_person_has_one_row_among_those_of_their_place(crowd: list[PersonFeatures]) -> None:
    columns = people_columns(crowd, VOCABULARY)
    by_id = {person.id: person for person in crowd}
    assert {person_id(columns, row) for row in range(len(crowd))} == set(by_id)
    for place in range(len(columns.place_at) - 1):
        inside = [by_id[person_id(columns, row)] for row in range(columns.place_at[place], columns.place_at[place + 1])]
        assert len({person.point for person in inside}) == 1
        assert bool(columns.place_known[place]) == (inside[0].point is not None)
    assert len(columns.place_at) - 1 == len({person.point for person in crowd})


@given(crowds)
def test_rows_are_found_by_id(crowd: list[PersonFeatures]) -> None:
    columns = people_columns(crowd, VOCABULARY)
    for person in crowd:
        (row,) = rows_of(columns, [person.id, uuid.UUID(int=3)])
        assert person_id(columns, int(row)) == person.id
        held = columns.skill[columns.skill_at[row] : columns.skill_at[row + 1]]
        assert {VOCABULARY.skills[position] for position in held} == person.skills
        assert columns.waiting[row] == person.waiting_since.toordinal()


def test_ids_that_share_their_first_half_are_told_apart() -> None:
    twins = [replace(FIT, id=uuid.UUID(int=(5 << 64) + number)) for number in (1, 2)]
    columns = people_columns(twins, VOCABULARY)
    assert [person_id(columns, int(row)) for row in rows_of(columns, [twins[1].id])] == [twins[1].id]


def test_a_row_of_each() -> None:
    person = replace(FIT, licences=frozenset(LICENCES[1:3]), contract_types=frozenset(CONTRACTS[:1]))
    columns = people_columns([person], VOCABULARY)
    assert (int(columns.licences[0]), int(columns.contracts[0]), int(columns.hours[0])) == (0b110, 0b1, 0b11)
    assert (int(columns.reach_m[0]), int(columns.confirmed[0])) == (20_000, TODAY.toordinal())
    assert int(people_columns([FIT], VOCABULARY).contracts[0]) == 2**64 - 1
    job = vacancy_columns([JOB], VOCABULARY)
    weights = {pk: int(weight) for pk, weight in zip(VOCABULARY.skills, VOCABULARY.weights, strict=True)}
    assert int(job.full[0]) == weights[SKILLS[1]] + weights[SKILLS[2]] + (weights[SKILLS[3]] << 32)
    assert (int(job.language[0]) >> 3, int(job.language[0]) & 7) == (0, JOB.languages[LANGUAGES[0]])


def test_a_word_of_another_vocabulary_is_refused() -> None:
    with pytest.raises(UnknownWordError):
        people_columns([replace(FIT, skills=frozenset({uuid.uuid4()}))], VOCABULARY)
    with pytest.raises(UnknownWordError):
        vacancy_columns([replace(JOB, occupation=uuid.uuid4())], VOCABULARY)


def test_columns_are_never_written_to() -> None:
    columns = people_columns([replace(FIT, point=PLACES[1])], VOCABULARY)
    assert [name for name, column in columns._asdict().items() if column.flags.writeable] == []
    copied = frozen(columns._replace(years=np.array([1, 2], np.uint8)))
    assert copied.years.tolist() == [1, 2]
    assert not copied.years.flags.writeable


def test_the_halves_of_an_id_are_its_bytes() -> None:
    (high, low) = id_halves([uuid.UUID(int=(7 << 64) + 9)])
    assert (int(high[0]), int(low[0])) == (7, 9)
