"""A person reads their own pact and who opened their file, and keeps or cancels their own meetings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from candidates.models import Appointment, Candidate, ServicePact
from candidates.states import AppointmentState
from sportello.accounts.models import User
from sportello.core.models import AccessLogEntry
from tests.support.agenda import make_rules
from tests.support.employers import make_rule
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)


def followed(name: str) -> tuple[Client, Candidate]:
    """A person with a signed pact that names them in one of its texts, and their browser."""
    user, desk = make_user(), make_desk()
    operator = make_operator(desk)
    case = make_case(desk, candidate=make_candidate(desk, user=user), operator=operator)
    ServicePact.objects.create(
        case=case,
        kind="local",
        state="signed",
        responsible=operator,
        employability_profile="Cerca lavoro",
        search_acts=f"Impegni di {name}",
        contact_every_days=30,
        proof_of_search="Elenco",
        signed_on=date(2026, 5, 4),
        person_signed_at=NOW,
        operator_signed_at=NOW,
        snapshot={},
    )
    return signed_in(user), case.candidate


def test_the_pact_is_ones_own() -> None:
    (mine, _me), _other = followed("Amina"), followed("Bruna")
    html, cost = asked(mine, reverse("my_pact"))
    assert ("Impegni di Amina" in html, "Impegni di Bruna" in html) == (True, False)
    assert cost <= 10


def test_a_draft_is_not_yet_the_persons() -> None:
    client, _person = followed("Amina")
    case = ServicePact.objects.get().case
    ServicePact.objects.all().delete()
    assert case.responsible_operator
    ServicePact.objects.create(
        case=case, kind="local", responsible=case.responsible_operator, search_acts="Bozza", contact_every_days=30
    )
    page = client.get(reverse("my_pact"))
    assert page.context["pact"] is None
    assert "Bozza" not in page.content.decode()


def test_readings_of_my_file_cost_the_same_for_one_and_three() -> None:
    (client, person), (_, other) = followed("Amina"), followed("Bruna")
    costs = []
    for more in (1, 2):
        for who, label in [(person, "operator @ AFOL")] * more + [(other, "operator @ Altrove")]:
            AccessLogEntry.objects.create(subject_id=who.pk, actor_label=label, part="case_file", purpose="contact")
        html, cost = asked(client, reverse("my_accesses"))
        costs.append(cost)
    assert (html.count("Operatrice o operatore, AFOL"), html.count("Altrove")) == (3, 0)
    assert costs[0] == costs[1] <= 10


@pytest.mark.parametrize("name", ["my_pact", "my_accesses"])
def test_who_is_no_registered_person_has_no_such_page(name: str) -> None:
    assert signed_in(make_user()).get(reverse(name)).status_code == 404
    assert signed_in(make_operator()).get(reverse(name)).status_code == 404
    assert Client().get(reverse(name)).status_code == 302


def a_meeting(person: Candidate, *, operator: User | None = None, days: float = 2) -> Appointment:
    desk = person.intakes.get().desk
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=days)
    return Appointment.objects.create(
        candidate=person,
        desk=desk,
        residence=person.residence,
        operator=operator or make_operator(desk),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        reason="Colloquio sulla disabilità",
    )


@pytest.fixture
def person() -> Candidate:
    make_rule("first_contact_days", 15)
    make_rule("stalled_case_days", 30)
    return make_candidate(make_desk(), user=make_user())


def test_person_cancels_and_the_operator_reads_it(person: Candidate) -> None:
    make_rules()
    operator = make_operator(person.intakes.get().desk)
    meeting = a_meeting(person, operator=operator)
    assert person.user
    client = signed_in(person.user)
    url = reverse("cancel_my_appointment", kwargs={"appointment": meeting.pk})
    assert url in client.get(reverse("citizen_home")).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"note": "x" * 151}).status_code == 422
    assert "Appuntamento disdetto" in client.post(url, {"note": "Ho la febbre"}, follow=True).content.decode()
    meeting.refresh_from_db()
    assert meeting.state == AppointmentState.CANCELED
    assert client.get(url).status_code == 404
    day = signed_in(operator).get(reverse("operator_home")).content.decode()
    assert "Hanno disdetto" in day
    assert "Ho la febbre" in day


def test_reason_is_the_persons_to_give(person: Candidate) -> None:
    meeting = a_meeting(person)
    assert person.user
    signed_in(person.user).post(reverse("cancel_my_appointment", kwargs={"appointment": meeting.pk}), {})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancel_note) == (AppointmentState.CANCELED, "")


@pytest.mark.parametrize("name", ["cancel_my_appointment", "my_appointment_calendar"])
def test_meetings_of_others_and_past_ones_do_not_exist(person: Candidate, name: str) -> None:
    others = a_meeting(make_candidate(make_desk(), user=make_user()))
    past = a_meeting(person, days=-1)
    assert person.user
    client = signed_in(person.user)
    for meeting in (others, past):
        assert client.get(reverse(name, kwargs={"appointment": meeting.pk})).status_code == 404


def test_calendar_file_says_where_and_when_and_not_why(person: Candidate) -> None:
    meeting = a_meeting(person)
    assert person.user
    answer = signed_in(person.user).get(reverse("my_appointment_calendar", kwargs={"appointment": meeting.pk}))
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).events
    assert (event.start, event.end) == (meeting.starts_at, meeting.ends_at)
    assert meeting.desk.name in str(event["summary"])
    assert meeting.desk.address in str(event["location"])
    assert "disabilità" not in answer.content.decode()
