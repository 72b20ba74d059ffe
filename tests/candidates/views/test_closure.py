"""A desk closes for a day: its hours vanish, what is booked is there to be moved, and it opens again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.queries.slots import bookable_desks, free_slots
from sportello.accounts.enums import Role
from sportello.territory.models import DeskClosure
from tests.support.agenda import make_open_desk, make_reception, make_rules
from tests.support.personas import make_member, make_operator, signed_in

pytestmark = pytest.mark.django_db


def test_offered_hours_vanish_and_come_back() -> None:
    make_rules()
    desk = make_open_desk()
    operator, leader = make_operator(desk), make_member(Role.COORDINATOR, desk.managed_by, desk)
    make_reception(operator, desk)
    first = timezone.localdate() + timedelta(days=2)
    days = {"first_day": first, "last_day": first + timedelta(days=9)}

    def offered() -> int:
        return len(free_slots(bookable_desks([desk.pk]), **days)[desk.pk])

    before = offered()
    assert before > 0
    client = signed_in(leader)
    typed = {"desk": desk.pk, "reason": "Trasloco"}
    for name, day in days.items():
        typed |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    page = reverse("desk_closures")
    assert client.post(page, {**typed, "last_day_year": 2020}).status_code == 422
    assert client.post(page, typed).status_code == 302
    assert client.post(page, typed).status_code == 422
    closure = DeskClosure.objects.get()
    assert offered() == 0
    assert (
        "Nessuno: non c'è niente da spostare."
        in client.get(reverse("desk_closure", kwargs={"closure": closure.pk})).content.decode()
    )
    assert "Trasloco" in client.get(page).content.decode()
    client.post(reverse("reopen_desk", kwargs={"closure": closure.pk}))
    assert offered() == before


def test_only_who_leads_closes() -> None:
    make_rules()
    desk = make_open_desk()
    assert signed_in(make_operator(desk)).get(reverse("desk_closures")).status_code == 404
