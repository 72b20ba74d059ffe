"""The operator's day, the search, the case file."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import Appointment
from sportello.core.models import AccessLogEntry
from tests.support.agenda import make_rules
from tests.support.employers import make_company, make_vacancy
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_home_takes_the_same_queries_with_one_and_three_cases() -> None:
    make_rules()
    desk = make_desk()
    operator = make_operator(desk)
    client = signed_in(operator)
    make_case(desk, operator=operator)
    with queries_of() as one:
        assert client.get(reverse("operator_home")).status_code == 200
    make_case(desk, operator=operator)
    make_case(desk, operator=operator)
    with queries_of() as three:
        client.get(reverse("operator_home"))
    assert len(three) == len(one) <= 10


def test_home_says_whose_each_number_is_and_its_list_is_as_long() -> None:
    make_rules()
    desk = make_desk()
    operator, colleague = make_operator(desk), make_operator(desk)
    make_case(desk, operator=operator)
    for _ in range(2):
        make_case(desk, operator=colleague)
        make_candidate(desk)
    make_case(make_desk())
    make_company(state="submitted")
    make_vacancy(state="submitted")
    client = signed_in(operator)
    groups = client.get(reverse("operator_home")).context["groups"]
    assert [group.title for group in groups] == [
        "Le tue pratiche",
        "Del tuo sportello",
        "Di tutto il territorio",
    ]
    mine = groups[0].counters
    assert [(str(counter.label), counter.count) for counter in mine[1:]] == [("Nuovi lavori adatti", 0)]
    assert mine[0].count == 1
    counters = [counter for group in groups for counter in group.counters]
    assert {counter.count for counter in counters} >= {1, 2, 3}
    for counter in counters:
        assert client.get(counter.url).context["page"].paginator.count == counter.count, counter.label


def test_list_of_cases_says_whose_they_are() -> None:
    make_rules(stalled_case_days=45)
    desk = make_desk(name="Sportello di Segrate")
    client = signed_in(make_operator(desk))
    page = client.get(reverse("caseload")).content.decode()
    assert "Tutte quelle del tuo sportello: Sportello di Segrate." in page
    assert "Solo quelle che segui tu." in client.get(reverse("caseload"), {"vista": "mine"}).content.decode()
    assert "più di 45 giorni" in client.get(reverse("caseload"), {"vista": "stalled"}).content.decode()


def test_case_file_of_my_own_case_opens_at_once_in_ten_queries() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    case = make_case(desk, operator=operator)
    client = signed_in(operator)
    with queries_of() as queries:
        answer = client.get(reverse("case_file", kwargs={"candidate": case.candidate_id}))
    assert answer.status_code == 200
    assert len(queries) <= 10, queries
    assert AccessLogEntry.objects.get().purpose == "case"


def test_case_file_offers_of_each_meeting_what_may_be_said_of_it() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    person = make_case(desk, operator=operator).candidate
    now = timezone.now()
    for days, state in ((2, "booked"), (-1, "booked"), (-3, "no_show"), (-300, "no_show")):
        Appointment.objects.create(
            candidate=person,
            desk=desk,
            residence=person.residence,
            operator=operator,
            starts_at=now + timedelta(days=days),
            ends_at=now + timedelta(days=days, minutes=30),
            state=state,
            reason="Incontro",
        )
    client = signed_in(operator)
    page = client.get(reverse("case_file", kwargs={"candidate": person.pk}))
    assert [[step.value for step in steps] for _, steps in page.context["meetings"]] == [
        ["seen", "no_show", "excused", "revoked"],
        ["excused", "revoked"],
        ["excused"],
    ]
    missed = page.context["meetings"][-1][0]
    client.post(reverse("set_appointment", kwargs={"appointment": missed.pk, "state": "excused"}))
    missed.refresh_from_db()
    assert missed.state == "excused"


def test_another_desks_person_does_not_exist() -> None:
    candidate = make_case(make_desk()).candidate
    client = signed_in(make_operator(make_desk()))
    assert client.get(reverse("case_file", kwargs={"candidate": candidate.pk})).status_code == 404


def test_citizen_cannot_open_the_operators_page() -> None:
    user = make_user()
    make_candidate(user=user)
    assert signed_in(user).get(reverse("operator_home")).status_code == 404


def test_search_finds_by_name_tax_code_and_phone_within_the_desk() -> None:
    desk = make_desk()
    mine = make_candidate(desk, last_name="Esposìto", tax_code="RSSMRA85T10A562S", phone="+393331234567")
    make_candidate(make_desk(), last_name="Esposito")
    client = signed_in(make_operator(desk))
    for words in ("esposito", "rssmra85t10a562s", "333 1234567"):
        page = client.post(reverse("person_search"), {"persona": words})
        assert [c.pk for c in page.context["found"]] == [mine.pk], words
