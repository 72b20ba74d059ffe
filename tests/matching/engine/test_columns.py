"""From people and jobs to columns and back."""

import uuid
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.columns import (
    TRAITS,
    frozen,
    id_halves,
    lines_of,
    people_columns,
    person_id,
    rows_of,
    vacancy_columns,
)
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
        assert [person.max_travel_km for person in inside] == sorted(person.max_travel_km for person in inside)
        assert bool(columns.place_known[place]) == (inside[0].point is not None)
    assert len(columns.place_at) - 1 == len({person.point for person in crowd})


@given(crowds)
def test_rows_are_found_by_id(crowd: list[PersonFeatures]) -> None:
    columns = people_columns(crowd, VOCABULARY)
    ids = {person.id for person in crowd}
    stranger = next(pk for number in count() if (pk := uuid.UUID(int=number)) not in ids)
    for person in crowd:
        (row,) = rows_of(columns, [person.id, stranger])
        assert person_id(columns, int(row)) == person.id
        held = columns.skill[columns.skill_at[row] : columns.skill_at[row + 1]]
        assert {VOCABULARY.skills[position] for position in held} == person.skills
        assert columns.waiting[row] == person.waiting_since.toordinal()
        assert int(columns.traits[row]) == sum({1 << int(position) % TRAITS for position in held})


def test_ids_that_share_their_first_half_are_told_apart() -> None:
    twins = [replace(FIT, id=uuid.UUID(int=(5 << 64) + number)) for number in (1, 2)]
    columns = people_columns(twins, VOCABULARY)
    assert [person_id(columns, int(row)) for row in rows_of(columns, [twins[1].id])] == [twins[1].id]


def test_a_row_of_each() -> None:
    person = replace(FIT, licences=frozenset(LICENCES[1:3]), contract_types=frozenset(CONTRACTS[:1]))
    columns = people_columns([person], VOCABULARY)
    assert (columns.licences[:, 0].tolist(), columns.contracts[:, 0].tolist()) == ([0, 1, 1], [1, 0, 0])
    assert (columns.hours[:, 0].tolist(), columns.may_work.tolist()) == ([1, 1], [1])
    assert (int(columns.reach_m[0]), int(columns.confirmed[0])) == (20_000, TODAY.toordinal())
    assert people_columns([FIT], VOCABULARY).contracts[:, 0].tolist() == [1, 1, 1]
    assert people_columns([FIT], VOCABULARY).week[:, 0].tolist() == [1] * 28
    free = people_columns([replace(FIT, windows=frozenset({"1-morning", "7-night"}))], VOCABULARY).week[:, 0].tolist()
    assert free == [1, *[0] * 26, 1]
    assert vacancy_columns([replace(JOB, bands=frozenset({"1-evening"})), JOB], VOCABULARY).week.tolist() == [4, 0]
    job = vacancy_columns([JOB], VOCABULARY)
    weights = {pk: int(weight) for pk, weight in zip(VOCABULARY.skills, VOCABULARY.weights, strict=True)}
    assert int(job.full[0]) == weights[SKILLS[1]] + weights[SKILLS[2]] + (weights[SKILLS[3]] << 32)
    assert (int(job.language[0]) >> 3, int(job.language[0]) & 7) == (0, JOB.languages[LANGUAGES[0]])


@given(st.lists(st.integers(0, 7), max_size=200))
def test_lines_have_a_bit_for_each_row_and_none_beyond(masks: list[int]) -> None:
    lines = lines_of(np.array(masks, np.uint64), 3)
    assert lines.shape == (3, -(-len(masks) // 64))
    for kind in range(3):
        whole = sum(int(number) << 64 * at for at, number in enumerate(lines[kind]))
        assert whole == sum((mask >> kind & 1) << row for row, mask in enumerate(masks))


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
