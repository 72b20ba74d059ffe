"""What every operation of the API shares: cursors, problems, the door."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from sportello.core.api import Position, Problem, door, harmless_json, problem_response


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"])), min_size=1, max_size=4))
def test_a_position_comes_back_as_it_was(parts: list[str]) -> None:
    assert list(Position.read(str(Position(*parts)), parts=len(parts)).parts) == parts


@given(st.text())
def test_a_foreign_cursor_is_a_mistake_of_the_request(text: str) -> None:
    with pytest.raises(Problem) as raised:
        Position.read(text, parts=3)
    assert raised.value.status == 400


def test_a_position_holds_moments_and_keys() -> None:
    moment, key = datetime(2026, 11, 22, 9, 30, 1, 5, tzinfo=UTC), uuid4()
    position = Position(moment.isoformat(), str(key))
    assert (position.moment(0), position.key(1)) == (moment, key)


@pytest.mark.parametrize("text", ["", "ieri", "2026-11-22", "2026-11-22T09:30:00"])
def test_a_moment_without_its_zone_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        Position(text).moment(0)


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(Problem):
        Position("1").key(0)


@given(st.recursive(st.text() | st.integers() | st.none(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)))
def test_harmless_json_says_the_same_without_a_tag(data: Any) -> None:
    text = harmless_json(data)
    assert json.loads(text) == data
    assert not set("<>&") & set(text)


def test_a_problem_says_what_is_wrong_and_where() -> None:
    answer = problem_response(Problem(422, "Mancano parti.", {"body.title": ["Scrivi un titolo."]}))
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Contenuto da correggere",
        "status": 422,
        "detail": "Mancano parti.",
        "errors": [{"field": "body.title", "message": "Scrivi un titolo."}],
    }


def test_who_lacks_a_key_is_told_which_kind() -> None:
    assert problem_response(Problem(401))["WWW-Authenticate"] == "Bearer"


def opened(view: Any, method: str = "GET", *, from_browsers: bool = True, tag: str = "") -> HttpResponse:
    request = RequestFactory().generic(method, "/api/v1/x", headers={"If-None-Match": tag})
    return door(view, action="api_read", from_browsers=from_browsers)(request)


def page(request: Any) -> HttpResponse:
    return HttpResponse(b"{}", content_type="application/json")


@pytest.fixture
def _few_a_minute(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"api_read": "2/m/ip"}
    cache.clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("_few_a_minute")
def test_who_asks_too_often_waits_a_minute() -> None:
    answers = [opened(page, method) for method in ("GET", "HEAD", "GET")]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    last = answers[-1]
    assert (last["Content-Type"], last["Retry-After"]) == ("application/problem+json", "60")
    assert opened(page, "OPTIONS").status_code == 204


@pytest.mark.django_db
def test_only_the_open_door_speaks_to_other_sites() -> None:
    allowed = "Access-Control-Allow-Origin"
    assert opened(page)[allowed] == "*"
    assert opened(page, "OPTIONS")["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert allowed not in opened(page, from_browsers=False)


@pytest.mark.django_db
def test_an_answer_that_did_not_change_is_not_sent_again() -> None:
    tag = opened(page)["ETag"]
    again = opened(page, tag=tag)
    assert (again.status_code, again.content, again["Access-Control-Allow-Origin"]) == (304, b"", "*")


@pytest.mark.django_db
def test_a_method_that_is_not_there_is_a_problem_too() -> None:
    answer = opened(lambda _request: HttpResponseNotAllowed(["GET"]), "DELETE")
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, "application/problem+json", "GET")
