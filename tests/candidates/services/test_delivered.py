"""What was delivered is written while the case is open, and corrected for some days by who wrote it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from candidates.models import Appointment, ServiceDelivered
from candidates.services import delivered as service
from candidates.services.case import NotOpen, close_case
from candidates.states import AppointmentState
from sportello.accounts.enums import Role
from tests.support.agenda import make_group
from tests.support.employers import make_rule
from tests.support.pacts import BY, a_case
from tests.support.personas import make_case, make_member, make_operator, scope
from tests.support.services import deliver, make_item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rule() -> None:
    make_rule("service_correction_days", 7)


def test_who_wrote_it_and_who_leads_correct_it_in_time() -> None:
    case = a_case()
    assert case.responsible_operator
    writer, leader = (
        scope(case.responsible_operator),
        scope(make_member(Role.COORDINATOR, case.desk.managed_by, case.desk)),
    )
    row = deliver(case, by=writer, minutes=30)
    assert service.correct_service(delivered=row, minutes=45, by=writer).minutes == 45
    assert service.correct_service(delivered=row, minutes=50, by=leader).minutes == 50
    with pytest.raises(service.TooLate):
        service.correct_service(delivered=row, minutes=60, by=scope(make_operator(case.desk)))
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        for act in (
            lambda: service.correct_service(delivered=row, minutes=60, by=writer),
            lambda: service.remove_service(delivered=row, by=leader),
        ):
            with pytest.raises(service.TooLate):
                act()
    service.remove_service(delivered=row, by=writer)
    assert ServiceDelivered.objects.count() == 0


def test_nothing_is_written_or_corrected_in_a_closed_case() -> None:
    case = a_case()
    row = deliver(case, by=BY)
    close_case(case=case, closing="other", by=BY)
    with pytest.raises(NotOpen):
        deliver(case, by=BY)
    with pytest.raises(NotOpen):
        service.correct_service(delivered=row, minutes=10, by=BY)


def test_the_residence_is_the_one_of_the_day() -> None:
    case = a_case()
    assert deliver(case, by=BY).residence_id == case.candidate.residence_id


def test_a_group_is_written_for_all_who_came_once() -> None:
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
    by = scope(operator)
    assert [service.record_group_service(group=group, service=make_item(), minutes=90, by=by) for _ in range(2)] == [
        1,
        0,
    ]
    assert ServiceDelivered.objects.get().case == case
