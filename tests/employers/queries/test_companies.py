"""Reads about companies, for themselves and for the desk."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from employers.models import CompanyPassage, CompanySuccession, CompanyTransition, CompanyVisit
from employers.queries.companies import (
    companies,
    desks_of,
    find_sectors,
    own_company,
    serves,
    staff_of_desks,
    story_of,
    visible_company,
    visits_of,
)
from employers.states import CompanyState
from sportello.accounts.enums import Role
from sportello.reference.models import Sector
from tests.support.employers import make_company, make_company_user, make_target
from tests.support.personas import make_member, make_official, make_operator, make_user, scope
from tests.support.queries import queries_of
from tests.support.territory import make_desk

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


def test_the_story_of_a_company_is_told_in_order_of_time() -> None:
    company, old, new = make_company(name="Pane Spa"), make_company(name="Forno Rossi"), make_company(name="Grani Srl")
    desk, today = make_desk(), timezone.localdate()
    moments = [timezone.now() - timedelta(days=days) for days in (4, 3, 2, 1)]
    CompanySuccession.objects.create(
        company=company, successor=new, kind="takeover", since=today, motive="Acquisto", at=moments[3]
    )
    CompanySuccession.objects.create(
        company=old, successor=company, kind="takeover", since=today, motive="Fusione", at=moments[2]
    )
    CompanyPassage.objects.create(company=company, from_desk=company.desk, to_desk=desk, reason="Vicina", at=moments[1])
    CompanyTransition.objects.create(
        company=company, from_state="submitted", to_state="approved", actor_label="x", at=moments[0]
    )
    with queries_of() as queries:
        story = story_of(company)
    assert len(queries) == 1
    assert [line.at for line in story] == moments
    assert [(line.kind, line.before, line.after, line.words, line.since, line.other) for line in story] == [
        ("state", "", "approved", "", None, None),
        ("desk", company.desk.name, desk.name, "Vicina", None, None),
        ("took", "", "Forno Rossi", "Fusione", today, old.pk),
        ("became", "", "Grani Srl", "Acquisto", today, new.pk),
    ]
    assert story[0].label == CompanyState.APPROVED.label


def test_who_serves_a_desk_is_known_by_role_and_desk() -> None:
    desk, other = make_desk(), make_desk()
    here, there = make_operator(desk), make_operator(other)
    leader = make_member(Role.COORDINATOR, desk.managed_by, desk)
    official = make_official(desk.municipality)
    assert set(staff_of_desks([desk])) == {here, leader}
    assert [serves(user, desk) for user in (here, leader, there, official)] == [True, True, False, False]


def test_the_visits_of_before_it_registered_are_its_own_too() -> None:
    company, other = make_company(), make_company()
    desk = company.desk
    owner = make_operator(desk)
    cards = {known: make_target(owner, desk, company=known) for known in (company, None)}
    told = {"kind": "desk", "desk": desk, "municipality": desk.municipality}

    def visit(day: int, **met: object) -> CompanyVisit:
        return CompanyVisit.objects.create(visited_on=date(2026, 5, day), **told, **met)

    before, after, alone = visit(1, target=cards[company]), visit(2, company=company), visit(3, target=cards[None])
    visit(4, company=other)
    assert list(visits_of(company)) == [after, before]
    assert list(visits_of(cards[company])) == [after, before]
    assert list(visits_of(cards[None])) == [alone]


def test_desks_are_those_one_serves_by_name() -> None:
    desks = [make_desk(name=name) for name in ("B", "A")]
    make_desk(name="C")
    actor = make_member(Role.OPERATOR, desks[0].managed_by, *desks)
    assert list(desks_of(scope(actor))) == desks[::-1]
