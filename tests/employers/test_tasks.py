"""What the clock does with vacancies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.models import VacancyTransition
from employers.queries.board import BoardSearch
from employers.services.alerts import save_search
from employers.states import VacancyState
from employers.tasks import ask_vacancy_refresh, expire_vacancies, remind_certificates, request_alerts, send_alert
from sportello.accounts.scope import Scope
from sportello.core.models import Job, Message
from tests.support.employers import make_company, make_rule, make_vacancy
from tests.support.equality import make_certificate, make_rules


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


@pytest.mark.django_db
def test_who_asked_is_told_in_the_morning_of_what_is_new() -> None:
    saved = save_search(
        search=BoardSearch(),
        email="anna@example.org",
        language="it",
        is_proved=True,
        by=Scope.of_process("tests"),
    )
    vacancy = make_vacancy()
    request_alerts()
    job = Job.objects.get(path="employers.tasks.send_alert")
    assert job.args == [str(saved.pk)]
    for _ in range(2):
        send_alert(*job.args)
    assert vacancy.title in Message.objects.get(kind="alert").body


@pytest.mark.django_db
def test_a_certificate_about_to_end_is_told_of_in_one_message() -> None:
    make_rules()
    certificate = make_certificate(expires_on=timezone.localdate() + timedelta(days=30))
    for _ in range(2):
        remind_certificates()
    assert certificate.number in Message.objects.get().body
