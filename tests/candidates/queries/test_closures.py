"""Closures of the desks that one leads, and what stands in them."""

from datetime import datetime, time, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from candidates.models import Appointment
from candidates.queries.closures import booked_in, closures, led_closure
from sportello.accounts.enums import Role
from sportello.territory.models import DeskClosure
from tests.support.pacts import a_case
from tests.support.personas import make_member, scope

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
