"""A service delivered has a human length and is written once for a group."""

import pytest
from django.utils import timezone

from candidates.models import ServiceDelivered
from tests.support.agenda import make_group
from tests.support.pacts import a_case
from tests.support.refusals import refused
from tests.support.services import make_item

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("minutes", [4, 601])
def test_a_service_lasts_some_minutes_and_less_than_a_day(minutes: int) -> None:
    case = a_case()
    with refused("service_of_human_length"):
        ServiceDelivered.objects.create(
            case=case, residence=case.residence, service=make_item(), delivered_on=timezone.localdate(), minutes=minutes
        )


def test_a_service_of_a_group_is_written_once() -> None:
    case = a_case()
    assert case.responsible_operator
    values = {
        "case": case,
        "residence": case.residence,
        "service": make_item(),
        "delivered_on": timezone.localdate(),
        "minutes": 60,
    }
    for _ in range(2):
        ServiceDelivered.objects.create(**values)
    group = make_group(case.desk, case.responsible_operator, starts_at=timezone.now())
    ServiceDelivered.objects.create(**values, group=group)
    with refused("service_of_a_group_written_once"):
        ServiceDelivered.objects.create(**values, group=group)
