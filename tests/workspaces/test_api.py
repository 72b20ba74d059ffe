"""The API as a whole: one description, one guide, fuzzed from its own description."""

import json

import pytest
from django.test import Client

from sportello.workspaces.api import api

pytestmark = pytest.mark.django_db


def test_the_description_speaks_the_readers_language() -> None:
    def summary(language: str) -> str:
        answer = Client().get("/api/v1/openapi.json", headers={"Accept-Language": language})
        found: str = answer.json()["paths"]["/api/v1/desks"]["get"]["summary"]
        return found

    assert summary("it") == "Gli sportelli, con orari e contatti"
    assert summary("en") == "The desks, with opening hours and contacts"


def test_errors_are_described_as_problems() -> None:
    description = Client().get("/api/v1/openapi.json").json()
    answers = [
        (status, *answer.get("content", {}))
        for methods in description["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
    ]
    assert {kind for status, *kinds in answers for kind in kinds if status >= "400"} == {"application/problem+json"}
    assert {kind for status, *kinds in answers for kind in kinds if status < "400"} == {"application/json"}


def test_the_guide_shows_every_operation_with_an_example() -> None:
    page = Client().get("/api/").content.decode()
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    for address, methods in json.loads(json.dumps(schema["paths"], default=str)).items():
        for method in methods:
            assert f"<code>{method.upper()} {address}</code>" in page
    assert page.count("<pre") == sum(len(methods) for methods in schema["paths"].values())
    assert "<script" not in page


def test_a_head_request_has_the_headers_of_its_page() -> None:
    head, page = Client().head("/api/v1/desks"), Client().get("/api/v1/desks")
    assert (head.status_code, head["ETag"]) == (200, page["ETag"])
