"""Sums of what was delivered: of one person and of one case."""

from datetime import date
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from candidates.models import Appointment, Case
from candidates.queries.delivered import (
    Received,
    all_received,
    catalogue_for_people,
    deliveries,
    received_in,
    seats_seen,
    sum_received,
    visible_delivery,
)
from candidates.states import AppointmentState, CaseState
from tests.support.agenda import make_group
from tests.support.pacts import BY, a_case
from tests.support.personas import make_case, make_operator, scope
from tests.support.services import deliver, make_item

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes", "words"), [(45, "45 min"), (60, "1 h"), (150, "2 h 30 min")])
def test_time_is_said_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert Received("Colloquio", 1, minutes).time == words


def test_services_are_summed_by_person_and_by_case_in_the_order_of_the_catalogue() -> None:
    first = a_case()
    make_item("PROVA_B", position=2)
    deliver(first, by=BY, code="PROVA_B", minutes=120)
    deliver(first, by=BY, minutes=30)
    deliver(first, by=BY, minutes=45)
    type(first).objects.filter(pk=first.pk).update(state=CaseState.CLOSED, closed_on=date(2026, 6, 1), closing="other")
    again = make_case(first.desk, candidate=first.candidate, opened_on=date(2026, 7, 1))
    deliver(again, by=BY, minutes=15)
    deliver(a_case(), by=BY, minutes=600)
    seen: Any = Case.objects.annotate(received=all_received("candidate")).get(pk=again.pk)
    assert sum_received(seen.received) == [Received("Prova_a", 3, 90), Received("Prova_b", 1, 120)]
    assert received_in(first) == [Received("Prova_a", 2, 75), Received("Prova_b", 1, 120)]
    assert [row.minutes for row in deliveries(again)] == [15]


def test_companies_services_are_not_offered_to_people() -> None:
    mine = make_item()
    theirs = make_item("PROVA_C", audience="company")
    offered = list(catalogue_for_people())
    assert (mine in offered, theirs in offered) == (True, False)


def test_a_delivery_is_seen_by_who_sees_the_case() -> None:
    case = a_case()
    assert case.responsible_operator
    row = deliver(case, by=BY)
    assert visible_delivery(scope(case.responsible_operator), row.pk) == row
    with pytest.raises(Http404):
        visible_delivery(scope(make_operator()), row.pk)


def test_only_who_came_and_is_followed_here_counts_in_a_group() -> None:
    case = a_case()
    operator = case.responsible_operator
    assert operator
    group = make_group(case.desk, operator, starts_at=timezone.now())
    absent = make_case(case.desk, operator=operator)
    for each, state in ((case, AppointmentState.SEEN), (absent, AppointmentState.NO_SHOW)):
        Appointment.objects.create(
            candidate=each.candidate,
            desk=each.desk,
            residence=each.residence,
            operator=operator,
            group=group,
            starts_at=group.starts_at,
            ends_at=group.ends_at,
            state=state,
            reason="Laboratorio",
        )
    assert seats_seen(scope(operator), group.pk) == {case.candidate_id: case}
    assert seats_seen(scope(make_operator()), group.pk) == {}
