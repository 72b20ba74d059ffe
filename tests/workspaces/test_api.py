"""The API as a whole: one description, one guide, fuzzed from its own description."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import Settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from sportello.accounts.enums import KeyScope
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import make_key
from sportello.workspaces.api import ROOT, api
from tests.support.employers import make_company, make_occupation, make_rule, make_skill, make_vacancy

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "8"))
"""Of each operation, in each mode; `make fuzz-api` asks for more."""
PROMISES = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
ASKED = [
    pytest.param(method, address, mode, id=f"{method.upper()} {address} {mode.value}")
    for address, methods in sorted(api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items())
    for method, operation in sorted(methods.items())
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    # Who may send nothing can send nothing wrong.
    if mode is GenerationMode.POSITIVE or operation.keys() & {"requestBody", "security"} or operation["parameters"]
]


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


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """As the test client does: an answer does not close the connection that the test's rows live in."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize(("method", "address", "mode"), ASKED)
def test_whatever_is_asked_the_answer_is_one_that_the_description_names(
    method: str, address: str, mode: GenerationMode, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    make_rule()
    company = make_company()
    draft = make_vacancy(company, state="draft", occupation=make_occupation(skills=[make_skill()]))
    make_vacancy(company, description="<script>alert(1)</script>")
    _key, secret = make_key(
        organisation=company.organisation, name="x", scopes=list(KeyScope), days=1, by=Scope.of_process("tests")
    )
    description: Any = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operation = description[address][method]

    @examples(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode), is_known=st.booleans())
    def ask(case: Any, is_known: bool) -> None:
        if is_known and "vacancy" in case.path_parameters:
            case.path_parameters["vacancy"] = str(draft.pk)
        case.call_and_validate(checks=PROMISES, headers={"Authorization": f"Bearer {secret}"})

    ask()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "unicorns", "vacancies/", "company/vacancies/a/b/c", "a//b"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_address_that_does_not_exist_is_told_as_any_other_error(path: str, method: str) -> None:
    answer = Client().generic(method, f"{ROOT}{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    told = answer.json()
    assert [told[key] for key in ("type", "title", "status", "errors")] == ["about:blank", "Non esiste", 404, []]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["vacancies", "openapi.json", "desks", "company/vacancies"])
def test_a_method_that_does_not_exist_is_told_as_any_other_error(path: str) -> None:
    answer = Client().delete(f"{ROOT}{path}")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert (answer.json()["status"], "GET" in answer["Allow"]) == (405, True)
