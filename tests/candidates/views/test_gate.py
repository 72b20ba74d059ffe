"""Whoever opens a person's file says why, and the person reads it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from candidates.enums import FilePart, ReadingPurpose
from candidates.models import Case
from candidates.queries.self_service import own_accesses
from candidates.services.plan import draft_pact, plan_action
from matching.services.run import run_match
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.core.audit import log_read
from sportello.core.models import AccessLogEntry
from tests.support.employers import make_company, make_vacancy
from tests.support.matching import make_person, make_placement
from tests.support.personas import make_candidate, make_case, make_member, make_operator, make_user, scope, signed_in
from tests.support.territory import make_desk, make_organisation

pytestmark = pytest.mark.usefixtures("vocabulary")

BY = Scope.of_process("tests")


def lines() -> list[tuple[object, ...]]:
    return list(AccessLogEntry.objects.order_by("at").values_list("subject_id", "part", "purpose"))


def person_url(name: str) -> Callable[[Case], str]:
    return lambda case: reverse(name, kwargs={"candidate": case.candidate_id})


def case_url(name: str) -> Callable[[Case], str]:
    return lambda case: reverse(name, kwargs={"case": case.pk})


def action_url(case: Case) -> str:
    follows = case.responsible_operator or make_user()
    pact = draft_pact(case=case, kind="local", responsible=follows, contact_every_days=30, by=BY)
    action = plan_action(pact=pact, text="Corso", due_on=timezone.localdate(), by=BY)
    return reverse("close_action", kwargs={"action": action.pk})


PAGES = {
    "case_file": (person_url("case_file"), FilePart.CASE_FILE),
    "book_appointment": (person_url("book_appointment"), FilePart.APPOINTMENT),
    "assisted_receipt": (person_url("assisted_receipt"), FilePart.RECEIPT),
    "person_referrals": (person_url("person_referrals"), FilePart.REFERRALS),
    "add_contact": (case_url("add_contact"), FilePart.CONTACT),
    "pact": (case_url("pact"), FilePart.PACT),
    "edit_pact": (case_url("edit_pact"), FilePart.PACT),
    "close_case": (case_url("close_case"), FilePart.CASE_FILE),
    "close_action": (action_url, FilePart.PACT),
}


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_why_once_comes_back_and_writes_each_reading(page: str) -> None:
    address, part = PAGES[page]
    desk = make_desk()
    case = make_case(desk)
    client, url = signed_in(make_operator(desk)), address(case)
    asked = client.get(url)
    assert asked.status_code == 302
    assert case.candidate.last_name not in asked.content.decode()
    assert "Perché apri questa scheda?" in client.get(asked.url).content.decode()  # type: ignore[attr-defined]
    assert lines() == []
    answered = client.post(asked.url, {"purpose": "appointment"})  # type: ignore[attr-defined]
    assert answered.url == url  # type: ignore[attr-defined]
    assert [client.get(url).status_code for _ in range(2)] == [200, 200]
    assert lines() == [(case.candidate_id, part, ReadingPurpose.APPOINTMENT)] * 2


@pytest.mark.parametrize("page", PAGES)
def test_who_follows_the_person_needs_no_question(page: str) -> None:
    address, part = PAGES[page]
    desk = make_desk()
    operator = make_operator(desk)
    case = make_case(desk, operator=operator)
    assert signed_in(operator).get(address(case)).status_code == 200
    assert lines() == [(case.candidate_id, part, ReadingPurpose.CASE)]


@pytest.mark.parametrize("url", ["add_contact", "edit_pact", "close_case"])
def test_form_sent_without_a_reason_is_not_read_nor_written(url: str) -> None:
    desk = make_desk()
    case = make_case(desk)
    client = signed_in(make_operator(desk))
    answer = client.post(reverse(url, kwargs={"case": case.pk}), {"closing": "other"})
    assert answer.url == reverse("reading_reason", kwargs={"candidate": case.candidate_id})  # type: ignore[attr-defined]
    assert Case.objects.get(pk=case.pk).state == "open"


def test_reason_leads_only_to_our_own_pages() -> None:
    desk = make_desk()
    person = make_case(desk).candidate
    url = reverse("reading_reason", kwargs={"candidate": person.pk})
    client = signed_in(make_operator(desk))
    for foreign in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = client.post(f"{url}?poi={foreign}", {"purpose": "check"})
        assert answer.url == reverse("case_file", kwargs={"candidate": person.pk})  # type: ignore[attr-defined]
    assert client.post(url, {"purpose": "curiosity"}).status_code == 422


def test_another_desks_file_asks_nothing_and_does_not_exist() -> None:
    case = make_case(make_desk())
    client: Client = signed_in(make_operator(make_desk()))
    for address, _part in PAGES.values():
        assert client.get(address(case)).status_code == 404
    assert client.get(reverse("reading_reason", kwargs={"candidate": case.candidate_id})).status_code == 404


def test_pages_that_are_a_reason_by_themselves_write_it() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    person = make_person(vacancy)
    placement = make_placement(vacancy)
    arrived = make_candidate(desk)
    run_match(vacancy=vacancy, by=BY)
    client = signed_in(make_operator(desk))
    client.get(reverse("take_in_charge", kwargs={"candidate": arrived.pk}))
    client.get(reverse("refer", kwargs={"vacancy": vacancy.pk, "candidate": person.pk}))
    client.get(reverse("placement_check", kwargs={"placement": placement.pk}))
    assert lines() == [
        (arrived.pk, FilePart.CASE_FILE, ReadingPurpose.INTAKE),
        (person.pk, FilePart.REFERRALS, ReadingPurpose.PROPOSAL),
        (placement.candidate_id, FilePart.PLACEMENT, ReadingPurpose.PLACEMENT),
    ]
    client.get(reverse("vacancy_matches", kwargs={"vacancy": vacancy.pk}))
    assert set(lines()[3:]) == {
        (pk, FilePart.MATCH, ReadingPurpose.PROPOSAL) for pk in (person.pk, placement.candidate_id)
    }


def test_person_reads_who_what_and_why_in_words() -> None:
    user = make_user()
    person = make_candidate(user=user)
    body = make_organisation(name="AFOL Est")
    operator = make_member(Role.OPERATOR, body)
    log_read(subject_id=person.pk, by=scope(operator), part=FilePart.PACT, purpose=ReadingPurpose.CHECK)
    page = signed_in(user).get(reverse("my_accesses")).content.decode()
    for words in ("Operatrice o operatore, AFOL Est", "Il patto di servizio", "Controllo di qualità"):
        assert words in page
    with override("en"):
        (access,) = own_accesses(person)
    assert access.who.endswith(", AFOL Est")
    assert "Operatrice" not in access.who
