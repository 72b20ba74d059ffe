"""The columns of everybody with an open case, as they are now."""

import pytest
from django.utils import timezone

from candidates.models import Candidate
from matching.engine.columns import person_id
from matching.engine.scoring import Pool
from matching.engine.segment import NoSegmentError
from matching.queries import pool as pools
from matching.queries.features import read_vocabulary, taxonomy
from matching.queries.pool import CurrentPool, current_pool, vocabulary_of
from matching.services.segment import build_segment, ready_pool
from sportello.reference.models import TaxonomyVersion
from tests.support.employers import make_vacancy
from tests.support.matching import make_person
from tests.support.personas import make_candidate
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def people_of(pool: Pool) -> set[object]:
    kept = {person_id(pool.stored, row) for row in range(len(pool.gone)) if not pool.gone[row]}
    return kept | {person_id(pool.fresh, row) for row in range(pool.fresh.size)}


def test_who_has_an_open_case_and_nobody_else_in_four_queries() -> None:
    vacancy = make_vacancy()
    people = [make_person(vacancy) for _ in range(3)]
    make_candidate(vacancy.desk)
    build_segment()
    Candidate.objects.filter(pk=people[0].pk).update(erased_at=timezone.now())
    people.append(make_person(vacancy))
    with queries_of() as asked:
        current = current_pool()
    assert len(asked) == 4
    assert people_of(current.pool) == {person.pk for person in people[1:]}
    assert current.pool.size == 3


def test_without_a_segment_there_is_no_pool() -> None:
    with pytest.raises(NoSegmentError):
        current_pool()


def test_the_segment_of_another_taxonomy_is_not_used() -> None:
    build_segment()
    TaxonomyVersion.objects.create(source="esco", version="9.9")
    with pytest.raises(NoSegmentError, match="another"):
        current_pool()


def test_a_segment_is_worn_when_many_have_changed() -> None:
    vacancy = make_vacancy()
    for _ in range(3):
        make_person(vacancy)
    build_segment()
    pool = current_pool().pool
    assert not CurrentPool(pool, "", pools.NEVER_WORN).is_worn
    assert CurrentPool(pool, "", pools.NEVER_WORN + 1).is_worn


def test_the_words_are_those_of_the_taxonomy_in_use() -> None:
    make_vacancy()
    with pytest.raises(NoSegmentError):
        vocabulary_of(taxonomy())
    ready_pool()
    with queries_of() as asked:
        found = vocabulary_of(taxonomy())
    assert (len(asked), found.digest) == (1, read_vocabulary().digest)
    TaxonomyVersion.objects.create(source="esco", version="9", is_current=True)
    with pytest.raises(NoSegmentError):
        vocabulary_of(taxonomy())
