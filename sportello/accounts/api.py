"""How a program shows its key, and whom it then acts for."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from sportello.accounts.enums import KeyScope
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import UnknownKey, open_with_key
from sportello.core.api import Problem


class ApiKeyDoor(HttpBearer):
    """`Authorization: Bearer <key>`, for what `scope` names; `request.auth` is then the scope of the key's body."""

    def __init__(self, scope: KeyScope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Scope:
        try:
            key, acting = open_with_key(secret=token, by=Scope.of_process("api"))
        except UnknownKey as error:
            raise Problem(HTTPStatus.UNAUTHORIZED) from error
        if self.scope not in key.scopes:
            raise Problem(HTTPStatus.FORBIDDEN)
        return acting


def acting(request: HttpRequest) -> Scope:
    """The scope that the key of the request gives."""
    keyed: Any = request
    scope: Scope = keyed.auth
    return scope
