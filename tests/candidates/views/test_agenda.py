"""An operator writes when they receive, opens groups, and books for people."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.models import Absence, Appointment, Candidate, GroupMeeting, ReceptionHours
from sportello.accounts.models import User
from sportello.core.models import AccessLogEntry
from sportello.territory.models import Desk
from tests.candidates.forms.test_agenda import boxes
from tests.support.agenda import make_group, make_rules, receiving_desk
from tests.support.personas import make_case, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    make_rules()


@pytest.fixture
def place() -> tuple[Desk, User]:
    return receiving_desk(weekdays=[1, 2, 3, 4, 5, 6, 7])


@pytest.fixture
def browser(place: tuple[Desk, User]) -> Client:
    return signed_in(place[1])


@pytest.fixture
def person(place: tuple[Desk, User]) -> Candidate:
    return make_case(place[0], operator=place[1]).candidate


def test_hours_are_added_listed_and_taken_away(browser: Client, place: tuple[Desk, User]) -> None:
    typed: dict[str, Any] = {
        "desk": place[0].pk,
        "weekdays": ["1"],
        "begins": "14:00",
        "ends": "16:00",
        "minutes": "30",
        "mode": "phone",
        **boxes("valid_from", timezone.localdate()),
    }
    url = reverse("reception")
    assert browser.post(url, typed).status_code == 302
    refused = browser.post(url, typed)
    assert (refused.status_code, "ricevi già" in refused.content.decode()) == (422, True)
    html, cost = asked(browser, url)
    assert "14:00-16:00" in html
    assert cost <= 10
    added = ReceptionHours.objects.get(mode="phone")
    browser.post(reverse("end_reception", kwargs={"hours": added.pk}))
    assert not ReceptionHours.objects.filter(mode="phone").exists()
    theirs = ReceptionHours.objects.filter(operator=receiving_desk()[1])[0]
    assert browser.post(reverse("end_reception", kwargs={"hours": theirs.pk})).status_code == 404


def test_an_absence_names_who_had_booked(browser: Client, place: tuple[Desk, User], person: Candidate) -> None:
    day = timezone.localdate() + timedelta(days=2)
    typed = {**boxes("first_day", day), **boxes("last_day", day)}
    choice = _free(browser, person)
    browser.post(reverse("choose_hour", kwargs={"candidate": person.pk}), {"orario": choice})
    booked = Appointment.objects.get()
    days = {**boxes("first_day", timezone.localdate()), **boxes("last_day", booked.starts_at.date())}
    page = browser.post(reverse("add_absence"), days, follow=True).content.decode()
    assert str(person) in page
    assert AccessLogEntry.objects.filter(subject_id=person.pk, part="appointment").exists()
    assert browser.post(reverse("add_absence"), days).status_code == 422
    assert browser.post(reverse("add_absence"), {**typed, "last_day_year": "2020"}).status_code == 422
    browser.post(reverse("remove_absence", kwargs={"absence": Absence.objects.get().pk}))
    assert Absence.objects.count() == 0


def _free(browser: Client, person: Candidate) -> str:
    days = browser.get(reverse("choose_hour", kwargs={"candidate": person.pk})).context["days"]
    key: str = days[0][1][0].key
    return key


def test_an_hour_is_booked_for_a_person_once(browser: Client, person: Candidate, place: tuple[Desk, User]) -> None:
    url = reverse("choose_hour", kwargs={"candidate": person.pk})
    choice = _free(browser, person)
    assert browser.post(url, {"orario": choice, "motivo": "Patto"}).status_code == 302
    booked = Appointment.objects.get()
    assert (booked.candidate, booked.operator, booked.reason) == (person, place[1], "Patto")
    again = browser.post(url, {"orario": choice})
    assert (again.status_code, "non è più libera" in again.content.decode()) == (409, True)
    html, cost = asked(browser, url)
    assert choice not in html
    assert cost <= 12


def test_a_group_from_its_opening_to_who_came(browser: Client, place: tuple[Desk, User], person: Candidate) -> None:
    typed = {"desk": place[0].pk, "title": "Curriculum", "minutes": "90", "mode": "in_person", "seats": "1"}
    day = boxes("day", timezone.localdate() + timedelta(days=3))
    form = browser.post(reverse("plan_group"), {**typed, "hour": "14:00", **day})
    group = GroupMeeting.objects.get()
    assert form.url == reverse("group", kwargs={"group": group.pk})  # type: ignore[attr-defined]
    assert browser.post(reverse("plan_group"), {**typed, "hour": "15:00", **day}).status_code == 422
    seat_url = reverse("seat_person", kwargs={"candidate": person.pk, "group": group.pk})
    browser.post(seat_url)
    seat = Appointment.objects.get()
    other = make_case(place[0], operator=place[1]).candidate
    full = browser.post(reverse("seat_person", kwargs={"candidate": other.pk, "group": group.pk}), follow=True)
    assert "Non ci sono più posti" in full.content.decode()
    html, cost = asked(browser, reverse("group", kwargs={"group": group.pk}))
    assert str(person) in html
    assert cost <= 10
    assert "Curriculum" in asked(browser, reverse("groups"))[0]
    excused = reverse("set_appointment", kwargs={"appointment": seat.pk, "state": "excused"})
    answer = browser.post(excused, {"gruppo": "1"})
    assert answer.url == reverse("group", kwargs={"group": group.pk})  # type: ignore[attr-defined]


def test_a_group_is_revoked_after_one_question(browser: Client, place: tuple[Desk, User]) -> None:
    group = make_group(*place)
    url = reverse("revoke_group", kwargs={"group": group.pk})
    assert browser.get(url).status_code == 200
    browser.post(url)
    group.refresh_from_db()
    assert group.state == "revoked"
    again = browser.post(url, follow=True)
    assert "già cominciato o già annullato" in again.content.decode()
    assert browser.get(reverse("group", kwargs={"group": make_group(*receiving_desk()).pk})).status_code == 404
