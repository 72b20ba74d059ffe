"""A restricted person at one desk: to a colleague with a grant everything opens, to one without it nobody is there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.leaks.test_matrix import OBJECTS, TEXTS, URLS, address_of
from tests.leaks.world import World
from tests.support.personas import make_operator, signed_in

pytestmark = pytest.mark.django_db

RESTRICTED = (
    *("candidate", "case", "service_pact", "action", "appointment", "delivered", "review"),
    *("referral", "question", "placement", "booking_invitation"),
)
"""Objects of the world that also exist of the restricted person."""

LISTS = (
    *("operator_home", "caseload", "caseload_table", "intakes", "pacts_to_review", "placements", "match_news"),
    *("questions", "due_checks", "reorientations"),
)

NOT_FOUND = (404, 405)


def _object(url: str, part: str) -> str:
    return OBJECTS.get(f"{url}:{part}", OBJECTS.get(part, part))


def _of_the_restricted(url: str, world: World) -> str | None:
    """The address of a page about the restricted person; None for a page that names no such person."""
    o = world.objects
    parts: dict[str, Any] = {}
    for part in URLS[url]:
        name = _object(url, part)
        if part in TEXTS or f"{url}:{part}" in TEXTS:
            parts[part] = TEXTS.get(f"{url}:{part}", TEXTS.get(part))
        elif name in RESTRICTED:
            parts[part] = o[f"restricted_{name}"].pk
        elif name in o:
            parts[part] = o[name].pk
        else:
            return None
    named = {_object(url, part) for part in URLS[url]}
    return reverse(url, kwargs=parts) if named & set(RESTRICTED) and not url.startswith("my_") else None


@pytest.mark.parametrize("url", sorted(URLS))
def test_without_a_grant_the_person_is_not_there(url: str, worlds: tuple[World, World]) -> None:
    world = worlds[0]
    address = _of_the_restricted(url, world)
    if address is None:
        return
    operator = world.users["operator"]
    assert operator
    client = signed_in(operator)
    answers = {method: client.generic(method, address).status_code for method in ("GET", "POST")}
    if url == "freeze_pact":  # the password is asked before anything is looked up
        answers["POST"] = 404
    assert [code for code in answers.values() if code not in NOT_FOUND] == []


def _everything_named(client: Client, world: World) -> str:
    pages = [client.get(reverse(name)).getvalue().decode() for name in LISTS]
    pages += [client.post(reverse("person_search"), {"persona": "Riservato"}).getvalue().decode()]
    vacancy = reverse("vacancy_matches", kwargs={"vacancy": world.objects["vacancy"].pk})
    return " ".join([*pages, client.get(vacancy).getvalue().decode()])


def test_lists_search_counters_and_tables_name_the_person_to_the_granted_alone(worlds: tuple[World, World]) -> None:
    world = worlds[0]
    followed = world.users["operator"]
    assert followed
    granted, colleague = signed_in(world.objects["trusted"]), make_operator(world.objects["desk"])
    person = str(world.objects["restricted_candidate"])
    for user in (followed, colleague):
        assert "RiservatoA" not in _everything_named(signed_in(user), world)
    for page in (reverse("caseload"), reverse("caseload_table")):
        assert "RiservatoA" in granted.get(page).getvalue().decode()
    assert person in granted.post(reverse("person_search"), {"persona": "Riservato"}).content.decode()
    counters = [
        next(
            c.count
            for group in signed_in(user).get(reverse("operator_home")).context["groups"]
            for c in group.counters
            if "vista=no_action" in c.url or "vista=no_pact" in c.url
        )
        for user in (colleague, world.objects["trusted"])
    ]
    assert counters[1] == counters[0] + 1


def test_the_agenda_shows_the_time_and_not_the_person(worlds: tuple[World, World]) -> None:
    followed = worlds[0].users["operator"]
    assert followed
    page = signed_in(followed).get(reverse("operator_home")).content.decode()
    assert "Appuntamento riservato" in page
    assert str(worlds[0].objects["restricted_candidate"].pk) not in page


def test_who_is_granted_opens_the_file(worlds: tuple[World, World]) -> None:
    world = worlds[0]
    client = signed_in(world.objects["trusted"])
    file = reverse("case_file", kwargs={"candidate": world.objects["restricted_candidate"].pk})
    client.post(
        reverse("reading_reason", kwargs={"candidate": world.objects["restricted_candidate"].pk}), {"purpose": "check"}
    )
    assert client.get(file).status_code == 200


def test_the_pages_about_people_are_all_tried(worlds: tuple[World, World]) -> None:
    tried = [url for url in URLS if _of_the_restricted(url, worlds[0])]
    assert len(tried) >= 30
    assert address_of("case_file", worlds[0]) != _of_the_restricted("case_file", worlds[0])
