"""What changed hands in the demonstration, as the pages and services would have left it."""

import pytest

from employers.models import Company, CompanySuccession
from employers.queries.companies import story_of
from sportello.accounts.enums import Part
from sportello.accounts.models import Membership

pytestmark = pytest.mark.usefixtures("village")


def own() -> Company:
    return Company.objects.get(organisation__memberships__user__email="impresa@sportello.example")


def test_the_company_was_passed_and_has_bought_another() -> None:
    company = own()
    assert [line.kind for line in story_of(company)] == ["state", "desk", "took"]
    succession = CompanySuccession.objects.get()
    old = succession.company
    assert (succession.successor, old.state, old.closing_reason) == (company, "closed", "takeover")
    assert (old.closed_on, old.workplaces.count(), old.vacancies.count()) == (succession.since, 0, 0)
    assert [line.kind for line in story_of(old)] == ["state", "became", "state"]


def test_of_three_people_one_administers_one_decides_and_one_reads() -> None:
    people = Membership.objects.filter(organisation=own().organisation)
    assert sorted(membership.part for membership in people) == sorted(Part)
