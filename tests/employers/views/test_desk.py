"""What the desk does with companies and their vacancies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.enums import VisitKind
from employers.models import Vacancy
from employers.services.company import log_visit
from employers.services.vacancy import submit_vacancy
from employers.services.wording import check_vacancy, explain_remarks
from employers.states import CompanyState, VacancyState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from tests.support.employers import (
    make_company,
    make_company_user,
    make_rule,
    make_vacancy,
)
from tests.support.personas import make_member, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk, make_organisation

pytestmark = pytest.mark.django_db


def test_operators_lists_cost_the_same_for_one_and_three() -> None:
    desk = make_desk()
    client = signed_in(make_operator(desk))
    costs: dict[str, list[int]] = {}
    for more in (1, 2):
        for _ in range(more):
            make_vacancy(make_company(desk, state=CompanyState.SUBMITTED), state=VacancyState.SUBMITTED)
        for url in (
            "/operatore/imprese/",
            "/operatore/imprese/?stato=submitted",
            "/operatore/offerte/",
            "/operatore/offerte/?stato=",
        ):
            html, cost = asked(client, url)
            assert html.count('<th scope="row">') == Vacancy.objects.count()
            costs.setdefault(url, []).append(cost)
    assert all(one == three <= 10 for one, three in costs.values()), costs


def test_queue_reads_the_oldest_first() -> None:
    desk = make_desk()
    now = timezone.now()
    for days, title in ((1, "Recente"), (9, "Vecchia")):
        make_vacancy(
            make_company(desk), title=title, state=VacancyState.SUBMITTED, submitted_at=now - timedelta(days=days)
        )
    html, _ = asked(signed_in(make_operator(desk)), "/operatore/offerte/")
    assert html.index("Vecchia") < html.index("Recente")


def test_visits_cost_the_same_for_one_and_three() -> None:
    company = make_company()
    client = signed_in(make_operator(company.desk))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            log_visit(
                met=company,
                kind="on_site",
                visited_on=timezone.localdate(),
                desk=company.desk,
                municipality=company.desk.municipality,
                notes="Buon incontro",
                by=Scope.of_process("tests"),
            )
        html, cost = asked(client, f"/operatore/imprese/{company.pk}/visite/")
        assert html.count("Buon incontro") == company.visits.count()
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


def test_operator_publishes_and_returns() -> None:
    make_rule()
    desk = make_desk()
    client = signed_in(make_operator(desk))
    one, two = (make_vacancy(make_company(desk), state=VacancyState.SUBMITTED) for _ in range(2))
    assert asked(client, f"/operatore/offerte/{one.pk}/")[1] <= 10
    assert client.post(f"/operatore/offerte/{one.pk}/pubblica/").status_code == 302
    assert client.post(f"/operatore/offerte/{two.pk}/rimanda/", {"reason": ""}).status_code == 422
    assert client.post(f"/operatore/offerte/{two.pk}/rimanda/", {"reason": "Orari?"}).status_code == 302
    assert [Vacancy.objects.get(pk=v.pk).state for v in (one, two)] == ["published", "returned"]


def test_a_company_in_the_wrong_role_finds_nothing() -> None:
    company = make_company()
    client = signed_in(make_company_user(company))
    for url in ("/operatore/imprese/", f"/operatore/imprese/{company.pk}/", "/operatore/offerte/"):
        assert client.get(url).status_code == 404
    operator = signed_in(make_operator(company.desk))
    assert [operator.get(url).status_code for url in ("/impresa/offerte/", "/impresa/dati/")] == [404, 404]


def test_company_is_decided_on_its_page() -> None:
    company = make_company(state=CompanyState.SUBMITTED)
    client = signed_in(make_operator(company.desk))
    url = f"/operatore/imprese/{company.pk}/"
    assert asked(client, url)[1] <= 10
    assert client.post(url, {"decision": "reject", "reason": ""}).status_code == 422
    assert client.post(url, {"decision": "approve"}).status_code == 302
    company.refresh_from_db()
    assert company.state == CompanyState.APPROVED


def test_a_visit_proposes_the_desk_of_the_company_and_every_way_to_meet() -> None:
    company = make_company()
    agency = make_organisation()
    operator = make_member(Role.OPERATOR, agency, make_desk(name="Aaa", managed_by=agency), company.desk)
    form = signed_in(operator).get(f"/operatore/imprese/{company.pk}/visite/").context["form"]
    assert form["desk"].value() == company.desk_id
    assert [value for value, _ in form.fields["kind"].choices] == VisitKind.values


def test_motives_of_the_company_are_read_and_answered_before_publishing() -> None:
    make_rule()
    desk = make_desk()
    by = Scope.of_process("tests")
    vacancy = make_vacancy(make_company(desk), title="Commesso", state=VacancyState.DRAFT)
    (remark,) = check_vacancy(vacancy=vacancy, by=by)
    explain_remarks(vacancy=vacancy, motives={remark.pk: "Ruolo di scena"}, by=by)
    submit_vacancy(vacancy=vacancy, by=by)
    client = signed_in(make_operator(desk))
    html, cost = asked(client, f"/operatore/offerte/{vacancy.pk}/")
    assert "Ruolo di scena" in html
    assert cost <= 10
    assert client.post(f"/operatore/offerte/{vacancy.pk}/pubblica/").status_code == 422
    assert client.post(f"/operatore/offerte/{vacancy.pk}/pubblica/", {"word": "Spettacolo"}).status_code == 302
    assert "Accettato da" in asked(client, f"/operatore/offerte/{vacancy.pk}/")[0]
