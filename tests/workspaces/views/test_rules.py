"""Everybody reads the rules; the administrator adds the next value."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sportello.accounts.enums import Role
from sportello.reference.models import RuleParameter
from tests.support.personas import make_member, signed_in
from tests.support.queries import queries_of
from tests.support.territory import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
RULES = reverse("rules")
DAY = {"valid_from_day": "1", "valid_from_month": "1", "valid_from_year": "2027"}


def administrator() -> Client:
    return signed_in(make_member(Role.ADMINISTRATOR, make_organisation()))


def add(rule: str, **fields: str) -> tuple[int, str]:
    answer = administrator().post(
        reverse("rule_add", kwargs={"rule": rule}), {**DAY, "citation": "Delibera 3/2027", **fields}
    )
    return answer.status_code, answer.content.decode()


def newest(key: str) -> RuleParameter:
    row = RuleParameter.objects.filter(key=key).order_by("-valid_from").first()
    assert row is not None
    return row


def keys(page: Any) -> list[str]:
    return [rule.key for _topic, rules in page.context["chapters"] for rule in rules]


def test_every_dated_row_is_on_the_page_with_its_act() -> None:
    page = Client().get(RULES)
    values = [v for _topic, rules in page.context["chapters"] for rule in rules for v in rule.values]
    assert sorted(v.row.pk for v in values) == sorted(RuleParameter.objects.values_list("pk", flat=True))
    text = page.content.decode()
    assert "8.174 euro" in text
    assert "dal 1 gennaio 2022 al 31 dicembre 2023" in text
    assert "/amministrazione/regole/" not in text


def test_search_is_a_plain_address() -> None:
    assert keys(Client().get(RULES, {"cerca": "congrua distanza"})) == [
        "suitable_offer_distance_within_12_months",
        "suitable_offer_distance_beyond_12_months",
    ]
    nothing = Client().get(RULES, {"cerca": "xyz"})
    assert (keys(nothing), "Mostra tutte le regole" in nothing.content.decode()) == ([], True)


def test_the_page_takes_one_query_for_a_visitor() -> None:
    with queries_of() as queries:
        Client().get(RULES)
    assert len(queries) == 1, queries


def test_the_administrator_adds_a_number() -> None:
    status, _text = add("vacancy_close_days", value="75")
    row = newest("vacancy_close_days")
    assert (status, row.value, row.valid_from, row.citation, row.indicative, row.is_local) == (
        302,
        75,
        date(2027, 1, 1),
        "Delibera 3/2027",
        False,
        True,
    )


def test_two_numbers_keep_their_shape() -> None:
    add("disadvantaged_youth_ages", first="16", last="29", indicative="on")
    add("suitable_offer_distance_within_12_months", km="45", minutes="70")
    assert (newest("disadvantaged_youth_ages").value, newest("disadvantaged_youth_ages").indicative) == ([16, 29], True)
    assert newest("suitable_offer_distance_within_12_months").value == {"km": 45, "minutes": 70}


@pytest.mark.parametrize(
    ("rule", "fields", "sentence"),
    [
        ("vacancy_close_days", {"value": "75", "citation": ""}, "Scrivi qui la risposta."),
        ("vacancy_close_days", {"value": ""}, "Scrivi qui la risposta."),
        ("vacancy_close_days", {"value": "75", "valid_from_year": "2019"}, "comincia già un valore"),
        ("vacancy_close_days", {"value": "75", "valid_from_month": "13"}, "Questa data non esiste"),
        ("disclosure_threshold", {"value": "2"}, "Scrivi un numero da 3 in su."),
        ("disadvantaged_youth_ages", {"first": "30", "last": "20"}, "La seconda età viene prima della prima."),
    ],
)
def test_a_wrong_value_is_shown_again_and_nothing_changes(rule: str, fields: dict[str, str], sentence: str) -> None:
    before = list(RuleParameter.objects.order_by("pk").values())
    status, text = add(rule, **fields)
    assert (status, sentence in text) == (422, True)
    assert list(RuleParameter.objects.order_by("pk").values()) == before


def test_a_rule_that_nobody_reads_does_not_exist() -> None:
    assert add("invented", value="1")[0] == 404
