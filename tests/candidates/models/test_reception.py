"""What the database itself refuses of the agenda."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import Absence, Appointment, GroupMeeting
from sportello.accounts.models import User
from sportello.territory.models import Desk
from tests.support.agenda import make_group, make_reception, receiving_desk
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db


def refused(write: Any) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("changed", "is_refused"),
    [
        ({"begins": time(9, 59)}, True),
        ({"begins": time(10)}, False),
        ({"begins": time(8), "ends": time(9)}, False),
        ({"valid_from": date(2019, 1, 1), "valid_to": date(2020, 1, 1)}, True),
        ({"valid_from": date(2019, 1, 1), "valid_to": date(2019, 12, 31)}, False),
        ({"weekdays": [2]}, False),
        ({"begins": time(12), "ends": time(11)}, True),
        ({"begins": time(12), "ends": time(13), "minutes": 5}, True),
        ({"begins": time(12), "ends": time(13), "valid_to": date(2019, 1, 1)}, True),
    ],
)
def test_an_operator_receives_in_one_place_at_a_time(changed: dict[str, Any], is_refused: bool) -> None:
    desk, operator = receiving_desk(weekdays=[1])
    wanted = {"begins": time(9, 30), "ends": time(18), "weekdays": [1], **changed}
    assert refused(lambda: make_reception(operator, desk, **wanted)) == is_refused


def test_absences_and_groups_of_an_operator_do_not_overlap() -> None:
    desk, operator = receiving_desk()
    now = timezone.now()
    Absence.objects.create(operator=operator, starts_at=now, ends_at=now + timedelta(hours=2))
    assert refused(
        lambda: Absence.objects.create(
            operator=operator, starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=3)
        )
    )
    group = make_group(desk, operator)
    assert refused(lambda: make_group(desk, operator, starts_at=group.starts_at + timedelta(minutes=5)))
    GroupMeeting.objects.filter(pk=group.pk).update(state="revoked")
    assert make_group(desk, operator).free_seats == 2


def test_no_more_seats_than_there_are() -> None:
    desk, operator = receiving_desk()
    group = make_group(desk, operator, seats=1)
    assert not refused(lambda: GroupMeeting.objects.filter(pk=group.pk).update(taken=1))
    assert refused(lambda: GroupMeeting.objects.filter(pk=group.pk).update(taken=2))


def _seat(desk: Desk, operator: User, group: GroupMeeting | None, minutes: int = 0) -> Appointment:
    person = make_candidate(desk)
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=2, minutes=minutes)
    return Appointment.objects.create(
        candidate=person,
        desk=desk,
        residence=person.residence,
        operator=operator,
        group=group,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        reason="Gruppo",
    )


def test_the_seats_of_one_group_share_its_time_with_nothing_else() -> None:
    desk, operator = receiving_desk()
    group = make_group(desk, operator)
    other = make_group(desk, operator, starts_at=group.starts_at + timedelta(days=9))
    _seat(desk, operator, group)
    assert not refused(lambda: _seat(desk, operator, group))
    assert refused(lambda: _seat(desk, operator, other, 30))
    assert refused(lambda: _seat(desk, operator, None, 30))
