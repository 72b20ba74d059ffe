"""The board of vacancies and one vacancy, for everybody."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from employers.models import Vacancy
from employers.states import VacancyState
from sportello.territory.enums import AccreditationKind, AccreditationStatus
from sportello.territory.models import Accreditation
from tests.support.employers import (
    make_company,
    make_company_user,
    make_occupation,
    make_skill,
    make_vacancy,
)
from tests.support.personas import make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", ["/offerte/", "/offerte/?cosa=magazziniere&dove=Segrate&km=20"])
def test_board_costs_the_same_for_one_and_three(url: str) -> None:
    desk = make_desk(municipality=make_municipality(name="Segrate"))
    company = make_company(desk)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_vacancy(company)
        html, cost = asked(Client(), url)
        assert html.count("<h3") == Vacancy.objects.count()
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


def test_board_shows_what_is_public_today_and_nothing_else() -> None:
    company = make_company()
    today = timezone.localdate()
    make_vacancy(company, title="Cuoca o cuoco")
    for number, state in enumerate(set(VacancyState) - {VacancyState.PUBLISHED}):
        make_vacancy(company, title=f"Nascosta{number}", state=state)
    make_vacancy(
        company, title="Nascosta", published_on=today - timedelta(days=9), expires_on=today - timedelta(days=1)
    )
    html, _ = asked(Client(), "/offerte/")
    assert "Cuoca o cuoco" in html
    assert "Nascosta" not in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cosa=cuoco", {"Cuoca o cuoco"}),
        ("cosa=cuocco", {"Cuoca o cuoco"}),
        ("cosa=pizzaiolo", set()),
        ("cosa=addetta+ai+fornelli", {"Cuoca o cuoco"}),
        ("orario=part_time", {"Barista"}),
        ("dove=Vicino&km=5", {"Cuoca o cuoco"}),
        ("dove=Vicino&km=40", {"Cuoca o cuoco", "Barista"}),
    ],
)
def test_board_forgives_words_and_measures_distance(query: str, expected: set[str]) -> None:
    near = make_company(make_desk(municipality=make_municipality(name="Vicino", latitude=45.48, longitude=9.28)))
    far = make_company(make_desk(municipality=make_municipality(name="Lontano", latitude=45.48, longitude=9.55)))
    make_vacancy(near, title="Cuoca o cuoco", occupation=make_occupation("addetta ai fornelli", isco08="5120"))
    make_vacancy(far, title="Barista", hours_kind="part_time", occupation=make_occupation("barman", isco08="5132"))
    html, _ = asked(Client(), f"/offerte/?{query}")
    assert {title for title in ("Cuoca o cuoco", "Barista") if f">{title}</a>" in html} == expected


def test_detail_names_the_employer_and_the_accredited_operator() -> None:
    vacancy = make_vacancy(skills=[make_skill("Usare il muletto")])
    Accreditation.objects.create(
        organisation=vacancy.desk.managed_by,
        kind=AccreditationKind.WORK,
        register_no="0042",
        status=AccreditationStatus.DEFINITIVE,
        valid_from="2020-01-01",
    )
    html, cost = asked(Client(), f"/offerte/{vacancy.pk}/")
    for text in (vacancy.company.organisation.name, "n. 0042", "da 1.500 a 1.800 euro", "Usare il muletto"):
        assert text in html
    assert cost <= 10


@pytest.mark.parametrize("state", [s for s in VacancyState if s != VacancyState.PUBLISHED])
def test_what_is_not_public_has_no_public_page(state: VacancyState) -> None:
    vacancy = make_vacancy(state=state)
    for client in (Client(), signed_in(make_company_user(vacancy.company)), signed_in(make_operator(vacancy.desk))):
        assert client.get(f"/offerte/{vacancy.pk}/").status_code == 404


def test_detail_tells_search_engines_and_no_text_closes_it() -> None:
    vacancy = make_vacancy(title="Cuoca o cuoco", description="</script><script>alert(1)</script>")
    html, _ = asked(Client(), f"/offerte/{vacancy.pk}/")
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    posting = json.loads(found)
    assert (posting["@type"], posting["title"]) == ("JobPosting", "Cuoca o cuoco")
    assert posting["url"] == f"http://127.0.0.1:8000/offerte/{vacancy.pk}/"
    assert html.count("<script") == 2  # this one and the button that prints
    assert "noindex" not in html


def test_who_has_no_account_goes_straight_to_the_application_or_calls_the_nearest_desk() -> None:
    here = make_municipality(name="Qui")
    near = make_desk(municipality=here, serves=[here], phone="02 123456")
    vacancy = make_vacancy(make_company(near))
    html, cost = asked(Client(), f"/offerte/{vacancy.pk}/")
    assert f"/account/login/?next=/offerte/{vacancy.pk}/" in html
    assert 'href="tel:02123456"' in html
    assert cost <= 10


def test_a_printed_vacancy_carries_its_address() -> None:
    vacancy = make_vacancy()
    html, _ = asked(Client(), f"/offerte/{vacancy.pk}/")
    printed = html.split('class="sp-print-only"')[1].split("</div>\n  <div")[0]
    assert "<svg" in printed
    assert f"{vacancy.reference} · http://127.0.0.1:8000/offerte/{vacancy.pk}/" in printed


def test_chips_narrow_the_board_and_take_back_what_was_chosen() -> None:
    company = make_company()
    for title, hours in (("Cuoca o cuoco", "full_time"), ("Barista", "part_time"), ("Fornaia o fornaio", "part_time")):
        make_vacancy(company, title=title, hours_kind=hours)
    html, _ = asked(Client(), "/offerte/")
    assert 'href="/offerte/?orario=part_time"><span class="chip-label">Part-time (2)</span>' in html
    narrowed, cost = asked(Client(), "/offerte/?orario=part_time&pagina=1")
    assert narrowed.count("<h3") == 2
    assert 'href="/offerte/"><span class="chip-label">Part-time</span>' in narrowed
    assert "Part-time (2)" not in narrowed
    assert cost <= 10


def test_a_place_offers_other_distances() -> None:
    here = make_municipality(name="Qui", latitude=45.48, longitude=9.28)
    far = make_municipality(name="Oltre", latitude=45.48, longitude=9.47)
    for place in (here, far):
        make_vacancy(make_company(make_desk(municipality=place)))
    html, cost = asked(Client(), "/offerte/?dove=Qui&km=5")
    assert html.count("<h3") == 1
    assert 'href="/offerte/?dove=Qui&amp;km=20"><span class="chip-label">entro 20 km (2)</span>' in html
    assert cost <= 10


def test_detail_says_when_and_shows_where(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    company = make_company(make_desk(municipality=make_municipality(name="Segrate", istat_code="015205")))
    weekdays = [f"{day}-{band}" for day in range(1, 6) for band in ("morning", "afternoon")]
    vacancy = make_vacancy(company, bands=[*weekdays, "6-morning"])
    with django_assert_max_num_queries(10):
        page = Client().get(f"/offerte/{vacancy.pk}/").content.decode()
    assert "<br>Da lunedì a venerdì: mattina, pomeriggio<br>Sabato: mattina</dd>" in page
    assert 'aria-labelledby="sede-title sede-desc"' in page
    assert "Sulla mappa vedi il Comune" in page
    assert 'href="https://www.openstreetmap.org/search?query=Via%20Po%202%2C%20Segrate"' in page
    company.workplaces.update(latitude=45.49, longitude=9.32)
    placed = Client().get(f"/offerte/{vacancy.pk}/").content.decode()
    assert "Sulla mappa vedi il Comune" not in placed
    assert 'href="https://www.openstreetmap.org/directions?to=45.49000%2C9.32000"' in placed
