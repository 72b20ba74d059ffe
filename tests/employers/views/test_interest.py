"""Who has a part in a company declares it, and hands what waits to a colleague."""

import pytest
from django.urls import reverse

from employers.models import DeclaredInterest
from employers.states import CompanyState, VacancyState
from sportello.accounts.enums import Role
from sportello.core.models import Message
from tests.support.employers import make_company, make_vacancy
from tests.support.matching import make_person, make_placement
from tests.support.personas import make_member, make_operator, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db


def test_whoever_has_a_part_reads_why_and_hands_the_decision_over() -> None:
    company = make_company(state=CompanyState.SUBMITTED)
    me, colleague = make_operator(company.desk), make_operator(company.desk)
    client = signed_in(me)
    register = reverse("company_interests", kwargs={"company": company.pk})
    assert client.post(register, {"user": me.pk, "motive": ""}).status_code == 422
    assert client.post(register, {"user": me.pk, "motive": "Parente"}).status_code == 302
    assert client.post(register, {"user": me.pk, "motive": "Parente"}).status_code == 422
    html, cost = asked(client, register)
    assert "Parente" in html
    assert cost <= 10
    refused = client.post(reverse("company_detail", kwargs={"company": company.pk}), {"decision": "approve"})
    assert refused.status_code == 403
    assert [words in refused.content.decode() for words in ("Decide un", str(colleague))] == [True, True]
    address = reverse("hand_over_company", kwargs={"company": company.pk})
    assert client.post(address, {"colleague": me.pk}).status_code == 302
    assert Message.objects.count() == 0
    assert client.post(address, {"colleague": colleague.pk}).status_code == 302
    assert Message.objects.get().recipient == colleague.email
    company.refresh_from_db()
    assert company.state == CompanyState.SUBMITTED


def test_every_page_that_decides_says_so() -> None:
    vacancy = make_vacancy()
    company, waiting = vacancy.company, make_vacancy(vacancy.company, state=VacancyState.SUBMITTED)
    me = make_operator(company.desk)
    DeclaredInterest.objects.create(user=me, company=company, motive="Parente")
    client = signed_in(me)
    person = make_person(vacancy, operator=me)
    client.post(reverse("reading_reason", kwargs={"candidate": person.pk}), {"purpose": "proposal"})
    placement = make_placement(vacancy, candidate=person)
    today = {"closed_on_day": 1, "closed_on_month": 3, "closed_on_year": 2026}
    pages = {
        reverse("vacancy_publish", kwargs={"vacancy": waiting.pk}): {},
        reverse("vacancy_return", kwargs={"vacancy": waiting.pk}): {"reason": "Orari?"},
        reverse("close_company", kwargs={"company": company.pk}): {"reason": "ceased", **today},
        reverse("refer", kwargs={"vacancy": vacancy.pk, "candidate": person.pk}): {"note": ""},
        reverse("placement_check", kwargs={"placement": placement.pk}): {"outcome": "verify", "notice_code": "COB1"},
    }
    answers = {page: client.post(page, data) for page, data in pages.items()}
    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(pages, 403)
    assert all("Passa la decisione" in answer.content.decode() for answer in answers.values())


def test_who_coordinates_ends_a_tie_and_nobody_their_own() -> None:
    company = make_company()
    me = make_operator(company.desk)
    leader = make_member(Role.COORDINATOR, company.desk.managed_by, company.desk)
    rows = [DeclaredInterest.objects.create(user=user, company=company, motive="Parente") for user in (me, leader)]
    ends = [reverse("end_interest", kwargs={"interest": row.pk}) for row in rows]
    assert signed_in(me).post(ends[0]).status_code == 404
    assert [signed_in(leader).post(end).status_code for end in ends] == [302, 404]
    assert [bool(row.ended_at) for row in DeclaredInterest.objects.order_by("declared_at")] == [True, False]
