"""The permission matrix: every URL x role x own or foreign object x method, against the reviewed table `matrix.csv`.

A URL that is missing from the table fails. To add one, review the row that the failure prints and write it down.
"""

import csv
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.leaks.world import ROLES, World

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("matrix.csv")

Rows = dict[tuple[str, str], tuple[str, ...]]


def _patterns(
    resolver: Any, namespace: str = "", parts: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """Name of every URL with the names of its variable parts."""
    for entry in resolver.url_patterns:
        here = parts | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, here)
        else:
            yield f"{namespace}{entry.name}", here


URLS = dict(_patterns(get_resolver()))


def _expected() -> dict[str, Rows]:
    table: dict[str, Rows] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            if row[0] != "url":
                table.setdefault(row[0], {})[(row[1], row[2])] = tuple(row[3:])
    return table


EXPECTED = _expected()


# Part of a URL -> the object of the world that it names, where the name differs or one URL wants another object.
OBJECTS = {
    "pact": "service_pact",
    "pact_file:pact": "signed_pact",
    "withdraw_reorientation:reorientation": "own_reorientation",
    "my_pact_file:pact": "signed_pact",
    "organisation": "firm",
    "membership": "member",
    "member_sign:membership": "invited",
    "member_deed:membership": "signed",
    "member_withdraw:membership": "invited",
    "question": "asked_question",
    "follow_up:placement": "verified_placement",
    "lookalikes:draft": "told_draft",
    "walk_in:draft": "walk_in_draft",
    "answer_referral:referral": "question",
    "withdraw_referral:referral": "question",
    "answer_on_behalf:referral": "question",
    "withdraw_on_behalf:referral": "question",
}
# Part of a URL -> what stands there in every world.
TEXTS: dict[str, str | int] = {
    "step": 1,
    "strategy": "standard",
    "hour": "2030-01-02T09:00,phone",
    "field": "title",
    "part": "contatti",
    "area": "culture",
    "kind": "europass",
    "pass_on_company:kind": "takeover",
    **dict.fromkeys(("add_row:part", "change_row:part", "remove_row:part"), "esperienza"),
    **dict.fromkeys(("add_my_row:part", "change_my_row:part", "remove_my_row:part"), "esperienza"),
    "application_step:step": "colloquio",
    "state": "seen",
    "change": "pausa",
    "rule": "vacancy_close_days",
    "token": "sconosciuto",
    "key": "sconosciuto",
    "uidb36": "sconosciuto",
    "pk": 1,
    "months": 6,
    "year": 2025,
    "section": "vacancies",
    "rest": "sconosciuto",
}


def _value(url: str, part: str, world: World) -> Any:
    """What a world puts into one part of a URL."""
    o = world.objects
    special = {
        "territory:desk_detail:slug": o["desk"].slug,
        "invitation:token": o["invitation"].token,
        "slug": o["territorial_pact"].slug,
    }
    for name in (f"{url}:{part}", part):
        if name in special:
            return special[name]
        if name in TEXTS:
            return TEXTS[name]
        if name in OBJECTS:
            return o[OBJECTS[name]].pk
    return o[part].pk


def address_of(url: str, world: World) -> str:
    return reverse(url, kwargs={part: _value(url, part, world) for part in URLS[url]})


def _answer(session: SimpleCookie, method: str, address: str) -> Any:
    """The answer to one request; what it wrote is undone."""
    browser = Client()
    browser.cookies = SimpleCookie({name: morsel.value for name, morsel in session.items()})
    with transaction.atomic():
        answer = browser.generic(method, address)
        transaction.set_rollback(True)
    return answer


# Roles that see no person of any desk, except a company those who said yes to it.
SEE_NO_PERSON = ("anonymous", "company", "official", "control_room", "administrator")


def _names_a_stranger(role: str, answer: Any) -> bool:
    """Whether a page names somebody restricted, of the other world, or of this one to a role that sees no person."""
    page = answer.getvalue()
    return b"SegretoB" in page or b"Riservato" in page or (role in SEE_NO_PERSON and b"SegretoA" in page)


@pytest.mark.parametrize("url", sorted(URLS))
def test_every_cell_is_as_reviewed_and_names_no_stranger(
    url: str, worlds: tuple[World, World], sessions: dict[str, SimpleCookie]
) -> None:
    own, foreign = (address_of(url, world) for world in worlds)
    addresses = {"own": own} if own == foreign else {"own": own, "foreign": foreign}
    actual: Rows = {}
    leaks = []
    for whose, address in addresses.items():
        for method in ("GET", "POST"):
            answers = {role: _answer(sessions[role], method, address) for role in ROLES}
            actual[method, whose] = tuple(str(answer.status_code) for answer in answers.values())
            leaks += [(method, address, role) for role, answer in answers.items() if _names_a_stranger(role, answer)]
    rows = "\n".join(",".join((url, method, whose, *cells)) for (method, whose), cells in actual.items())
    assert actual == EXPECTED.get(url), f"\nurl,method,object,{','.join(ROLES)}\n{rows}"
    assert leaks == []


def test_table_names_no_url_that_is_gone() -> None:
    assert sorted(EXPECTED.keys() - URLS.keys()) == []
