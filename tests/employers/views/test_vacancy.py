"""A company's vacancies, from the draft to the end."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.test import Client

from employers.services.vacancy import submit_vacancy
from employers.states import VacancyState
from sportello.accounts.scope import Scope
from tests.support.employers import (
    make_company,
    make_company_user,
    make_skill,
    make_vacancy,
)
from tests.support.personas import make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_company_sees_its_vacancies_and_no_others() -> None:
    company, other = make_company(), make_company()
    make_vacancy(other, title="Segreto industriale")
    client = signed_in(make_company_user(company))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_vacancy(company)
        html, cost = asked(client, "/impresa/offerte/")
        assert html.count('<th scope="row">') == company.vacancies.count()
        assert "Segreto industriale" not in html
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


def test_another_companys_vacancy_does_not_exist() -> None:
    vacancy = make_vacancy(state=VacancyState.DRAFT)
    client = signed_in(make_company_user(make_company()))
    for url in (f"/impresa/offerte/{vacancy.pk}/", f"/impresa/offerte/{vacancy.pk}/passo/1/"):
        assert client.get(url).status_code == 404
    assert client.post(f"/impresa/offerte/{vacancy.pk}/stato/ritira/").status_code == 404
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.DRAFT


@pytest.mark.parametrize("change", ["invia", "pausa", "riprendi", "ritira"])
def test_every_button_of_a_vacancy_has_its_effect(change: str) -> None:
    before, after = {
        "invia": ("draft", "submitted"),
        "pausa": ("published", "paused"),
        "riprendi": ("paused", "published"),
        "ritira": ("published", "withdrawn"),
    }[change]
    vacancy = make_vacancy(state=VacancyState(before))
    client = signed_in(make_company_user(vacancy.company))
    assert client.post(f"/impresa/offerte/{vacancy.pk}/stato/{change}/").status_code == 302
    vacancy.refresh_from_db()
    assert vacancy.state == after
    assert asked(client, f"/impresa/offerte/{vacancy.pk}/")[1] <= 10


def test_pages_of_a_whole_vacancy_stay_within_ten_queries() -> None:
    desk = make_desk()
    skills = [make_skill() for _ in range(3)]
    company = make_company(desk)
    draft = make_vacancy(company, skills=skills, state=VacancyState.DRAFT)
    published = make_vacancy(company, skills=skills)
    client = signed_in(make_company_user(company))
    own = [f"/impresa/offerte/{published.pk}/", *(f"/impresa/offerte/{draft.pk}/passo/{n}/" for n in (1, 2, 3, 4))]
    costs = {url: asked(client, url)[1] for url in own}
    costs["desk"] = asked(signed_in(make_operator(desk)), f"/operatore/offerte/{published.pk}/")[1]
    costs["public"] = asked(Client(), f"/offerte/{published.pk}/")[1]
    assert max(costs.values()) <= 10, costs


@pytest.mark.django_db(transaction=True)
def test_a_step_saved_while_another_tab_sends_the_vacancy_is_refused_with_a_sentence() -> None:
    vacancy = make_vacancy(state=VacancyState.DRAFT)
    client = signed_in(make_company_user(vacancy.company))
    is_sent = threading.Event()

    def send() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                submit_vacancy(vacancy=vacancy, by=Scope.of_process("tests"))
                is_sent.set()
                for _attempt in range(200):
                    cursor.execute(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
                    )
                    if cursor.fetchone()[0]:
                        return
                    time.sleep(0.05)
        finally:
            connection.close()

    other_tab = threading.Thread(target=send)
    other_tab.start()
    is_sent.wait(timeout=20)
    page = client.post(f"/impresa/offerte/{vacancy.pk}/passo/3/", {"years_experience": "0"}, follow=True)
    other_tab.join(timeout=20)
    assert page.redirect_chain == [(f"/impresa/offerte/{vacancy.pk}/", 302)]
    assert "Questa offerta non si può più modificare." in page.content.decode()
