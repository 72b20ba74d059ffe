"""The meetings of an operator's day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import Appointment
from candidates.states import AppointmentState
from sportello.workspaces.queries.home import agenda
from tests.support.personas import make_candidate, make_operator, scope
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_a_day_holds_its_own_meetings_and_all_that_people_cancelled() -> None:
    desk = make_desk()
    operator, other = make_operator(desk), make_operator(desk)
    morning = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)

    def meet(days: int, hours: int = 0, **fields: object) -> Appointment:
        person, starts_at = make_candidate(desk), morning + timedelta(days=days, hours=hours)
        values = {"desk": desk, "residence": person.residence, "operator": operator, "reason": "Colloquio", **fields}
        return Appointment.objects.create(
            candidate=person, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30), **values
        )

    later, first = meet(0, 3), meet(0)
    gone = [meet(days, 1, state=AppointmentState.CANCELED) for days in (0, 5)]
    meet(0, 2, state=AppointmentState.REVOKED)
    meet(-1)
    meet(1)
    meet(0, operator=other)
    reader = scope(operator)
    with queries_of() as queries:
        found = agenda(reader, timezone.localdate())
    assert (found.today, found.cancelled) == ([first, later], gone)
    assert len(queries) == 1
