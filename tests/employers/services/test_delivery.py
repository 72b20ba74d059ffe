"""A vacancy delivered twice at the same moment is one vacancy."""

from decimal import Decimal

import pytest

from employers.models import Company, Vacancy
from employers.services.delivery import KeyReused, VacancyContent, deliver_vacancy, replace_vacancy
from employers.services.vacancy import NotEditable
from sportello.accounts.scope import Scope
from tests.support.employers import make_company, make_contract_type, make_occupation, make_skill, make_vacancy
from tests.support.races import while_it_waits

BY = Scope.of_process("tests")


def content(company: Company, **fields: object) -> VacancyContent:
    return VacancyContent(
        fields={
            "title": "Barista",
            "occupation": make_occupation(),
            "description": "Servi al banco.",
            "workplace": company.workplaces.get(),
            "contract_type": make_contract_type(),
            "hours_kind": "full_time",
            "weekly_hours": Decimal(40),
            "pay_min": Decimal(1500),
            "pay_max": Decimal(1600),
            "pay_period": "month",
            **fields,
        },
        skills={make_skill().pk: "essential"},
    )


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_that_are_the_same_finds_the_first() -> None:
    company = make_company()
    sent = content(company)

    def deliver() -> None:
        deliver_vacancy(company=company, content=sent, key="k", digest="d", by=BY)

    while_it_waits(deliver, deliver)
    assert Vacancy.objects.count() == 1


@pytest.mark.django_db
def test_another_content_under_the_same_key_is_refused() -> None:
    company = make_company()
    deliver_vacancy(company=company, content=content(company), key="k", digest="d", by=BY)
    with pytest.raises(KeyReused):
        deliver_vacancy(company=company, content=content(company), key="k", digest="e", by=BY)


@pytest.mark.django_db
def test_without_a_key_each_delivery_is_a_vacancy() -> None:
    company = make_company()
    for _ in range(2):
        deliver_vacancy(company=company, content=content(company), key="", digest="d", by=BY)
    assert Vacancy.objects.count() == 2


@pytest.mark.django_db
def test_a_draft_is_written_anew_whole() -> None:
    company = make_company()
    draft = deliver_vacancy(company=company, content=content(company), key="", digest="", by=BY)
    old = draft.skill_requirements.get().skill
    replace_vacancy(vacancy=draft, content=content(company, title="Cuoca o cuoco"), by=BY)
    draft.refresh_from_db()
    assert draft.title == "Cuoca o cuoco"
    assert draft.skill_requirements.get().skill != old


@pytest.mark.django_db
def test_what_is_public_is_not_written_anew() -> None:
    vacancy = make_vacancy()
    with pytest.raises(NotEditable):
        replace_vacancy(vacancy=vacancy, content=content(vacancy.company), by=BY)
