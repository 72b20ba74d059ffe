"""The company's home: its own vacancies with what waits for an answer."""

import pytest
from django.urls import reverse

from employers.states import CompanyState
from sportello.accounts.enums import Part, Role
from tests.support.employers import make_company, make_company_user, make_vacancy
from tests.support.matching import make_referral
from tests.support.personas import make_member, make_operator, make_user, signed_in
from tests.support.queries import asked
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db

HOME = reverse("company_home")


def test_it_costs_the_same_with_one_and_three_vacancies_and_shows_no_others() -> None:
    company = make_company()
    client = signed_in(make_company_user(company))
    make_vacancy(make_company(), title="Lavoro di altri")
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_referral(make_vacancy(company, title="Lavoro nostro"))
        html, cost = asked(client, HOME)
        assert (html.count(">Lavoro nostro<") == 0, "Lavoro di altri" in html) == (False, False)
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


@pytest.mark.parametrize("state", [state for state in CompanyState if state != CompanyState.CLOSED])
def test_it_says_whether_the_company_may_publish(state: CompanyState) -> None:
    company = make_company(state=state, decision_reason="Perché")
    page = signed_in(make_company_user(company)).get(HOME)
    assert (page.status_code, page.context["approved"]) == (200, state == CompanyState.APPROVED)


@pytest.mark.parametrize("part", Part)
def test_each_is_led_to_what_they_may_do(part: Part) -> None:
    company = make_company()
    html = signed_in(make_company_user(company, part)).get(HOME).content.decode()
    team = reverse("team", kwargs={"organisation": company.organisation_id})
    shown = [url in html for url in (reverse("vacancy_new"), team, reverse("company_data"))]
    assert shown == [part >= Part.DECIDES, part == Part.ADMINISTERS, part == Part.ADMINISTERS]


def test_a_body_without_its_company_has_an_empty_page_and_others_none() -> None:
    member = make_member(Role.COMPANY, make_organisation(kind="company"))
    page = signed_in(member).get(HOME)
    assert (page.status_code, page.context["company"], page.context["cards"]) == (200, None, [])
    for stranger in (make_user(), make_operator()):
        assert signed_in(stranger).get(HOME).status_code == 404
