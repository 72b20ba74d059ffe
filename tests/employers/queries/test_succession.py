"""What hangs from a company is known, and each has its fate."""

import pytest
from django.utils import timezone

from employers.enums import Fate, SuccessionKind
from employers.models import CompanySuccession
from employers.queries.succession import FATES, fate, hanging, open_advice, relations, rows_of, successions_of
from employers.states import AdvisoryState
from tests.support.employers import make_company, make_company_user, make_vacancy
from tests.support.equality import make_advice


def test_every_foreign_key_to_a_company_or_its_body_is_sorted() -> None:
    """Who adds one says in `FATES` what becomes of it, in a takeover and where a company was registered twice."""
    assert {name for name, _ in relations()} == FATES.keys()


@pytest.mark.parametrize("kind", SuccessionKind)
def test_only_what_has_a_rule_of_its_own_is_left_to_the_services(kind: SuccessionKind) -> None:
    own = {name for name in FATES if fate(name, kind) is Fate.OWN}
    always = {
        "employers.Vacancy.company",
        "employers.DeclaredInterest.company",
        "employers.TargetCompany.company",
        "accounts.Invitation.organisation",
        "accounts.ApiKey.organisation",
        "candidates.DisclosureRequest.organisation",
    }
    by_kind = {
        SuccessionKind.TAKEOVER: {"employers.AdvisoryRequest.company"},
        SuccessionKind.DUPLICATE: {"accounts.Membership.organisation"},
    }
    assert own == always | by_kind[kind]


@pytest.mark.django_db
def test_rows_are_those_that_name_the_company_or_its_body() -> None:
    company, other = make_company(), make_company()
    made = {make_vacancy(company), make_vacancy(company)}
    make_vacancy(other)
    make_company_user(company)
    named = dict(relations())
    assert set(rows_of(named["employers.Vacancy.company"], company)) == made
    numbers = hanging(company)
    assert {name: number for name, number in numbers.items() if number} == {
        "employers.Vacancy.company": 2,
        "employers.Workplace.company": 1,
        "accounts.Membership.organisation": 1,
        "employers.Company.organisation": 1,
    }


@pytest.mark.django_db
def test_a_request_is_open_until_it_ends() -> None:
    company, other = make_company(), make_company()
    waits = make_advice(company)
    make_advice(company, state=AdvisoryState.WITHDRAWN)
    there = make_advice(other)
    assert list(open_advice(company)) == [waits]
    assert set(open_advice(company, other)) == {waits, there}


@pytest.mark.django_db
def test_a_company_reads_where_it_went_and_whose_place_it_took() -> None:
    first, second, third = (make_company() for _ in range(3))
    made = [
        CompanySuccession.objects.create(
            company=one, successor=other, kind="takeover", since=timezone.localdate(), motive="Fusione"
        )
        for one, other in ((first, second), (second, third))
    ]
    assert [successions_of(one) for one in (first, second, third, make_company())] == [made[:1], made, made[1:], []]
