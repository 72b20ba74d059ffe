"""`/api/v1/`: the operations of every room behind one door, their description and the page that explains them."""

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from employers.api import board, company
from reports import api as statistics
from sportello.accounts.scope import Request
from sportello.core.api import Api, Problem, cached, door, harmless_json, problem_response
from sportello.core.http import keyed, public
from sportello.reference import api as reference
from sportello.territory import api as territory

ROOT = "/api/v1/"

api = Api(
    title=gettext_noop("Sportello Lavoro"),
    version="1.0",
    urls_namespace="api",
    servers=[{"url": settings.SITE_URL}],
    openapi_extra={"info": {"license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}}},
)
OPEN = (board.router, territory.router, reference.router, statistics.router)
"""What anybody reads, also from pages of other sites."""
for router in (*OPEN, company.router):
    api.add_router("", router)


def operations() -> list[URLPattern]:
    """The addresses of all operations, each behind the door that its key, or none, asks for; what is none of them is a problem too."""
    known = [
        path(str(pattern.pattern), _behind_its_door(pattern), name=pattern.name)
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name != "api-root"  # ninja's own page
    ]
    missing = public(door(_missing, action="api_read", from_browsers=True))
    return [*known, path("", missing, name="api_root"), path("<path:rest>", missing, name="api_missing")]


def _missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """A program reads JSON, also of an address that does not exist."""
    return problem_response(Problem(HTTPStatus.NOT_FOUND))


def _behind_its_door(pattern: URLPattern) -> Any:
    keyed_names = {
        operation.url_name for view in company.router.path_operations.values() for operation in view.operations
    }
    if pattern.name in keyed_names:
        return keyed(door(pattern.callback, action="api_write", from_browsers=False))
    return public(door(pattern.callback, action="api_read", from_browsers=True))


@require_safe
def _describe(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(
        harmless_json(api.get_openapi_schema(path_prefix=ROOT)), content_type="application/json; charset=utf-8"
    )
    cached(response, seconds=3600)
    return response


api_description = public(door(_describe, action="api_read", from_browsers=True))
"""The description for programs (OpenAPI 3.1), in the language asked for."""


@public
@require_safe
def api_guide(request: Request) -> HttpResponse:
    """The same for people: each operation with its parameters, its answers and an example."""
    schema = api.get_openapi_schema(path_prefix=ROOT)
    operations = [
        {
            "description": "",
            **operation,
            "method": method.upper(),
            "path": address,
            "has_key": bool(operation.get("security")),
            "answers": sorted(operation["responses"].items()),
            "parameters": [{"description": "", **parameter} for parameter in operation["parameters"]],
            "example": _example(method, address, operation, schema["components"]["schemas"]),
        }
        for address, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "workspaces/api_guide.html", {"operations": operations, "site": settings.SITE_URL})


def _example(method: str, address: str, operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    """The operation as a line for the terminal, with the body that its schema gives as an example."""
    parts = ["curl"]
    if method != "get":
        parts.append(f"-X {method.upper()}")
    if operation.get("security"):
        parts.append('-H "Authorization: Bearer $CHIAVE"')
    if "requestBody" in operation:
        reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        body = schemas[reference.rpartition("/")[2]]["examples"][0]
        parts += ['-H "Content-Type: application/json"', f"-d '{json.dumps(body, ensure_ascii=False)}'"]
    return " ".join([*parts, settings.SITE_URL + address])
