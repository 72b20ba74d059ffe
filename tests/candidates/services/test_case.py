"""One open case a person; nothing is written in a closed one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from candidates.models import Appointment, Case
from candidates.services import case as service
from candidates.services.plan import draft_pact
from candidates.states import CaseClosing
from sportello.accounts.scope import Scope
from tests.support.personas import make_candidate, make_case, make_operator, scope
from tests.support.territory import make_desk

BY = Scope.of_process("tests")


@pytest.mark.django_db
def test_taking_in_charge_assigns_the_operator() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    candidate = make_candidate(desk)
    case = service.take_in_charge(candidate=candidate, desk=desk, operator_id=operator.pk, by=scope(operator))
    assert (case.opened_on, case.responsible_operator, case.residence) == (
        timezone.localdate(),
        operator,
        candidate.residence,
    )
    assert [(a.operator, a.ends_on) for a in case.assignments.all()] == [(operator, None)]


@pytest.mark.django_db(transaction=True)
def test_two_desks_cannot_take_the_same_person_in_the_same_moment() -> None:
    candidate = make_candidate(make_desk())
    desks = [make_desk(), make_desk()]
    operators = [make_operator(desk) for desk in desks]
    barrier = Barrier(2)

    def take(number: int) -> str:
        barrier.wait()
        try:
            service.take_in_charge(candidate=candidate, desk=desks[number], operator_id=operators[number].pk, by=BY)
        except service.AlreadyInCharge:
            return "already"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(take, range(2))) == ["already", "taken"]
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_last_contact_only_moves_forward() -> None:
    case = make_case(make_desk())
    today = timezone.localdate()
    for day in (today - timedelta(days=3), today - timedelta(days=9)):
        service.record_contact(case=case, channel="phone", reason="Telefonata", happened_on=day, by=BY)
    case.refresh_from_db()
    assert case.last_contact_on == today - timedelta(days=3)
    assert case.contacts.count() == 2


@pytest.mark.django_db
def test_reassignment_keeps_who_followed_before() -> None:
    desk = make_desk()
    first, second = make_operator(desk), make_operator(desk)
    case = make_case(desk, operator=first)
    service.reassign_case(case=case, operator_id=second.pk, reason="congedo", by=BY)
    assert [(a.operator, a.end_reason) for a in case.assignments.order_by("starts_on", "ends_on")] == [
        (first, "congedo"),
        (second, ""),
    ]


@pytest.mark.django_db
def test_closed_case_takes_no_more_words() -> None:
    case = make_case(make_desk())
    service.close_case(case=case, closing=CaseClosing.PLACED, by=BY)
    with pytest.raises(service.NotOpen):
        service.record_contact(case=case, channel="phone", reason="Telefonata", by=BY)
    with pytest.raises(service.NotOpen):
        service.close_case(case=case, closing=CaseClosing.OTHER, by=BY)


@pytest.mark.django_db
def test_after_closing_the_person_can_be_taken_again() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    case = make_case(desk, operator=operator, opened_on=date(2025, 1, 8))
    service.close_case(case=case, closing=CaseClosing.PLACED, on=date(2025, 6, 30), by=BY)
    again = service.take_in_charge(candidate=case.candidate, desk=desk, operator_id=operator.pk, by=BY)
    assert again.candidate.cases.count() == 2


@pytest.mark.django_db
def test_closing_drops_the_draft_and_the_meetings_to_come() -> None:
    desk, elsewhere = make_desk(), make_desk()
    operator = make_operator(desk)
    case = make_case(desk, operator=operator)
    draft_pact(case=case, kind="local", responsible=operator, contact_every_days=30, by=BY)
    now = timezone.now()
    meetings = {
        name: Appointment.objects.create(
            candidate=case.candidate,
            desk=place,
            residence=case.residence,
            operator=operator,
            starts_at=now + timedelta(days=days),
            ends_at=now + timedelta(days=days, minutes=30),
            reason=name,
        )
        for name, place, days in (("past", desk, -1), ("coming", desk, 1), ("elsewhere", elsewhere, 2))
    }
    service.close_case(case=case, closing=CaseClosing.MOVED, by=BY)
    assert not case.service_pacts.exists()
    assert {name: Appointment.objects.get(pk=meeting.pk).state for name, meeting in meetings.items()} == {
        "past": "booked",
        "coming": "revoked",
        "elsewhere": "booked",
    }
