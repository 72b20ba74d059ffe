"""Audiences: a view opens to whom it names, and to all others it does not exist."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from sportello.accounts.enums import Role
from sportello.accounts.scope import Grant, Scope
from sportello.core.http import PUBLIC, SIGNED_IN, audience, confirmed, posted, public
from tests.support.personas import make_user


def page(_request: Any) -> HttpResponse:
    """A page."""
    return HttpResponse("dentro")


def asked_by(scope: Scope, *roles: str) -> bytes:
    answer = audience(*roles)(page)(SimpleNamespace(scope=scope))
    assert isinstance(answer, HttpResponse)
    return answer.content


def member(role: Role) -> Scope:
    return Scope(user_id=uuid4(), grants=(Grant(uuid4(), "Ente", role),))


def test_a_role_that_is_named_comes_in() -> None:
    assert asked_by(member(Role.OPERATOR), Role.COORDINATOR, Role.OPERATOR) == b"dentro"


@pytest.mark.parametrize("scope", [Scope(), Scope(user_id=uuid4()), member(Role.OFFICIAL)])
def test_to_all_others_the_page_does_not_exist(scope: Scope) -> None:
    with pytest.raises(Http404):
        asked_by(scope, Role.OPERATOR)


@pytest.mark.django_db
def test_who_writes_confirms_who_they_are_and_who_reads_need_not() -> None:
    user = make_user()

    def asked(method: str) -> Any:
        request = RequestFactory().generic(method, "/")
        request.user, request.session = user, SessionStore()
        return confirmed(page)(request)

    assert asked("GET").content == b"dentro"
    with pytest.raises(ReauthenticationRequired):
        asked("POST")


def test_signed_in_is_anybody_with_an_account() -> None:
    assert asked_by(Scope(user_id=uuid4()), SIGNED_IN) == b"dentro"
    with pytest.raises(Http404):
        asked_by(Scope(), SIGNED_IN)


def test_a_view_says_its_audience_and_keeps_its_name() -> None:
    guarded = audience(Role.OPERATOR)(page)
    assert (guarded.audience, guarded.__name__, guarded.__doc__) == (  # type: ignore[attr-defined]
        frozenset({Role.OPERATOR}),
        "page",
        "A page.",
    )


def test_a_public_view_asks_for_no_login() -> None:
    view = public(lambda request: HttpResponse())
    assert (view.audience, view.login_required) == (frozenset({PUBLIC}), False)  # type: ignore[attr-defined]


def test_what_was_sent_is_checked_even_when_it_is_empty() -> None:
    ask = RequestFactory()
    assert posted(ask.get("/?a=1")) is None
    sent, empty = posted(ask.post("/", {"a": "1"})), posted(ask.post("/", {}))
    assert (sent and sent.dict(), empty is not None and empty.dict()) == ({"a": "1"}, {})
