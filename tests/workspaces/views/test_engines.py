"""What search engines are told."""

import re

import pytest
from django.test import Client

from tests.support.employers import make_company, make_vacancy
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def addresses() -> set[str]:
    answer = Client().get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    return set(re.findall(r"<loc>http://testserver([^<]*)</loc>", answer.content.decode()))


def test_every_public_page_is_told_and_no_other() -> None:
    company = make_company(make_desk(slug="melzo"))
    make_desk(slug="chiuso", state="closed")
    shown = make_vacancy(company)
    make_vacancy(company, state="paused")
    make_vacancy(company, state="draft")
    pages = {"/", "/offerte/", "/sportelli/", "/patti/", "/rapporti/", "/regole/", "/api/"}
    assert addresses() == pages | {f"/offerte/{shown.pk}/", "/sportelli/melzo/"}


def test_each_told_page_opens_and_lets_itself_be_found() -> None:
    make_vacancy(make_company(make_desk(slug="melzo")))
    pages = {address: Client().get(address) for address in addresses()}
    assert [address for address, page in pages.items() if page.status_code != 200 or b"noindex" in page.content] == []


def test_the_list_costs_the_same_for_one_and_three() -> None:
    company = make_company()
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_vacancy(company)
        with queries_of() as queries:
            addresses()
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 10


def test_robots_find_the_list_and_no_private_page() -> None:
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert lines[-1] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"
    assert {"Disallow: /operatore/", "Disallow: /mia-pagina/"} < set(lines)
