"""Where a desk keeps the catalogue."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sportello.programmes.models import Course, Edition
from sportello.territory.models import Desk
from tests.programmes.forms.test_training import edition_data
from tests.support.employers import make_skill
from tests.support.personas import make_operator, signed_in
from tests.support.programmes import make_course, make_edition, make_training_body
from tests.support.queries import asked
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def client(desk: Desk) -> Client:
    return signed_in(make_operator(desk))


def course_data(desk: Desk, **changed: Any) -> dict[str, Any]:
    body = make_training_body()
    return {
        "title": "Muletto",
        "provider": str(body.pk),
        "desk": str(desk.pk),
        "summary": "Si guida.",
        "hours": "12",
        "mode": "presence",
        "cost": "0",
        "skills": [str(make_skill().pk)],
        **changed,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client: Client, desk: Desk, count: int) -> None:
    for _ in range(count):
        make_edition(make_course(desk=desk))
    foreign = make_edition(make_course())
    html, cost = asked(client, "/operatore/corsi/?chi=sportello")
    assert html.count('<th scope="row">') == count
    assert cost == 6
    everything, _ = asked(client, "/operatore/corsi/")
    assert reverse("course", kwargs={"course": foreign.course_id}) in everything
    assert reverse("kept_course", kwargs={"course": foreign.course_id}) not in everything


def test_a_course_is_written_and_corrected(client: Client, desk: Desk) -> None:
    answer = client.post("/operatore/corsi/nuovo/", course_data(desk))
    course = Course.objects.get()
    assert answer.headers["Location"] == reverse("kept_course", kwargs={"course": course.pk})
    address = reverse("course_change", kwargs={"course": course.pk})
    data = course_data(desk, provider=str(course.provider_id), hours="20", is_funded="on")
    client.post(address, data)
    course.refresh_from_db()
    assert (course.hours, course.is_funded, course.skills.count()) == (20, True, 1)
    course.provider.accreditations.update(status="revoked")
    refused = client.post(address, data)
    assert (refused.status_code, "non è accreditato" in refused.content.decode()) == (422, True)


def test_searching_skills_keeps_what_was_typed_and_judges_nothing(client: Client, desk: Desk) -> None:
    meant = make_skill("Usare il muletto")
    data = course_data(desk, hours="", words="muletto", search="1")
    answer = client.post("/operatore/corsi/nuovo/", data)
    html = answer.content.decode()
    assert (answer.status_code, Course.objects.count()) == (200, 0)
    assert str(meant.pk) in html
    assert html.count("checked") >= 2  # the skill chosen before, and the mode
    assert 'value="Muletto"' in html
    assert "sp-error" not in html


def test_a_title_twice_and_a_mode_against_the_places_are_refused(client: Client, desk: Desk) -> None:
    course = make_course(desk=desk, title="Muletto")
    make_edition(course)
    data = course_data(desk, provider=str(course.provider_id))
    twice = client.post("/operatore/corsi/nuovo/", data)
    assert (twice.status_code, "ha già un corso" in twice.content.decode()) == (422, True)
    online = client.post(reverse("course_change", kwargs={"course": course.pk}), {**data, "mode": "online"})
    assert (online.status_code, "Correggi prima quelle" in online.content.decode()) == (422, True)


def test_an_edition_is_written_opened_closed_and_cancelled(client: Client, desk: Desk) -> None:
    make_municipality(name="Prova")
    course = make_course(desk=desk)
    client.post(reverse("edition_new", kwargs={"course": course.pk}), edition_data())
    edition = Edition.objects.get()
    assert (edition.state, edition.course) == ("planned", course)
    client.post(reverse("edition_change", kwargs={"edition": edition.pk}), edition_data(seats="30"))
    move = reverse("edition_move", kwargs={"edition": edition.pk})
    states = []
    for to in ("open", "closed", "planned", "open"):
        client.post(move, {"to": to})
        edition.refresh_from_db()
        states.append(edition.state)
    assert (edition.seats, states) == (30, ["open", "closed", "closed", "open"])
    client.post(move, {"to": "cancelled"})
    edition.refresh_from_db()
    assert edition.state == "open"  # not without a reason
    cancel = reverse("edition_cancel", kwargs={"edition": edition.pk})
    assert client.post(cancel, {"reason": ""}).status_code == 422
    client.post(cancel, {"reason": "Pochi iscritti"})
    edition.refresh_from_db()
    assert (edition.state, edition.cancel_reason) == ("cancelled", "Pochi iscritti")
    html, _ = asked(client, reverse("kept_course", kwargs={"course": course.pk}))
    assert "Pochi iscritti" in html
    assert move not in html


def test_a_funded_edition_outside_the_accreditation_is_refused(client: Client, desk: Desk) -> None:
    make_municipality(name="Prova")
    soon = timezone.localdate() + timedelta(days=3)
    course = make_course(desk=desk, provider=make_training_body(valid_to=soon), is_funded=True)
    answer = client.post(reverse("edition_new", kwargs={"course": course.pk}), edition_data())
    assert (answer.status_code, Edition.objects.count()) == (422, 0)
    planned = make_edition(course, state="planned")
    client.post(reverse("edition_move", kwargs={"edition": planned.pk}), {"to": "open"})
    planned.refresh_from_db()
    assert planned.state == "planned"


def test_a_past_enrolment_is_not_opened(client: Client, desk: Desk) -> None:
    past = timezone.localdate() - timedelta(days=1)
    edition = make_edition(make_course(desk=desk), state="closed", enrol_until=past)
    move = reverse("edition_move", kwargs={"edition": edition.pk})
    answer = client.post(move, {"to": "open"}, follow=True)
    edition.refresh_from_db()
    assert (edition.state, "correggi prima quella data" in answer.content.decode()) == ("closed", True)


def test_who_changed_it_meanwhile_is_told(client: Client, desk: Desk) -> None:
    make_municipality(name="Prova")
    edition = make_edition(make_course(desk=desk), state="cancelled", cancel_reason="Pochi iscritti")
    answer = client.post(reverse("edition_change", kwargs={"edition": edition.pk}), edition_data(), follow=True)
    assert "Qualcuno ha cambiato" in answer.content.decode()
    again = client.post(reverse("edition_cancel", kwargs={"edition": edition.pk}), {"reason": "Altro"}, follow=True)
    assert "era già annullata" in again.content.decode()


def test_the_courses_of_another_desk_are_not_written(client: Client) -> None:
    edition = make_edition()
    for name, part, pk in (
        ("kept_course", "course", edition.course_id),
        ("course_change", "course", edition.course_id),
        ("edition_new", "course", edition.course_id),
        ("edition_change", "edition", edition.pk),
        ("edition_cancel", "edition", edition.pk),
    ):
        assert client.get(reverse(name, kwargs={part: pk})).status_code == 404, name
    assert client.post(reverse("edition_move", kwargs={"edition": edition.pk}), {"to": "closed"}).status_code == 404
