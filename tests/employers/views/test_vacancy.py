"""A company's vacancies, from the draft to the end."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.test import Client

from employers.enums import WithdrawalReason
from employers.services.vacancy import submit_vacancy
from employers.states import VacancyState
from sportello.accounts.scope import Scope
from tests.support.employers import (
    make_company,
    make_company_user,
    make_rule,
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
    assert client.post(f"/impresa/offerte/{vacancy.pk}/ritira/", {"reason": "other"}).status_code == 404
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.DRAFT


@pytest.mark.parametrize("change", ["invia", "pausa", "riprendi", "conferma"])
def test_every_button_of_a_vacancy_has_its_effect(change: str) -> None:
    before, after = {
        "invia": ("draft", "submitted"),
        "pausa": ("published", "paused"),
        "riprendi": ("paused", "published"),
        "conferma": ("published", "published"),
    }[change]
    make_rule()
    vacancy = make_vacancy(state=VacancyState(before))
    end = vacancy.expires_on
    client = signed_in(make_company_user(vacancy.company))
    assert client.post(f"/impresa/offerte/{vacancy.pk}/stato/{change}/").status_code == 302
    vacancy.refresh_from_db()
    assert vacancy.state == after
    assert (vacancy.expires_on == end) == (change != "conferma")
    assert asked(client, f"/impresa/offerte/{vacancy.pk}/")[1] <= 10


def test_a_vacancy_is_withdrawn_with_its_reason_and_the_story_tells_it() -> None:
    vacancy = make_vacancy()
    client = signed_in(make_company_user(vacancy.company))
    url, manage = f"/impresa/offerte/{vacancy.pk}/ritira/", f"/impresa/offerte/{vacancy.pk}/"
    assert f'href="{url}"' in client.get(manage).content.decode()
    html, cost = asked(client, url)
    assert [html.count(f'value="{reason}"') for reason in WithdrawalReason] == [1, 1, 1, 1, 1, 0]
    assert cost <= 10
    for wrong, words in (({}, "Scegli un motivo."), ({"reason": "closed"}, "Scegli uno di questi motivi.")):
        refused = client.post(url, wrong)
        field = refused.content.decode().partition('<fieldset aria-describedby="id_reason_helptext')[2]
        assert (refused.status_code, words in field) == (422, True)
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.PUBLISHED
    page = client.post(url, {"reason": "no_candidates"}, follow=True)
    assert page.redirect_chain == [(manage, 302)]
    html = page.content.decode()
    assert "· Ritirata: Non abbiamo trovato persone adatte" in html
    assert url not in html


def test_of_a_draft_nobody_asks_why() -> None:
    draft = make_vacancy(state=VacancyState.DRAFT, published_on=None, expires_on=None)
    client = signed_in(make_company_user(draft.company))
    url = f"/impresa/offerte/{draft.pk}/ritira/"
    assert 'type="radio"' not in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    draft.refresh_from_db()
    assert draft.state == VacancyState.WITHDRAWN


@pytest.mark.parametrize("state", ["filled", "expired", "withdrawn"])
def test_what_is_over_is_not_withdrawn(state: str) -> None:
    vacancy = make_vacancy(state=VacancyState(state))
    client = signed_in(make_company_user(vacancy.company))
    url = f"/impresa/offerte/{vacancy.pk}/ritira/"
    for answer in (client.get(url, follow=True), client.post(url, {"reason": "other"}, follow=True)):
        assert answer.redirect_chain == [(f"/impresa/offerte/{vacancy.pk}/", 302)]
        assert "non permette questo passaggio" in answer.content.decode()
    vacancy.refresh_from_db()
    assert vacancy.state == state


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


def test_forbidden_words_are_shown_beside_their_field_and_nothing_is_lost() -> None:
    vacancy = make_vacancy(state=VacancyState.DRAFT)
    client = signed_in(make_company_user(vacancy.company))
    step = f"/impresa/offerte/{vacancy.pk}/passo/1/"
    job = {
        "title": "Cercasi ragazza",
        "occupation": str(vacancy.occupation_id),
        "description": "Servi i clienti",
        "workplace": str(vacancy.workplace_id),
        "posts": "1",
    }
    page = client.post(step, job, follow=True)
    assert page.redirect_chain == [(step, 302)]
    html = page.content.decode()
    assert 'value="Cercasi ragazza"' in html
    field = html[html.index('id="parole_title"') : html.index('id="parole_description"')]
    assert "art. 27 D.Lgs. 198/2006" in field
    assert "Continua e correggi dopo" in html
    assert "Invia allo sportello" not in client.get(f"/impresa/offerte/{vacancy.pk}/passo/4/").content.decode()
    sent = client.post(f"/impresa/offerte/{vacancy.pk}/stato/invia/", follow=True)
    assert sent.redirect_chain == [(f"/impresa/offerte/{vacancy.pk}/parole/", 302)]
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.state) == ("Cercasi ragazza", VacancyState.DRAFT)


def test_soft_words_are_explained_and_then_sent() -> None:
    vacancy = make_vacancy(state=VacancyState.DRAFT, title="Commesso")
    client = signed_in(make_company_user(vacancy.company))
    client.post(f"/impresa/offerte/{vacancy.pk}/stato/invia/")
    url = f"/impresa/offerte/{vacancy.pk}/parole/"
    name = str(vacancy.remarks.get().pk)
    assert client.post(url, {name: " "}).status_code == 422
    html, cost = asked(client, url)
    assert "Commesso" in html
    assert cost <= 10
    assert client.post(url, {name: "Ruolo di scena"}).headers["Location"].endswith("/passo/4/")
    client.post(f"/impresa/offerte/{vacancy.pk}/stato/invia/")
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.SUBMITTED
    assert client.get(url).status_code == 302


def test_a_text_is_read_while_it_is_typed() -> None:
    client = signed_in(make_company_user(make_company()))
    html = client.post("/impresa/offerte/parole/title/", {"title": "Max 30 anni"}).content.decode()
    assert "Max 30 anni" in html
    assert client.post("/impresa/offerte/parole/title/", {"title": "Barista"}).content.decode().strip() == ""
    assert client.post("/impresa/offerte/parole/altro/", {"altro": "x"}).status_code == 404
