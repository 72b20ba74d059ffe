"""The columns of everybody with an open case."""

import pytest
from django.utils import timezone

from candidates.models import Candidate
from matching.engine.columns import person_id
from matching.queries.pool import current_pool
from tests.support.employers import make_vacancy
from tests.support.matching import make_person
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db


def test_who_has_an_open_case_and_nobody_else() -> None:
    vacancy = make_vacancy()
    people = [make_person(vacancy) for _ in range(3)]
    make_candidate(vacancy.desk)
    Candidate.objects.filter(pk=people[0].pk).update(erased_at=timezone.now())
    pool = current_pool()
    found = {person_id(pool.stored, row) for row in range(pool.size)}
    assert found == {person.pk for person in people[1:]}
