"""What the clock does with vacancies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.models import VacancyTransition
from employers.states import VacancyState
from employers.tasks import ask_vacancy_refresh, expire_vacancies
from sportello.core.models import Message
from tests.support.employers import make_company, make_rule, make_vacancy


@pytest.mark.django_db
def test_a_vacancy_expires_on_the_night_after_its_last_day_once() -> None:
    company, today = make_company(), timezone.localdate()
    begun = today - timedelta(days=30)
    over = make_vacancy(company, published_on=begun, expires_on=today - timedelta(days=1))
    make_vacancy(company, published_on=begun, expires_on=today)
    for _ in range(2):
        expire_vacancies()
    change = VacancyTransition.objects.get()
    assert (change.vacancy, change.to_state, change.actor_label) == (over, VacancyState.EXPIRED, "vacancy expiry")


@pytest.mark.django_db
def test_a_vacancy_long_out_is_asked_about_in_one_message() -> None:
    make_rule()
    make_rule("vacancy_refresh_days", 60)
    vacancy = make_vacancy()
    for _ in range(2):
        ask_vacancy_refresh()
    assert vacancy.reference in Message.objects.get().subject
