"""The newest vacancies as news."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from employers.models import Vacancy
from tests.support.employers import make_company, make_vacancy
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def items(query: str = "") -> list[ElementTree.Element]:
    answer = Client().get(f"/offerte/novita.rss{query}")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall("channel/item")


def titles(query: str = "") -> list[str]:
    return [str(item.findtext("title")) for item in items(query)]


def test_each_search_has_its_own_news() -> None:
    company = make_company(name="Forno & Figli")
    make_vacancy(company, title="Cuoca o cuoco", hours_kind="part_time")
    make_vacancy(company, title="Barista")
    make_vacancy(company, title="Nascosta", state="paused")
    assert titles() == ["Barista", "Cuoca o cuoco"]
    assert titles("?orario=part_time") == ["Cuoca o cuoco"]
    [item] = items("?cosa=barista")
    vacancy = Vacancy.objects.get(title="Barista")
    assert str(item.findtext("link")).endswith(f"/offerte/{vacancy.pk}/")
    assert item.findtext("description") == (
        f"Forno & Figli · {vacancy.workplace.municipality} · Permanent · da 1.500 a 1.800 euro lordi al mese"
    )


def test_no_text_breaks_the_news() -> None:
    make_vacancy(title="</title><script>\x01\x1f")
    assert titles() == ["</title><script>  "]


def test_news_cost_the_same_for_one_and_three() -> None:
    company = make_company()
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_vacancy(company)
        with queries_of() as queries:
            assert len(items()) == Vacancy.objects.count()
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 5
