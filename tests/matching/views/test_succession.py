"""The desk joins two companies: first what will happen, then the decision."""

import pytest
from django.urls import reverse
from django.utils import timezone

from employers.models import Company
from employers.services.interest import declare_interest
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from tests.support.employers import make_company, make_company_user, make_vacancy
from tests.support.equality import make_advice
from tests.support.matching import citizen_of, make_referral
from tests.support.personas import make_operator, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def pair() -> tuple[Company, Company]:
    return make_company(name="Forno Rossi", vat_number="01234567897"), make_company(
        name="Pane Spa", vat_number="07643520567"
    )


def decision(company: Company, successor: Company, kind: str = "takeover") -> str:
    return reverse("pass_on_company", kwargs={"company": company.pk, "successor": successor.pk, "kind": kind})


def told(**changed: object) -> dict[str, object]:
    day = timezone.localdate()
    values = {"since_day": day.day, "since_month": day.month, "since_year": day.year}
    return {**values, "motive": "Atto di fusione", "confirmation": "01234567897", **changed}


def test_an_operator_reads_what_happens_decides_and_both_pages_tell_it() -> None:
    company, successor = pair()
    referral = make_referral(make_vacancy(company), state=ReferralState.INTERVIEW)
    member = signed_in(make_company_user(company))
    client = signed_in(make_operator(company.desk))
    choice = reverse("choose_successor", kwargs={"company": company.pk})
    assert choice in client.get(reverse("company_detail", kwargs={"company": company.pk})).content.decode()
    assert client.post(choice, {"kind": "takeover", "vat_number": "01234567897"}).status_code == 422
    answer = client.post(choice, {"kind": "takeover", "vat_number": "07643520567"})
    there = decision(company, successor)
    assert answer.headers["Location"] == there
    html, cost = asked(client, there)
    assert cost <= 10
    assert "Offerte, con le candidature: 1" in html
    assert "1 candidatura va avanti: la persona riceve un messaggio." in html
    assert client.post(there, told(confirmation="07643520567")).status_code == 422
    assert client.post(there, told()).headers["Location"] == reverse("company_detail", kwargs={"company": successor.pk})
    for one, sentence in ((company, "va avanti in"), (successor, "ha preso il posto di")):
        html, cost = asked(client, reverse("company_detail", kwargs={"company": one.pk}))
        assert sentence in html
        assert "Riapri l'impresa" not in html
        assert cost <= 10
    closed = member.get(reverse("company_home"))
    assert (closed.status_code, "vanno avanti con Pane Spa" in closed.content.decode()) == (403, True)
    referral.refresh_from_db()
    assert referral.vacancy.company == successor


def test_the_new_employer_reads_a_profile_without_a_name_until_the_person_says_yes() -> None:
    company, successor = pair()
    referral = make_referral(make_vacancy(company), state=ReferralState.OFFER)
    referral.note = "Chiedete di Amina"
    referral.save()
    person = referral.candidate
    firm, citizen = signed_in(make_company_user(successor)), citizen_of(referral)
    page, own = (reverse(name, kwargs={"referral": referral.pk}) for name in ("application", "answer_referral"))
    signed_in(make_operator(company.desk)).post(decision(company, successor), told())
    html, cost = asked(firm, page)
    assert cost <= 10
    for secret in (person.last_name, person.email, "Chiedete di Amina", "Assumi questa persona"):
        assert secret not in html
    html = citizen.get(own).content.decode()
    assert "L'impresa è cambiata: ora è Pane Spa" in html
    assert "Ritira la candidatura" in html
    assert "Rispondi" in citizen.get(reverse("my_applications")).content.decode()
    assert citizen.post(own, {"agreed": "yes"}).status_code == 302
    html, _ = asked(firm, page)
    for shown in (person.last_name, "Chiedete di Amina", "Assumi questa persona"):
        assert shown in html


def test_two_open_requests_are_told_and_refuse() -> None:
    company, successor = pair()
    make_advice(company)
    make_advice(successor)
    client = signed_in(make_operator(company.desk))
    there = decision(company, successor)
    assert "prima chiudine una" in client.get(there).content.decode()
    assert client.post(there, told()).status_code == 422


def test_who_has_a_part_in_either_hands_it_over() -> None:
    company, successor = pair()
    operator = make_operator(company.desk)
    declare_interest(user=operator, company=successor, motive="Parente", by=BY)
    assert signed_in(operator).post(decision(company, successor), told()).status_code == 403


def test_what_does_not_fit_leads_back_or_does_not_exist() -> None:
    company, successor = pair()
    client = signed_in(make_operator(company.desk))
    assert client.get(decision(company, company)).status_code == 404
    assert client.get(decision(company, successor, "merger")).status_code == 404
    Company.objects.filter(pk=company.pk).update(state="closed", closed_on=timezone.localdate(), closing_reason="other")
    assert client.get(decision(company, successor)).status_code == 302
    assert client.get(reverse("choose_successor", kwargs={"company": company.pk})).status_code == 302


def test_a_company_joins_nobody() -> None:
    company, successor = pair()
    client = signed_in(make_company_user(company))
    assert client.post(decision(company, successor), told()).status_code == 404
