"""The door of the writing side: a key, the right one, and nothing else."""

import pytest
from django.test import Client

from sportello.accounts.enums import KeyScope
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import make_key
from tests.support.employers import make_company, make_company_user
from tests.support.personas import signed_in

pytestmark = pytest.mark.django_db

DOOR = "/api/v1/company/workplaces"
BY = Scope.of_process("tests")


def test_a_key_opens_what_its_scopes_name() -> None:
    company = make_company()
    for scopes, status in (([KeyScope.READ], 200), ([KeyScope.WRITE, KeyScope.SUBMIT], 403)):
        _key, secret = make_key(organisation=company.organisation, name="x", scopes=scopes, days=1, by=BY)
        answer = Client().get(DOOR, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == status


@pytest.mark.parametrize("header", [None, "Bearer sportello_x", "Basic YTpi", "Bearer", "Bearer \x00"])
def test_without_a_key_the_door_stays_closed(header: str | None) -> None:
    answer = Client().get(DOOR, headers={"Authorization": header} if header else None)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert (answer["WWW-Authenticate"], answer["Cache-Control"]) == ("Bearer", "no-store, private")


def test_a_session_never_opens_the_writing_side() -> None:
    company = make_company()
    client = signed_in(make_company_user(company))
    assert client.get("/impresa/offerte/").status_code == 200
    assert client.get(DOOR).status_code == 401
    assert client.post("/api/v1/company/vacancies", {}, content_type="application/json").status_code == 401


def test_the_answer_is_for_the_key_alone() -> None:
    company = make_company()
    _key, secret = make_key(organisation=company.organisation, name="x", scopes=[KeyScope.READ], days=1, by=BY)
    answer = Client().get(DOOR, headers={"Authorization": f"Bearer {secret}"})
    assert (answer["Cache-Control"], answer.has_header("Access-Control-Allow-Origin")) == ("no-store, private", False)
