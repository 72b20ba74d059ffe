"""Weights of words and nearness of occupations."""

import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.features import OccupationFeatures
from matching.engine.vocabulary import UnknownWordError, make_vocabulary, skill_weights
from tests.matching.engine.oracle import Oracle
from tests.support.engine import OCCUPATIONS, SKILLS, VOCABULARY, vocabulary_of

drawn = st.lists(
    st.builds(
        OccupationFeatures,
        id=st.uuids(),
        isco08=st.text("12", min_size=4, max_size=4),
        essential=st.frozensets(st.sampled_from(SKILLS), max_size=6),
        optional=st.frozensets(st.sampled_from(SKILLS), max_size=6),
    ).map(lambda occupation: replace(occupation, optional=occupation.optional - occupation.essential)),
    max_size=6,
    unique_by=lambda occupation: occupation.id,
)


@given(drawn)
def test_proximity_and_weights_are_the_oracles(occupations: list[OccupationFeatures]) -> None:
    vocabulary, oracle = vocabulary_of(occupations), Oracle(occupations, SKILLS)
    assert vocabulary.weights.tolist() == [oracle.weight[skill] for skill in vocabulary.skills]
    assert vocabulary.proximity.tolist() == [
        [oracle.proximity(one, other) for other in vocabulary.occupations] for one in vocabulary.occupations
    ]


@given(drawn)
def test_proximity_is_the_same_in_both_directions_and_whole_only_for_the_same(
    occupations: list[OccupationFeatures],
) -> None:
    near = vocabulary_of(occupations).proximity
    assert (near == near.T).all()
    assert (near.diagonal() == 1000).all()
    assert (near >= 0).all()
    assert (near == 1000).sum() == len(occupations)


def test_proximity_falls_with_the_shared_digits() -> None:
    codes = ("4321", "4321", "4322", "4333", "4999", "1111")
    bare = [OccupationFeatures(uuid.UUID(int=number), code) for number, code in enumerate(codes, start=1)]
    assert vocabulary_of(bare).proximity[0].tolist() == [1000, 650, 450, 220, 80, 0]


def test_the_rarer_word_weighs_more_within_bounds() -> None:
    common, rare, unused = SKILLS[:3]
    many = [
        OccupationFeatures(uuid.UUID(int=number), "4321", frozenset({common} | ({rare} if number == 1 else set())))
        for number in range(1, 101)
    ]
    # 10 ln(101 / 101) = 0, 10 ln(101 / 2) = 39.2, 10 ln(101 / 1) = 46.2
    assert skill_weights(many, (common, rare, unused)).tolist() == [10, 39, 46]
    assert skill_weights((replace(o, id=uuid.uuid4()) for o in many * 2000), (unused,)).tolist() == [120]


def test_the_order_of_reading_changes_nothing_and_another_word_does() -> None:
    assert vocabulary_of(OCCUPATIONS[::-1]).digest == VOCABULARY.digest
    assert vocabulary_of(OCCUPATIONS[1:]).digest != VOCABULARY.digest


def test_more_kinds_than_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="64"):
        make_vocabulary(
            [], skills=[], languages=[], contracts=[], licences=[uuid.UUID(int=number) for number in range(65)]
        )


def test_the_near_ones_are_those_over_the_threshold() -> None:
    for occupation in OCCUPATIONS:
        position = VOCABULARY.occupations.index(occupation.id)
        for at_least in (1, 300, 1000):
            assert VOCABULARY.near([occupation.id], at_least) == {
                other
                for other, near in zip(VOCABULARY.occupations, VOCABULARY.proximity[position], strict=True)
                if near >= at_least
            }
    assert VOCABULARY.near([], 1) == set()
    with pytest.raises(UnknownWordError):
        VOCABULARY.near([uuid.UUID(int=999)], 1)
