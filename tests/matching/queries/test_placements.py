"""Placements of the actor's desks."""

from datetime import UTC, datetime

import pytest
from django.http import Http404
from django.utils import timezone

from matching.queries.placements import placements, visible_placement
from tests.support.employers import make_vacancy
from tests.support.matching import make_placement
from tests.support.personas import make_operator, scope
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_the_oldest_declarations_of_my_desk_come_first_in_one_query() -> None:
    vacancy = make_vacancy()
    actor = scope(make_operator(vacancy.desk))
    make_placement()
    costs = []
    for days in ((5,), (6, 4)):
        for day in days:
            make_placement(vacancy, declared_at=datetime(2026, 5, day, tzinfo=UTC))
        with queries_of() as queries:
            found = [(p.declared_at.day, p.candidate.last_name, p.contract_type.label) for p in placements(actor)]
        costs.append(len(queries))
    assert [day for day, _, _ in found] == [4, 5, 6]
    assert costs == [1, 1]


def test_a_state_narrows_and_an_invented_one_does_not() -> None:
    vacancy = make_vacancy()
    declared = make_placement(vacancy)
    rejected = make_placement(vacancy, state="rejected", rejection_reason="Non risulta")
    actor = scope(make_operator(vacancy.desk))
    assert list(placements(actor, state="rejected")) == [rejected]
    assert set(placements(actor, state="inventato")) == {declared, rejected}


def test_other_desks_and_erased_people_are_not_there() -> None:
    placement = make_placement()
    actor = scope(make_operator(placement.desk))
    assert visible_placement(actor, placement.pk) == placement
    with pytest.raises(Http404):
        visible_placement(scope(make_operator()), placement.pk)
    placement.candidate.erased_at = timezone.now()
    placement.candidate.save()
    with pytest.raises(Http404):
        visible_placement(actor, placement.pk)
