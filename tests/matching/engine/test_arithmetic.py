"""Metres and lots against the oracle; the nearness of occupations stands with the vocabulary."""

from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from matching.engine import arithmetic
from matching.engine.columns import id_halves, vacancy_columns
from matching.engine.features import Point, VacancyFeatures
from sportello.territory.rules import Point as Place
from sportello.territory.rules import great_circle_km
from tests.matching.engine import oracle
from tests.support.engine import PLACES, VOCABULARY


@njit
def _bits(word):  # type: ignore[no-untyped-def]
    return arithmetic.ones(word), arithmetic.lowest(word)


@given(st.integers(1, 2**64 - 1))
def test_bits_are_counted_and_the_lowest_is_found(word: int) -> None:
    assert _bits(np.uint64(word)) == (word.bit_count(), (word & -word).bit_length() - 1)


points = st.tuples(st.floats(35, 47), st.floats(6, 19))


def metres(a: Point, b: Point) -> int:
    vectors = [
        vacancy_columns(
            [VacancyFeatures(UUID(int=1), VOCABULARY.occupations[0], None, "full_time", point=p)], VOCABULARY
        )
        for p in (a, b)
    ]
    (one, other) = ((int(v.x[0]), int(v.y[0]), int(v.z[0])) for v in vectors)
    return int(arithmetic.great_circle_m(*one, *other))


@given(points, points)
def test_metres_are_the_oracles_the_same_both_ways_and_those_of_the_sphere(a: Point, b: Point) -> None:
    assert metres(a, b) == metres(b, a) == oracle.distance(a, b)
    assert metres(a, b) == pytest.approx(great_circle_km(Place(*a), Place(*b)) * 1000, abs=max(2, metres(a, b) * 2e-5))


def test_the_lot_is_siphash() -> None:
    # The vector of the paper (Aumasson and Bernstein, 2012, appendix A) proves the oracle, the oracle the kernel.
    assert oracle.siphash(bytes(range(15)), bytes(range(16))) == 0xA129CA6149BE45E5


@given(st.uuids(), st.uuids())
def test_the_lot_of_a_vacancy_and_a_person_is_the_oracles(vacancy: UUID, person: UUID) -> None:
    (high, low) = id_halves([vacancy, person])
    assert int(arithmetic.lot(high[0], low[0], high[1], low[1])) == oracle.siphash(vacancy.bytes + person.bytes)


def test_far_and_unknown_places_do_not_overflow() -> None:
    assert metres(PLACES[0], PLACES[4]) == oracle.distance(PLACES[0], PLACES[4])
    assert metres(PLACES[0], PLACES[4]) > 10_000_000
    assert metres((90.0, 0.0), (-90.0, 0.0)) == oracle.distance((90.0, 0.0), (-90.0, 0.0))
