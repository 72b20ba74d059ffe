"""Visits: the newest first, and an operator who leaves does not take them along."""

from datetime import date

import pytest

from employers.models import CompanyVisit
from tests.support.employers import make_company
from tests.support.personas import make_operator

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
