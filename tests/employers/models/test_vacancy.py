"""Vacancies: only a draft is incomplete, and numbers stay within the law of the week."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from employers.models import Vacancy, VacancyLanguage, VacancySkill, VacancyTransition
from employers.states import VacancyState
from sportello.reference.models import Language
from tests.support.employers import make_company, make_company_user, make_skill, make_vacancy
from tests.support.personas import make_operator, make_user, scope
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

HOLES = [
    {"description": ""},
    {"contract_type": None},
    {"hours_kind": ""},
    {"weekly_hours": None},
    {"pay_min": None},
    {"pay_max": None},
    {"pay_period": ""},
]


@pytest.mark.parametrize("hole", HOLES)
def test_only_a_draft_or_what_was_withdrawn_is_incomplete(hole: dict[str, Any]) -> None:
    vacancy = make_vacancy(state=VacancyState.DRAFT)
    assert Vacancy.objects.filter(pk=vacancy.pk).update(**hole) == 1
    for state in set(VacancyState) - {VacancyState.DRAFT, VacancyState.WITHDRAWN}:
        with refused("only_a_draft_is_incomplete"):
            Vacancy.objects.filter(pk=vacancy.pk).update(state=state)
    assert Vacancy.objects.filter(pk=vacancy.pk).update(state=VacancyState.WITHDRAWN) == 1


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"pay_max": Decimal("1499.99")}, "pay_range_is_a_range"),
        ({"pay_min": Decimal(0)}, "pay_range_is_a_range"),
        ({"posts": 0}, "vacancy_has_a_post"),
        ({"weekly_hours": Decimal(0)}, "weekly_hours_within_the_week"),
        ({"weekly_hours": Decimal("48.5")}, "weekly_hours_within_the_week"),
        ({"published_on": None}, "published_vacancy_has_its_period"),
        ({"expires_on": None}, "published_vacancy_has_its_period"),
    ],
)
def test_impossible_numbers_are_refused(fields: dict[str, Any], constraint: str) -> None:
    with refused(constraint):
        make_vacancy(**fields)


@pytest.mark.parametrize(
    ("before", "after", "reason", "constraint"),
    [
        ("published", "withdrawn", "", "withdrawn_from_the_board_knows_why"),
        ("paused", "withdrawn", "", "withdrawn_from_the_board_knows_why"),
        ("published", "filled", "other", "only_a_withdrawal_has_its_reason"),
        ("published", "expired", "no_candidates", "only_a_withdrawal_has_its_reason"),
    ],
)
def test_a_withdrawal_from_the_board_and_nothing_else_knows_why(
    before: str, after: str, reason: str, constraint: str
) -> None:
    vacancy = make_vacancy()
    step: dict[str, Any] = {"vacancy": vacancy, "actor_label": "prova"}
    with refused(constraint):
        VacancyTransition.objects.create(**step, from_state=before, to_state=after, withdrawal_reason=reason)
    for state, why in (("published", "closed"), ("submitted", "other"), ("draft", "")):
        VacancyTransition.objects.create(**step, from_state=state, to_state="withdrawn", withdrawal_reason=why)


def test_numbers_at_the_border_are_good() -> None:
    vacancy = make_vacancy(pay_max=Decimal(1500), weekly_hours=Decimal(48), posts=1)
    assert vacancy.pay_min == vacancy.pay_max == Decimal(1500)


def test_a_requirement_is_asked_once() -> None:
    skill = make_skill()
    vacancy = make_vacancy(skills=[skill])
    with refused("skill_asked_once"):
        VacancySkill.objects.create(vacancy=vacancy, skill=skill, relation="optional")
    language = Language.objects.create(code="xx", label="prova", position=900)
    VacancyLanguage.objects.create(vacancy=vacancy, language=language, level="A2")
    with refused("language_asked_once"):
        VacancyLanguage.objects.create(vacancy=vacancy, language=language, level="B1")


def test_the_last_day_is_still_public() -> None:
    company, today = make_company(), timezone.localdate()
    begun = today - timedelta(days=30)
    last = make_vacancy(company, published_on=begun, expires_on=today)
    make_vacancy(company, published_on=begun, expires_on=today - timedelta(days=1))
    make_vacancy(company, state=VacancyState.PAUSED)
    assert list(Vacancy.objects.published()) == [last]


def test_drafts_are_the_companys_alone() -> None:
    mine, other = make_company(), make_company()
    public = make_vacancy(other)
    own = [make_vacancy(mine, state=state) for state in (VacancyState.DRAFT, VacancyState.SUBMITTED)]
    theirs = make_vacancy(other, state=VacancyState.SUBMITTED)
    make_vacancy(other, state=VacancyState.DRAFT)
    assert set(Vacancy.objects.visible_to(scope(make_company_user(mine)))) == {public, *own}
    assert set(Vacancy.objects.visible_to(scope(make_operator()))) == {public, own[1], theirs}
    assert set(Vacancy.objects.visible_to(scope(make_user()))) == {public}


def test_the_title_is_found_without_accents_and_the_number_is_quoted() -> None:
    vacancy = make_vacancy(title="Perito/a àgrario")
    assert (vacancy.search_key, str(vacancy)) == ("perito a agrario", "Perito/a àgrario")
    assert Vacancy(number=42).reference == "OL-000042"
