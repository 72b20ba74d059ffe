"""Placements of the actor's desks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.http import Http404
from django.utils import timezone

from matching.models import Placement, PlacementCheck
from matching.queries.placements import due_checks, placements, visible_placement
from tests.support.agenda import make_rules
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


def begun(months: int, *, more: int = 0, **fields: Any) -> Placement:
    """A verified placement that began so many months and `more` days ago."""
    starts_on = timezone.localdate() - relativedelta(months=months) - timedelta(days=more)
    number = Placement.objects.count()
    return make_placement(
        starts_on=starts_on, state="verified", notice_code=f"COB{number}", verified_at=timezone.now(), **fields
    )


def due(placement: Placement) -> list[int]:
    """The terms for which a placement waits, in the eyes of its desk."""
    return [found.term for found in due_checks(scope(make_operator(placement.desk))) if found.pk == placement.pk]


@pytest.mark.parametrize(
    ("months", "more", "terms"),
    [(3, -1, []), (3, 0, [3]), (5, 0, [3]), (6, 0, [3]), (9, 1, [6]), (12, 0, [6]), (12, 1, [12]), (18, 1, [])],
)
def test_a_placement_is_asked_after_at_each_term_and_then_left_to_rest(
    months: int, more: int, terms: list[int]
) -> None:
    make_rules()
    assert due(begun(months, more=more)) == terms


def test_one_that_was_asked_after_waits_for_the_next_term() -> None:
    make_rules()
    placement = begun(6, more=5)
    PlacementCheck.objects.create(placement=placement, months=3, outcome="working", source="person")
    assert due(placement) == [6]
    PlacementCheck.objects.create(placement=placement, months=6, outcome="working", source="person")
    assert due(placement) == []


def test_work_that_ended_before_the_term_is_not_asked_after() -> None:
    make_rules()
    starts_on = timezone.localdate() - relativedelta(months=4)
    assert due(begun(4, ends_on=starts_on + relativedelta(months=3) - timedelta(days=1))) == []
    assert due(begun(4, ends_on=starts_on + relativedelta(months=3))) == [3]


def test_only_verified_placements_of_my_desks_are_asked_after() -> None:
    make_rules()
    mine = begun(4)
    make_placement(mine.vacancy, starts_on=mine.starts_on)
    begun(4)
    assert [found.pk for found in due_checks(scope(make_operator(mine.desk)))] == [mine.pk]
