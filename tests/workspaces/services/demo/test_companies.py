"""Companies of the demonstration and what they offer."""

from typing import Any

import pytest
from django.db import models

from employers.enums import WithdrawalReason
from employers.models import Company, Vacancy, VacancyTransition
from employers.rules import missing_parts
from employers.states import VACANCY_TRANSITIONS, CompanyState, VacancyState
from sportello.core.validators import clean_vat_number

pytestmark = pytest.mark.usefixtures("village")


@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        (Company, "state", CompanyState),
        (Vacancy, "state", VacancyState),
    ],
)
def test_every_state_is_there(model: type[models.Model], field: str, choices: Any) -> None:
    found = set(model._default_manager.order_by().values_list(field, flat=True).distinct())
    assert found - {""} == set(choices.values)


def test_every_company_has_a_valid_vat_number_of_its_own() -> None:
    numbers = list(Company.objects.values_list("vat_number", flat=True))
    assert [clean_vat_number(number) for number in numbers] == numbers
    assert len(set(numbers)) == len(numbers)


def test_the_log_of_a_vacancy_is_lawful_and_ends_at_its_state() -> None:
    for vacancy in Vacancy.objects.prefetch_related("transitions"):
        state = VacancyState.DRAFT
        for step in sorted(vacancy.transitions.all(), key=lambda step: step.at):
            assert step.from_state == state
            assert VacancyState(step.to_state) in VACANCY_TRANSITIONS[state]
            state = VacancyState(step.to_state)
        assert state == vacancy.state


def test_companies_say_in_several_ways_why_they_took_a_vacancy_back() -> None:
    withdrawn = VacancyTransition.objects.filter(to_state=VacancyState.WITHDRAWN).order_by("pk")
    assert {*withdrawn.values_list("withdrawal_reason", flat=True)} > {WithdrawalReason.NO_CANDIDATES}


def test_only_companies_that_were_approved_offer_work_and_say_the_pay() -> None:
    for vacancy in Vacancy.objects.select_related("company"):
        assert vacancy.company.state == CompanyState.APPROVED
        assert missing_parts(vacancy) == []
        assert vacancy.pay_min and vacancy.pay_max and vacancy.pay_min <= vacancy.pay_max
