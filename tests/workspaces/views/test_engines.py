"""What search engines are told."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sportello.workspaces.views import engines
from tests.support.employers import make_company, make_vacancy
from tests.support.programmes import make_course, make_edition
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def told(address: str) -> list[str]:
    answer = Client().get(address)
    assert answer["Content-Type"] == "application/xml"
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", answer.content.decode())


def addresses() -> list[str]:
    return [page for section in told("/sitemap.xml") for page in told(section)]


def test_every_public_page_is_told_and_no_other() -> None:
    company = make_company(make_desk(slug="melzo"))
    make_desk(slug="chiuso", state="closed")
    shown = make_vacancy(company)
    make_vacancy(company, state="paused")
    make_vacancy(company, state="draft")
    pages = {"/", "/offerte/", "/corsi/", "/sportelli/", "/patti/", "/rapporti/", "/regole/", "/api/"}
    edition = make_edition(make_course(desk=company.desk))
    make_course(desk=company.desk)  # nobody knows when it is held
    shown_pages = {f"/offerte/{shown.pk}/", f"/corsi/{edition.course_id}/", "/sportelli/melzo/"}
    assert sorted(addresses()) == sorted(pages | shown_pages)


def test_a_long_list_goes_on_in_the_next_and_the_newest_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines.SITEMAPS["vacancies"], "limit", 2)
    company = make_company()
    today = timezone.localdate()
    shown = [make_vacancy(company, published_on=today - timedelta(days=days)) for days in (3, 2, 1, 0)]
    lists = [section for section in told("/sitemap.xml") if "vacancies" in section]
    assert lists == ["/sitemap-vacancies.xml", "/sitemap-vacancies.xml?p=2"]
    assert [told(section) for section in lists] == [
        [f"/offerte/{vacancy.pk}/" for vacancy in half] for half in (shown[:2], shown[2:])
    ]
    assert f"<lastmod>{today}</lastmod>" in Client().get("/sitemap.xml").content.decode()
    assert {Client().get(page).status_code for page in ("/sitemap-vacancies.xml?p=3", "/sitemap-people.xml")} == {404}


def test_each_told_page_opens_and_lets_itself_be_found() -> None:
    company = make_company(make_desk(slug="melzo"))
    make_vacancy(company)
    make_edition(make_course(desk=company.desk))
    pages = {address: Client().get(address) for address in addresses()}
    assert [address for address, page in pages.items() if page.status_code != 200 or b"noindex" in page.content] == []


def test_the_list_costs_the_same_for_one_and_three() -> None:
    company = make_company()
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_vacancy(company)
        for address in ("/sitemap.xml", *told("/sitemap.xml")):
            with queries_of() as queries:
                told(address)
            costs.append(len(queries))
    half = len(costs) // 2
    assert costs[:half] == costs[half:]
    assert max(costs) <= 10


def test_robots_find_the_list_and_no_private_page() -> None:
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert lines[-1] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"
    assert {"Disallow: /operatore/", "Disallow: /mia-pagina/"} < set(lines)
