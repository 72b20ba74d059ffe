"""A person chooses an hour, moves it, joins a group: on their own page and at their own desk only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.models import Appointment, Candidate
from candidates.queries.slots import Hour, booking_page
from sportello.accounts.models import User
from sportello.territory.models import Desk
from tests.support.agenda import make_group, make_rules, receiving_desk
from tests.support.personas import make_candidate, make_operator, make_user, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    make_rules()


@pytest.fixture
def place() -> tuple[Desk, User]:
    return receiving_desk()


@pytest.fixture
def me(place: tuple[Desk, User]) -> Candidate:
    return make_candidate(place[0], user=make_user())


@pytest.fixture
def browser(me: Candidate) -> Client:
    assert me.user
    return signed_in(me.user)


def hours(person: Candidate) -> list[Hour]:
    page = booking_page(person)
    assert page is not None
    return [hour for day in page.days for hour in day.hours]


def test_free_hours_are_shown_a_few_days_at_a_time(browser: Client, me: Candidate, place: tuple[Desk, User]) -> None:
    make_group(*place)
    html, cost = asked(browser, reverse("my_hours"))
    found = hours(me)
    links = [reverse("my_hour", kwargs={"hour": hour.key}) for hour in found]
    assert [link in html for link in links] == [True] * 10 + [False] * (len(links) - 10)
    assert "Scrivere il curriculum" in html
    assert cost <= 10
    later = browser.get(reverse("my_hours"), {"dal": f"{timezone.localtime(found[10].starts_at):%Y-%m-%d}"})
    text = later.content.decode()
    assert [link in text for link in links[:12]] == [False] * 10 + [True] * 2
    assert browser.get(reverse("my_hours"), {"dal": "domani"}).status_code == 200


def test_an_hour_is_confirmed_then_booked_then_moved(browser: Client, me: Candidate) -> None:
    old, new = hours(me)[:2]
    url = reverse("my_hour", kwargs={"hour": old.key})
    assert f"{timezone.localtime(old.starts_at):%-H:%M}" in browser.get(url).content.decode()
    assert browser.post(url, {"topic": "x" * 200}).status_code == 422
    assert browser.post(url, {"topic": "Il curriculum"}).url == reverse("home")  # type: ignore[attr-defined]
    booked = Appointment.objects.get()
    assert (booked.candidate, booked.starts_at, booked.reason) == (me, old.starts_at, "Il curriculum")
    assert "Hai già un appuntamento" in browser.get(reverse("my_hours")).content.decode()
    second = browser.post(reverse("my_hour", kwargs={"hour": new.key}), {}, follow=True)
    assert "Hai già un appuntamento" in second.content.decode()
    other = reverse("my_new_hour", kwargs={"appointment": booked.pk, "hour": new.key})
    assert other in browser.get(reverse("my_new_hours", kwargs={"appointment": booked.pk})).content.decode()
    assert browser.get(other).status_code == 200
    browser.post(other)
    booked.refresh_from_db()
    assert booked.starts_at == new.starts_at


def test_who_is_too_late_keeps_the_old_hour_and_sees_others(browser: Client, me: Candidate) -> None:
    old, new, third = hours(me)[:3]
    browser.post(reverse("my_hour", kwargs={"hour": old.key}), {})
    booked = Appointment.objects.get()
    rival = make_candidate(booked.desk, user=make_user())
    assert rival.user
    signed_in(rival.user).post(reverse("my_hour", kwargs={"hour": new.key}), {})
    answer = browser.post(reverse("my_new_hour", kwargs={"appointment": booked.pk, "hour": new.key}))
    assert answer.status_code == 409
    next_one = reverse("my_new_hour", kwargs={"appointment": booked.pk, "hour": third.key})
    assert next_one in answer.content.decode()
    booked.refresh_from_db()
    assert booked.starts_at == old.starts_at


@pytest.mark.parametrize("key", ["domani", "2026-13-01T09:00,phone", "2026-03-02T09:00", "2026-03-02T09:00,piccione"])
def test_an_address_that_is_no_hour_does_not_exist(browser: Client, key: str) -> None:
    assert browser.get(reverse("my_hour", kwargs={"hour": key})).status_code == 404


def test_a_group_of_my_desk_is_joined_once_and_not_moved(
    browser: Client, me: Candidate, place: tuple[Desk, User]
) -> None:
    group = make_group(*place, seats=1)
    url = reverse("join_group", kwargs={"group": group.pk})
    elsewhere = make_group(*receiving_desk())
    assert browser.post(reverse("join_group", kwargs={"group": elsewhere.pk})).status_code == 404
    assert browser.post(url).url == reverse("home")  # type: ignore[attr-defined]
    seat = Appointment.objects.get()
    assert (seat.group, seat.candidate) == (group, me)
    assert browser.post(url).status_code == 404
    assert browser.get(reverse("my_new_hours", kwargs={"appointment": seat.pk})).status_code == 404


def test_a_seat_at_the_hour_of_another_meeting_is_refused(
    browser: Client, me: Candidate, place: tuple[Desk, User]
) -> None:
    group = make_group(*place)
    Appointment.objects.create(
        candidate=me,
        desk=place[0],
        residence=me.residence,
        operator=make_operator(place[0]),
        starts_at=group.starts_at + timedelta(minutes=10),
        ends_at=group.starts_at + timedelta(minutes=40),
        reason="Incontro",
    )
    answer = browser.post(reverse("join_group", kwargs={"group": group.pk}), follow=True)
    assert "hai già un altro appuntamento" in answer.content.decode()


def test_who_has_no_desk_is_led_to_the_desks() -> None:
    person = make_candidate(user=make_user())
    assert person.user
    browser = signed_in(person.user)
    assert reverse("territory:desk_list") in browser.get(reverse("my_hours")).content.decode()
    assert browser.get(reverse("my_hour", kwargs={"hour": "2030-01-02T09:00,phone"})).status_code == 404
