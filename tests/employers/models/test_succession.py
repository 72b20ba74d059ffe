"""A succession is of another company, says why, and happens once."""

import pytest
from django.utils import timezone

from employers.models import Company, CompanySuccession
from tests.support.employers import make_company
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def succession(company: Company, successor: Company, motive: str = "Atto di fusione") -> CompanySuccession:
    return CompanySuccession.objects.create(
        company=company, successor=successor, kind="takeover", since=timezone.localdate(), motive=motive
    )


def test_the_database_wants_another_company_and_a_motive_and_takes_it_once() -> None:
    company, successor = make_company(), make_company()
    with refused("succession_is_of_another_company"):
        succession(company, company)
    with refused("succession_knows_why"):
        succession(company, successor, motive="")
    succession(company, successor)
    with refused("company_id"):
        succession(company, make_company())
