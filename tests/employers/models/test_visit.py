"""Visits: the newest first, and an operator who leaves does not take them along."""

from datetime import date

import pytest

from employers.models import CompanyVisit
from tests.support.employers import make_company, make_target
from tests.support.personas import make_operator
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_visits_are_read_from_the_newest_and_outlive_their_operator() -> None:
    company = make_company()
    operator = make_operator(company.desk)
    for day in (4, 6, 5):
        CompanyVisit.objects.create(
            company=company,
            visited_on=date(2026, 5, day),
            kind="on_site",
            desk=company.desk,
            municipality=company.desk.municipality,
            operator=operator,
        )
    operator.delete()
    assert [(visit.visited_on.day, visit.operator) for visit in company.visits.all()] == [
        (6, None),
        (5, None),
        (4, None),
    ]


def test_the_database_wants_a_company_or_one_to_be_won_and_not_both() -> None:
    company = make_company()
    desk = company.desk
    target = make_target(make_operator(desk), desk)
    told = {"visited_on": date(2026, 5, 4), "kind": "desk", "desk": desk, "municipality": desk.municipality}
    for wrong in ({}, {"company": company, "target": target}):
        with refused("visit_is_to_one_company"):
            CompanyVisit.objects.create(**told, **wrong)
    assert CompanyVisit.objects.create(**told, target=target).company is None
