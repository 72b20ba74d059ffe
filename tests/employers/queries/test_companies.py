"""Reads about companies, for themselves and for the desk."""

from datetime import date

import pytest
from django.http import Http404

from employers.models import CompanyVisit
from employers.queries.companies import companies, find_sectors, own_company, visible_company, visits_of
from employers.states import CompanyState
from sportello.reference.models import Sector
from tests.support.employers import make_company, make_company_user
from tests.support.personas import make_operator, make_user, scope
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_everybody_has_the_company_they_sign_in_for() -> None:
    company, other = make_company(), make_company()
    user = make_company_user(company)
    assert own_company(scope(user)) == company
    assert own_company(scope(make_operator(company.desk))) is None
    assert visible_company(scope(user), company.pk) == company
    with pytest.raises(Http404):
        visible_company(scope(user), other.pk)
    with pytest.raises(Http404):
        visible_company(scope(make_user()), company.pk)


def test_the_list_is_narrowed_by_state_name_and_number() -> None:
    bakery = make_company(name="Panificio Èrba", vat_number="00159560366")
    garage = make_company(name="Officina Riva", state=CompanyState.SUBMITTED)
    actor = scope(make_operator())
    assert list(companies(actor)) == [garage, bakery]
    assert list(companies(actor, state="submitted")) == [garage]
    assert list(companies(actor, text="erba")) == [bakery]
    assert list(companies(actor, text="001 5956 0366")) == [bakery]
    assert list(companies(actor, text="nessuna")) == []
    assert list(companies(actor, state="inventato")) == [garage, bakery]


def test_who_waits_longest_comes_first() -> None:
    days = {4: "Zeta", 5: "Alfa"}
    for day, name in days.items():
        make_company(name=name, state=CompanyState.SUBMITTED, registered_on=date(2026, 5, day))
    actor = scope(make_operator())
    assert [str(company) for company in companies(actor, state="submitted")] == ["Zeta", "Alfa"]
    assert [str(company) for company in companies(actor)] == ["Alfa", "Zeta"]


def test_the_list_and_the_visits_are_one_query_each() -> None:
    company = make_company()
    operator = make_operator(company.desk)
    actor = scope(operator)
    costs = []
    for days in ((4,), (6, 5)):
        for day in days:
            make_company(company.desk)
            CompanyVisit.objects.create(
                company=company,
                visited_on=date(2026, 5, day),
                kind="on_site",
                desk=company.desk,
                municipality=company.desk.municipality,
                operator=operator,
            )
        with queries_of() as queries:
            for each in companies(actor):
                assert all((each.organisation.name, each.sector.label, each.desk.name))
            visits = [(v.visited_on.day, str(v.operator), v.municipality.name) for v in visits_of(company)]
        costs.append(len(queries))
    assert [day for day, _, _ in visits] == [6, 5, 4]
    assert costs == [2, 2]


def test_activities_are_found_by_code_and_by_words_whatever_their_number_and_gender() -> None:
    for code, label, level in (
        ("56", "Attività dei servizi di ristorazione", 2),
        ("56.1", "Attività di ristoranti e di ristorazione mobile", 3),
        ("56.11", "Ristoranti", 4),
        ("10.71", "Produzione di pane", 4),
    ):
        Sector.objects.create(code=code, label=label, level=level)
    assert [s.code for s in find_sectors("56.1")] == ["56.1", "56.11"]
    assert [s.code for s in find_sectors("ristorante")] == ["56", "56.1", "56.11"]
    assert [s.code for s in find_sectors("pane")] == ["10.71"]
    assert [s.code for s in find_sectors("ristorazione mobile")] == ["56.1"]
    assert [s.code for s in find_sectors("56", limit=1)] == ["56"]
    assert find_sectors("  ") == find_sectors("di") == []
