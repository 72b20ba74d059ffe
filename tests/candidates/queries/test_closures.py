"""Closures of the desks that one leads, and what stands in them."""

from datetime import datetime, time, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from candidates.models import Appointment, DeskClosure
from candidates.queries.closures import booked_in, closed_spans, closures, is_closed_on, led_closure, spans_of
from sportello.accounts.enums import Role
from sportello.territory.models import Desk
from tests.support.pacts import a_case
from tests.support.personas import make_member, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_a_closure_is_kept_by_who_leads_and_shows_what_is_booked() -> None:
    case = a_case()
    operator = case.responsible_operator
    assert operator
    leader = scope(make_member(Role.COORDINATOR, case.desk.managed_by, case.desk))
    day = timezone.localdate() + timedelta(days=5)
    closure = DeskClosure.objects.create(desk=case.desk, first_day=day, last_day=day)
    past = timezone.localdate() - timedelta(days=1)
    DeskClosure.objects.create(desk=case.desk, first_day=past, last_day=past)
    inside, outside = (
        Appointment.objects.create(
            candidate=case.candidate,
            desk=case.desk,
            residence=case.residence,
            operator=operator,
            starts_at=timezone.make_aware(datetime.combine(when, time(10))),
            ends_at=timezone.make_aware(datetime.combine(when, time(11))),
            reason="Incontro",
        )
        for when in (day, day + timedelta(days=1))
    )
    assert outside
    assert list(closures(leader)) == [closure]
    assert list(closures(scope(operator))) == []
    assert led_closure(leader, closure.pk) == closure
    with pytest.raises(Http404):
        led_closure(scope(operator), closure.pk)
    assert booked_in(leader, closure) == [inside]


def test_a_desk_is_read_with_its_closures_to_come() -> None:
    case = a_case()
    today = timezone.localdate()
    spans = [
        (today + timedelta(days=first), today + timedelta(days=last)) for first, last in ((-9, -1), (0, 0), (3, 5))
    ]
    for first, last in spans:
        DeskClosure.objects.create(desk=case.desk, first_day=first, last_day=last)
    desk = Desk.objects.annotate(closed=closed_spans(today)).get(pk=case.desk_id)
    assert sorted(spans_of(desk)) == spans[1:]
    days = [today + timedelta(days=number) for number in range(7)]
    assert [is_closed_on(desk, day) for day in days] == [True, False, False, True, True, True, False]


def test_a_desk_that_never_closes_has_no_spans() -> None:
    make_desk()
    assert spans_of(Desk.objects.annotate(closed=closed_spans(timezone.localdate())).get()) == []
