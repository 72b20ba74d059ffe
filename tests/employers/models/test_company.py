"""Companies: one of a number, and a refusal knows why."""

import pytest

from employers.models import Company, Workplace
from employers.states import CompanyState
from tests.support.employers import make_company, make_company_user
from tests.support.personas import make_operator, make_user, scope
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_number_is_of_one_company_unless_it_was_rejected() -> None:
    make_company(vat_number="00159560366")
    with refused("vat_number_of_one_company"):
        make_company(vat_number="00159560366", state=CompanyState.SUBMITTED)
    make_company(vat_number="00159560366", state=CompanyState.REJECTED, decision_reason="Doppia")
    assert Company.objects.filter(vat_number="00159560366").count() == 2


def test_a_number_is_not_all_zeros() -> None:
    with refused("vat_number_is_not_all_zeros"):
        make_company(vat_number="00000000000")


def test_a_rejection_says_why() -> None:
    with refused("rejected_company_knows_why"):
        make_company(state=CompanyState.REJECTED)


def test_operators_see_every_company_a_company_itself_and_others_none() -> None:
    mine, other = make_company(), make_company()
    seen = {
        "operator": set(Company.objects.visible_to(scope(make_operator(mine.desk)))),
        "company": set(Company.objects.visible_to(scope(make_company_user(mine)))),
        "nobody": set(Company.objects.visible_to(scope(make_user()))),
    }
    assert seen == {"operator": {mine, other}, "company": {mine}, "nobody": set()}


def test_a_company_is_called_by_its_name_and_a_workplace_tells_where_it_is() -> None:
    company = make_company(name="Panificio Riva")
    place = Workplace.objects.get(company=company)
    assert str(company) == "Panificio Riva"
    assert place.municipality.name in str(place)
