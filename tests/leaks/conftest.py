from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction

from sportello.core import audit
from tests.leaks.world import BY, ROLES, World, let_meet, make_world
from tests.support.personas import signed_in
from tests.support.vocabulary import loaded

__all__ = ["loaded"]


@pytest.fixture(scope="package")
def worlds(loaded: dict[str, int], django_db_blocker: Any) -> Iterator[tuple[World, World]]:
    """Two worlds that stand for the whole folder and are undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic(), audit.acting(BY, "test"):
        worlds = make_world("A"), make_world("B")
        let_meet(*worlds)
        yield worlds
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def sessions(worlds: tuple[World, World], django_db_blocker: Any) -> dict[str, SimpleCookie]:
    """The cookies of each role of the first world; every request starts again from them."""
    with django_db_blocker.unblock():
        return {
            role: (signed_in(user).cookies if (user := worlds[0].users[role]) else SimpleCookie()) for role in ROLES
        }
