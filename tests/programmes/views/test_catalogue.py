"""The pages of the courses, as anybody reads them."""

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.support.employers import make_skill
from tests.support.programmes import make_course, make_edition
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(count: int) -> None:
    for _ in range(count):
        make_edition(make_course([make_skill(), make_skill()]))
    html, cost = asked(Client(), "/corsi/")
    assert html.count('class="sp-card') == count
    assert "gratuito" in html
    assert cost == 5


def test_the_list_is_narrowed_and_an_empty_one_leads_on() -> None:
    skill = make_skill("Usare il muletto")
    course = make_course([skill], cost_cents=5000)
    make_edition(course)
    assert course.title in asked(Client(), f"/corsi/?competenza={skill.pk}")[0]
    html, _ = asked(Client(), "/corsi/?gratis=on")
    assert course.title not in html
    assert "Nessun corso con queste condizioni." in html
    assert reverse("territory:desk_list") in html


def test_the_page_says_when_where_how_much_and_whom_to_call() -> None:
    desk = make_desk(phone="+39021234567", name="Sportello di Prova")
    course = make_course([make_skill("Usare il muletto")], desk=desk, cost_cents=12_050)
    make_edition(course, enrol_by="phone", phone="+39027654321")
    make_edition(course, days=40, enrol_by="url", url="https://corsi.example/iscrizioni")
    make_edition(course, days=60, state="planned")
    make_edition(course, days=70, state="closed")
    make_edition(course, days=80, state="cancelled", cancel_reason="Pochi iscritti")
    html, cost = asked(Client(), reverse("course", kwargs={"course": course.pk}))
    for text in (
        "120,50 euro",
        "Usare il muletto",
        'href="tel:+39027654321"',
        'href="https://corsi.example/iscrizioni"',
        "Le iscrizioni non sono ancora aperte.",
        "Le iscrizioni sono chiuse.",
        "Pochi iscritti",
        "Sportello di Prova",
        'href="tel:+39021234567"',
        "Metti le date nella tua agenda",
    ):
        assert text in html, text
    assert cost == 3


def test_a_course_without_dates_says_so_and_has_no_calendar() -> None:
    course = make_course()
    make_edition(course, state="cancelled", cancel_reason="Pochi iscritti")
    html, _ = asked(Client(), reverse("course", kwargs={"course": course.pk}))
    assert "Metti le date nella tua agenda" not in html
    bare = make_course()
    assert "Per ora non ci sono date." in asked(Client(), reverse("course", kwargs={"course": bare.pk}))[0]


def test_the_calendar_has_the_first_day_and_the_last_to_enrol() -> None:
    course = make_course()
    edition = make_edition(course)
    make_edition(course, days=30, state="cancelled", cancel_reason="Pochi iscritti")
    answer = Client().get(reverse("course_calendar", kwargs={"course": course.pk}))
    begins, until = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (begins.decoded("dtstart"), str(begins["summary"])) == (
        edition.starts_on,
        f"Comincia il corso: {course.title}",
    )
    assert str(begins["location"]) == f"Via Scuole 2, {edition.municipality}"
    assert (until.decoded("dtstart"), "location" in until) == (edition.enrol_until, False)
    assert f"/corsi/{course.pk}/" in str(until["description"])
