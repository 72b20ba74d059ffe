"""How many people look for a kind of job."""

import pytest
from django.utils import timezone

from candidates.models import Candidate, DesiredOccupation
from candidates.queries.wishes import people_wanting
from tests.support.employers import make_occupation
from tests.support.personas import make_candidate
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_each_person_counts_once_in_a_group_and_only_while_on_file() -> None:
    seller, cashier, cook = (make_occupation(n, isco08=i) for n, i in (("a", "5223"), ("b", "5230"), ("c", "5120")))
    people = [make_candidate() for _ in range(5)]
    for person in people:
        for occupation in (seller, cashier):
            DesiredOccupation.objects.create(candidate=person, occupation=occupation)
    DesiredOccupation.objects.create(candidate=people[0], occupation=cook)
    Candidate.objects.filter(pk=people[1].pk).update(absorbed_into=people[0])
    Candidate.objects.filter(pk=people[2].pk).update(erased_at=timezone.now())
    with queries_of() as asked:
        assert people_wanting(["52", "51", "93"]) == {"52": 3, "51": 1}
    assert len(asked) == 1
    assert people_wanting(["51"]) == {"51": 1}
