"""The services of a person: written from the file, summed on it, corrected in time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import Appointment, ServiceDelivered
from candidates.services.case import close_case
from candidates.states import AppointmentState
from tests.support.agenda import make_group
from tests.support.pacts import BY, a_case
from tests.support.personas import make_operator, scope, signed_in
from tests.support.queries import asked
from tests.support.services import deliver, make_item

pytestmark = pytest.mark.usefixtures("vocabulary")


def typed(**fields: object) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "service": make_item().pk,
        "minutes": 90,
        "mode": "in_person",
        "delivered_on_day": today.day,
        "delivered_on_month": today.month,
        "delivered_on_year": today.year,
        **fields,
    }


def test_a_service_is_recorded_corrected_and_taken_back() -> None:
    case = a_case()
    operator = case.responsible_operator
    assert operator
    client = signed_in(operator)
    page = reverse("services_delivered", kwargs={"case": case.pk})
    assert client.post(page, typed(minutes=1)).status_code == 422
    assert client.post(page, typed()).status_code == 302
    row = ServiceDelivered.objects.get()
    file = client.get(reverse("case_file", kwargs={"candidate": case.candidate_id})).content.decode()
    assert "1 h 30 min" in file
    change = reverse("correct_service", kwargs={"delivered": row.pk})
    assert change in client.get(page).content.decode()
    assert client.post(change, typed(minutes=60)).status_code == 302
    row.refresh_from_db()
    assert row.minutes == 60
    colleague = signed_in(make_operator(case.desk))
    colleague.post(reverse("reading_reason", kwargs={"candidate": case.candidate_id}), {"purpose": "check"})
    assert colleague.get(change).status_code == 404
    client.post(reverse("remove_service", kwargs={"delivered": row.pk}))
    assert ServiceDelivered.objects.count() == 0


def test_the_list_costs_the_same_for_one_and_three() -> None:
    case = a_case()
    operator = case.responsible_operator
    assert operator
    client = signed_in(operator)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            deliver(case, by=scope(operator))
        costs.append(asked(client, reverse("services_delivered", kwargs={"case": case.pk}))[1])
    assert costs[0] == costs[1]
    assert costs[0] <= 10


def test_a_group_is_recorded_for_who_came() -> None:
    case = a_case()
    operator = case.responsible_operator
    assert operator
    client = signed_in(operator)
    group = make_group(case.desk, operator, starts_at=timezone.now() - timedelta(hours=2))
    page = reverse("group_service", kwargs={"group": group.pk})
    assert client.get(page).status_code == 404
    Appointment.objects.create(
        candidate=case.candidate,
        desk=case.desk,
        residence=case.residence,
        operator=operator,
        group=group,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        state=AppointmentState.SEEN,
        reason="Laboratorio",
    )
    assert page in client.get(reverse("group", kwargs={"group": group.pk})).content.decode()
    assert str(case.candidate) in client.get(page).content.decode()
    client.post(page, {"service": make_item().pk, "minutes": 60})
    assert ServiceDelivered.objects.get().group == group


def test_in_a_closed_case_nothing_is_offered() -> None:
    case = a_case()
    operator = case.responsible_operator
    assert operator
    deliver(case, by=scope(operator))
    close_case(case=case, closing="other", by=BY)
    page = signed_in(operator).get(reverse("services_delivered", kwargs={"case": case.pk})).content.decode()
    assert "Registra il servizio" not in page
