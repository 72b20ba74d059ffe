"""A company's program writes vacancies: the rules of the form, its own vacancies only, nothing twice."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from employers.enums import GIVEN_WITHDRAWALS
from employers.models import Company, Vacancy
from employers.services.closing import close_company
from employers.services.vacancy import publish_vacancy, return_vacancy
from employers.states import CompanyState, VacancyState
from sportello.accounts.enums import KeyScope
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import make_key
from sportello.reference.models import DrivingLicence, EducationLevel, Language
from tests.support.employers import (
    make_company,
    make_contract_type,
    make_occupation,
    make_rule,
    make_skill,
    make_vacancy,
)
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
URL = "/api/v1/company/vacancies"


class Program:
    """A company's software with its key."""

    def __init__(self, company: Company, *scopes: KeyScope) -> None:
        self.company = company
        _key, self.secret = make_key(
            organisation=company.organisation, name="Gestionale", scopes=scopes or list(KeyScope), days=30, by=BY
        )

    def ask(self, method: str, path: str = "", body: Any = None, **headers: str) -> Any:
        return Client().generic(
            method,
            URL + path,
            data="" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )

    def content(self, **changed: Any) -> dict[str, Any]:
        return {
            "title": "Magazziniera o magazziniere",
            "occupation": make_occupation().code,
            "description": "Prepari gli ordini.",
            "workplace": str(self.company.workplaces.get().pk),
            "contract": make_contract_type().code,
            "hours": {"kind": "full_time", "weekly": 40, "schedule": "lun-ven"},
            "pay": {"minimum": 1500, "maximum": 1800, "period": "month"},
            **changed,
        }


@pytest.fixture
def program() -> Program:
    make_rule()
    return Program(make_company())


def test_a_draft_comes_back_as_it_was_sent(program: Program) -> None:
    skill = make_skill("Usare il muletto")
    DrivingLicence.objects.create(code="C", label="Patente C", position=1)
    Language.objects.create(code="it", label="Italiano", position=1)
    EducationLevel.objects.create(code="DIPLOMA", label="Diploma", isced=3, eqf=4, position=1)
    asked = program.content(
        posts=3,
        education="DIPLOMA",
        years_experience=2,
        skills=[{"code": skill.code, "relation": "essential"}],
        languages=[{"code": "it", "level": "A2"}],
        licences=["C"],
    )
    answer = program.ask("POST", body=asked)
    assert answer.status_code == 201, answer.content
    vacancy = Vacancy.objects.get()
    assert (vacancy.state, vacancy.company, vacancy.posts) == ("draft", program.company, 3)
    body = answer.json()
    assert (body["id"], body["state"], body["reference"]) == (str(vacancy.pk), "draft", vacancy.reference)
    assert body["pay"] == {"minimum": "1500.00", "maximum": "1800.00", "period": "month", "currency": "EUR"}
    assert body["skills"] == [{"code": skill.code, "label": "Usare il muletto", "relation": "essential"}]
    assert (body["languages"], body["licences"], body["education"]) == (asked["languages"], ["C"], "DIPLOMA")
    assert program.ask("GET", f"/{vacancy.pk}").json() == body


def test_nothing_goes_on_the_board_without_the_desk(program: Program) -> None:
    pk = program.ask("POST", body=program.content()).json()["id"]
    assert Client().get("/api/v1/vacancies").json()["items"] == []
    assert program.ask("POST", f"/{pk}/submit").json()["state"] == "submitted"
    assert Client().get("/api/v1/vacancies").json()["items"] == []
    publish_vacancy(vacancy=Vacancy.objects.get(), by=BY)
    assert [line["id"] for line in Client().get("/api/v1/vacancies").json()["items"]] == [pk]


def test_what_the_desk_returns_is_written_anew(program: Program) -> None:
    vacancy = make_vacancy(program.company, state=VacancyState.SUBMITTED, published_on=None, expires_on=None)
    return_vacancy(vacancy=vacancy, reason="Scrivi l'orario.", by=BY)
    assert program.ask("GET", f"/{vacancy.pk}").json()["moderation_reason"] == "Scrivi l'orario."
    answer = program.ask("PUT", f"/{vacancy.pk}", program.content(title="Addetta o addetto agli ordini"))
    assert (answer.status_code, answer.json()["title"]) == (200, "Addetta o addetto agli ordini")
    assert program.ask("POST", f"/{vacancy.pk}/submit").json()["state"] == "submitted"


@pytest.mark.parametrize("state", [VacancyState.SUBMITTED, VacancyState.PUBLISHED, VacancyState.FILLED])
def test_what_others_read_is_not_rewritten(program: Program, state: VacancyState) -> None:
    vacancy = make_vacancy(program.company, state=state)
    answer = program.ask("PUT", f"/{vacancy.pk}", program.content(title="Altro"))
    vacancy.refresh_from_db()
    assert (answer.status_code, vacancy.title) == (409, "Magazziniera o magazziniere")


def test_a_published_vacancy_is_withdrawn_once_and_for_all(program: Program) -> None:
    vacancy = make_vacancy(program.company)
    answers = [program.ask("POST", f"/{vacancy.pk}/withdraw", {"reason": "no_candidates"}) for _ in range(2)]
    assert [(answer.status_code, answer.json()["state"]) for answer in answers] == [(200, "withdrawn")] * 2
    assert vacancy.transitions.get().withdrawal_reason == "no_candidates"
    assert program.ask("POST", f"/{vacancy.pk}/submit").status_code == 409


@pytest.mark.parametrize("body", [None, {}, {"reason": ""}, {"reason": "closed"}, {"reason": "unicorns"}])
def test_a_withdrawal_says_why_in_one_of_the_words_that_are_known(program: Program, body: Any) -> None:
    vacancy = make_vacancy(program.company)
    answer = program.ask("POST", f"/{vacancy.pk}/withdraw", body)
    vacancy.refresh_from_db()
    assert (answer.status_code, vacancy.state) == (400, "published")


def test_the_reasons_are_those_of_the_page() -> None:
    words = Client().get("/api/v1/openapi.json").json()["components"]["schemas"]["Withdrawal"]["properties"]["reason"]
    assert words["enum"] == [str(reason) for reason in GIVEN_WITHDRAWALS]


def test_a_second_submission_changes_nothing(program: Program) -> None:
    pk = program.ask("POST", body=program.content()).json()["id"]
    answers = [program.ask("POST", f"/{pk}/submit") for _ in range(2)]
    assert [answer.json()["state"] for answer in answers] == ["submitted", "submitted"]
    assert Vacancy.objects.get().transitions.count() == 1


def test_a_company_that_waits_may_write_but_not_submit() -> None:
    program = Program(make_company(state=CompanyState.SUBMITTED))
    pk = program.ask("POST", body=program.content()).json()["id"]
    assert program.ask("POST", f"/{pk}/submit").status_code == 409


@pytest.mark.parametrize("missing", ["pay", "hours", "title", "occupation", "workplace", "contract"])
def test_an_ad_without_its_essentials_is_no_request(program: Program, missing: str) -> None:
    content = program.content()
    del content[missing]
    assert program.ask("POST", body=content).status_code == 400


def test_a_field_that_nobody_knows_is_a_mistake(program: Program) -> None:
    assert program.ask("POST", body=program.content(past_pay=1200)).status_code == 400


def test_forbidden_words_stop_at_the_door_with_the_law_beside(program: Program) -> None:
    pk = program.ask("POST", body=program.content(description="Cerchiamo una ragazza di bella presenza.")).json()["id"]
    answer = program.ask("POST", f"/{pk}/submit")
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"body.description"}
    assert Vacancy.objects.get().state == "draft"


def test_words_to_explain_go_on_with_their_motive(program: Program) -> None:
    written = program.ask("POST", body=program.content(description="Residenza in zona.")).json()
    [remark] = written["remarks"]
    assert remark["level"] == "soft"
    url = f"/{written['id']}"
    assert program.ask("POST", f"{url}/submit").status_code == 422
    body = {"motives": [{"remark": remark["id"], "motive": "Non ci sono autobus."}]}
    assert program.ask("PUT", f"{url}/motives", body).json()["remarks"][0]["motive"] == "Non ci sono autobus."
    assert program.ask("POST", f"{url}/submit").json()["state"] == "submitted"


def test_a_motive_for_nothing_is_a_mistake(program: Program) -> None:
    vacancy = make_vacancy(program.company, state=VacancyState.DRAFT)
    body = {"motives": [{"remark": str(uuid4()), "motive": "Perché sì."}]}
    assert program.ask("PUT", f"/{vacancy.pk}/motives", body).status_code == 422


def test_the_same_delivery_is_one_vacancy(program: Program) -> None:
    content = program.content()
    answers = [program.ask("POST", body=content, **{"Idempotency-Key": "ordine-7"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Vacancy.objects.count() == 1
    other = program.ask("POST", body={**content, "posts": 9}, **{"Idempotency-Key": "ordine-7"})
    assert (other.status_code, Vacancy.objects.count()) == (422, 1)


def test_two_companies_may_use_the_same_word(program: Program) -> None:
    other = Program(make_company())
    for sender in (program, other):
        assert sender.ask("POST", body=sender.content(), **{"Idempotency-Key": "1"}).status_code == 201
    assert Vacancy.objects.count() == 2


def test_another_companys_vacancies_do_not_exist(program: Program) -> None:
    theirs = make_vacancy(make_company(), state=VacancyState.DRAFT)
    assert program.ask("GET").json()["items"] == []
    asked: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("PUT", "", program.content()),
        ("POST", "/submit", None),
        ("POST", "/withdraw", {"reason": "other"}),
    ]
    for method, path, body in asked:
        assert program.ask(method, f"/{theirs.pk}{path}", body).status_code == 404
    workplace = str(theirs.workplace_id)
    assert program.ask("POST", body=program.content(workplace=workplace)).status_code == 422


def test_scopes_keep_their_hands_apart() -> None:
    company = make_company()
    vacancy = make_vacancy(company, state=VacancyState.DRAFT)
    asked: dict[str, tuple[str, str, Any]] = {
        "GET": ("GET", "", None),
        "PUT": ("PUT", "", {}),
        "SUBMIT": ("POST", "/submit", None),
    }
    allowed = {}
    for scope in KeyScope:
        program = Program(company, scope)
        allowed[scope.value] = [
            name
            for name, (method, path, body) in asked.items()
            if program.ask(method, f"/{vacancy.pk}{path}", body).status_code != 403
        ]
    assert allowed == {"vacancies:read": ["GET"], "vacancies:write": ["PUT"], "vacancies:submit": ["SUBMIT"]}


def test_the_list_costs_the_same_for_one_and_three(program: Program, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_vacancy(program.company, state=VacancyState.DRAFT)
        program.ask("GET")
        with queries_of() as queries:
            assert len(program.ask("GET").json()["items"]) == Vacancy.objects.count()
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 10


def test_pages_cover_all_vacancies_once(program: Program) -> None:
    made = [str(make_vacancy(program.company, state=VacancyState.DRAFT).pk) for _ in range(3)]
    first = program.ask("GET", "?limit=2").json()
    second = program.ask("GET", f"?limit=2&cursor={first['next']}").json()
    assert [row["id"] for page in (first, second) for row in page["items"]] == made[::-1]
    assert (first["has_more"], second["has_more"]) == (True, False)


def test_the_history_names_the_key_and_no_person(program: Program) -> None:
    pk = program.ask("POST", body=program.content()).json()["id"]
    program.ask("POST", f"/{pk}/submit")
    transition = Vacancy.objects.get().transitions.get()
    assert transition.actor_id is None
    assert transition.actor_label.startswith(f"company @ {program.company}, key ")


def test_the_keys_of_a_closed_company_open_nothing(program: Program) -> None:
    company = program.company
    close_company(company=company, reason="ceased", closed_on=timezone.localdate(), by=BY)
    assert program.ask("GET").status_code == 401
    made_since = Program(company)
    answers = [made_since.ask("GET"), made_since.ask("POST", body=made_since.content())]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].json()["detail"] == "Il servizio per questa impresa è chiuso."


def test_a_vacancy_is_paused_and_resumed_by_the_rules_of_the_page(program: Program) -> None:
    vacancy = make_vacancy(program.company)
    path = f"/{vacancy.pk}"
    states = [program.ask("POST", f"{path}/{verb}").json()["state"] for verb in ("pause", "pause", "resume", "resume")]
    assert states == ["paused", "paused", "published", "published"]
    assert [t.to_state for t in vacancy.transitions.all()] == ["paused", "published"]
    draft = make_vacancy(program.company, state=VacancyState.DRAFT)
    refused = [program.ask("POST", f"/{draft.pk}/{verb}") for verb in ("pause", "resume")]
    assert [answer.status_code for answer in refused] == [409, 409]


def test_what_was_paused_past_its_end_is_not_resumed(program: Program) -> None:
    today = timezone.localdate()
    over = {"published_on": today - timedelta(days=40), "expires_on": today - timedelta(days=1)}
    vacancy = make_vacancy(program.company, state=VacancyState.PAUSED, **over)
    assert program.ask("POST", f"/{vacancy.pk}/resume").status_code == 409


def test_pausing_needs_the_scope_and_the_own_vacancy(program: Program) -> None:
    reader = Program(program.company, KeyScope.READ)
    own, other = make_vacancy(program.company), make_vacancy(make_company())
    for verb in ("pause", "resume"):
        assert reader.ask("POST", f"/{own.pk}/{verb}").status_code == 403
        assert program.ask("POST", f"/{other.pk}/{verb}").status_code == 404
