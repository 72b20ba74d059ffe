"""The open feed of vacancies: what it tells, what it never tells, and that no change slips past."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from employers.models import Vacancy
from employers.services.vacancy import (
    confirm_vacancy,
    expire_vacancies,
    pause_vacancy,
    resume_vacancy,
    withdraw_vacancy,
)
from employers.states import VacancyState
from sportello.accounts.scope import Scope
from sportello.reference.models import DrivingLicence, Language
from sportello.territory.models import Accreditation
from tests.support.employers import make_company, make_occupation, make_rule, make_skill, make_vacancy
from tests.support.queries import queries_of
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

FEED = "/api/v1/vacancies"
BY = Scope.of_process("tests")


@pytest.fixture(autouse=True)
def _unlimited() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def feed(**asked: Any) -> dict[str, Any]:
    answer = Client().get(FEED, asked)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def ids(page: dict[str, Any]) -> list[str]:
    return [line["id"] for line in page["items"]]


def told(page: dict[str, Any]) -> list[tuple[str, str, bool]]:
    return [(line["id"], line["state"], line["vacancy"] is not None) for line in page["items"]]


def test_a_line_says_all_that_the_page_says() -> None:
    desk = make_desk(slug="melzo", municipality=make_municipality(name="Melzo"))
    vacancy = make_vacancy(
        make_company(desk, name="Forno Rossi"),
        skills=[make_skill("Impastare")],
        bands=["1-morning"],
        schedule="lun-ven",
        posts=2,
    )
    vacancy.licences.add(DrivingLicence.objects.create(code="B", label="Patente B", position=1))
    italian = Language.objects.create(code="it", label="Italiano", position=1)
    vacancy.language_requirements.create(language=italian, level="A2")
    Accreditation.objects.create(
        organisation=desk.managed_by, kind="work", register_no="0042", status="definitive", valid_from="2020-01-01"
    )
    [line] = feed()["items"]
    assert line["vacancy"] == {
        "title": "Magazziniera o magazziniere",
        "description": "Prepari gli ordini.",
        "occupation": {
            "code": vacancy.occupation.code,
            "uri": vacancy.occupation.uri,
            "isco08": "4321",
            "label": "magazziniere",
            "label_en": "",
        },
        "contract": "PERMANENT",
        "collective_agreement_code": "",
        "posts": 2,
        "hours": {"kind": "full_time", "weekly": "40.0", "bands": ["1-morning"], "schedule": "lun-ven"},
        "pay": {"minimum": "1500.00", "maximum": "1800.00", "period": "month", "currency": "EUR"},
        "education": None,
        "years_experience": 0,
        "skills": [
            {
                "code": vacancy.skill_requirements.get().skill.code,
                "label": "Impastare",
                "relation": "essential",
            }
        ],
        "languages": [{"code": "it", "level": "A2"}],
        "licences": ["B"],
        "reference": vacancy.reference,
        "url": f"http://127.0.0.1:8000/offerte/{vacancy.pk}/",
        "employer": {
            "name": "Forno Rossi",
            "address": "Via Po 2",
            "municipality": {"istat_code": desk.municipality.istat_code, "name": "Melzo"},
            "latitude": None,
            "longitude": None,
        },
        "intermediary": {"name": desk.managed_by.name, "register_no": "0042", "desk": "melzo"},
        "published_on": vacancy.published_on.isoformat() if vacancy.published_on else None,
        "expires_on": vacancy.expires_on.isoformat() if vacancy.expires_on else None,
    }


def test_feed_costs_the_same_for_one_and_three(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}  # what they cost is not the feed's
    company, skill = make_company(), make_skill()
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_vacancy(company, skills=[skill])
        feed()
        with queries_of() as queries:
            assert len(feed()["items"]) == Vacancy.objects.count()
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 10


@pytest.mark.parametrize("state", [s for s in VacancyState if s != VacancyState.PUBLISHED])
def test_nothing_but_the_board_begins_the_feed(state: VacancyState) -> None:
    make_vacancy(state=state, title="Nascosta")
    make_vacancy(make_company(name="Mai letta"), state=VacancyState.DRAFT, published_on=None, expires_on=None)
    assert feed()["items"] == []


@pytest.mark.parametrize("state", [VacancyState.DRAFT, VacancyState.SUBMITTED, VacancyState.RETURNED])
def test_what_never_was_on_the_board_is_never_told(state: VacancyState) -> None:
    vacancy = make_vacancy(state=state, published_on=None, expires_on=None)
    assert feed(since="2020-01-01T00:00:00Z")["items"] == []
    assert Client().get(f"{FEED}/{vacancy.pk}").status_code == 404


def test_what_leaves_the_board_is_told_without_its_text() -> None:
    make_rule()
    vacancy = make_vacancy(title="Segreta da oggi")
    place = feed()["next"]
    withdraw_vacancy(vacancy=vacancy, reason="no_need", by=BY)
    answer = Client().get(FEED, {"cursor": place})
    assert told(answer.json()) == [(str(vacancy.pk), "withdrawn", False)]
    assert b"Segreta" not in answer.content


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("paused", "paused"),
        ("filled", "filled"),
        ("expired", "expired"),
        ("submitted", "expired"),
        ("returned", "expired"),
    ],
)
def test_the_work_of_the_desk_on_an_old_vacancy_stays_inside(state: str, said: str) -> None:
    vacancy = make_vacancy()
    Vacancy.objects.filter(pk=vacancy.pk).update(state=state)
    assert told(feed(since="2020-01-01T00:00:00Z")) == [(str(vacancy.pk), said, False)]
    moment = feed(since="2020-01-01T00:00:00Z")["items"][0]["changed_at"]
    Vacancy.objects.filter(pk=vacancy.pk).update(moderation_reason="cambia")
    assert feed(since="2020-01-01T00:00:00Z")["items"][0]["changed_at"] == moment


def test_one_that_lapsed_is_gone_before_the_night_closes_it() -> None:
    today = timezone.localdate()
    vacancy = make_vacancy(published_on=today - timedelta(days=9), expires_on=today - timedelta(days=1))
    assert told(feed()) == [(str(vacancy.pk), "expired", False)]
    place = feed()["next"]
    assert expire_vacancies(by=BY) == 1
    assert told(feed(cursor=place)) == [(str(vacancy.pk), "expired", False)]


def test_what_changes_comes_again_in_its_new_place() -> None:
    make_rule()
    company = make_company()
    one, two = make_vacancy(company), make_vacancy(company)
    first = feed()
    assert ids(first) == [str(one.pk), str(two.pk)]
    assert feed(cursor=first["next"])["items"] == []
    confirm_vacancy(vacancy=one, by=BY)
    again = feed(cursor=first["next"])
    assert told(again) == [(str(one.pk), "published", True)]
    pause_vacancy(vacancy=two, by=BY)
    resume_vacancy(vacancy=two, by=BY)
    assert told(feed(cursor=again["next"])) == [(str(two.pk), "published", True)]
    assert ids(feed()) == [str(one.pk), str(two.pk)]


def test_a_deleted_vacancy_leaves_its_line() -> None:
    vacancy = make_vacancy()
    pk, place = vacancy.pk, feed()["next"]
    vacancy.delete()
    assert told(feed(cursor=place)) == [(str(pk), "withdrawn", False)]


def test_pages_cover_everything_once() -> None:
    company = make_company()
    made = [str(make_vacancy(company).pk) for _ in range(5)]
    seen: list[str] = []
    page = feed(limit=2)
    while True:
        seen += ids(page)
        if not page["has_more"]:
            break
        page = feed(limit=2, cursor=page["next"])
    assert seen == made


def test_since_asks_for_what_changed_from_a_moment_on() -> None:
    make_vacancy()
    moment = timezone.now()
    gone, new = make_vacancy(), make_vacancy()
    withdraw_vacancy(vacancy=gone, reason="no_need", by=BY)
    assert told(feed(since=moment.isoformat())) == [
        (str(new.pk), "published", True),
        (str(gone.pk), "withdrawn", False),
    ]
    assert feed(since=timezone.now().isoformat())["items"] == []


@pytest.mark.parametrize(
    ("since", "found"),
    [("0001-01-01T00:00:00+14:00", 1), ("9999-12-31T23:59:59-14:00", 0)],
)
def test_the_ends_of_time_are_moments_too(since: str, found: int) -> None:
    make_vacancy()
    page = feed(since=since)
    assert len(page["items"]) == found
    assert feed(cursor=page["next"])["items"] == []


def test_codes_narrow_the_feed() -> None:
    here = make_company(make_desk(municipality=make_municipality(name="Qui")))
    cook = make_vacancy(here, occupation=make_occupation("cuoco", isco08="5120"), hours_kind="part_time")
    other = make_vacancy()
    narrowed = {
        "occupation": cook.occupation.code,
        "municipality": cook.workplace.municipality.istat_code,
        "hours": "part_time",
    }
    assert [ids(feed(**{name: value})) for name, value in narrowed.items()] == [[str(cook.pk)]] * 3
    assert set(ids(feed(contract="PERMANENT"))) == {str(cook.pk), str(other.pk)}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"occupation": "sconosciuto"}, "query.occupation"),
        ({"municipality": "000000"}, "query.municipality"),
        ({"contract": "NIENTE"}, "query.contract"),
        ({"contract": "\x00"}, "query.contract"),
        ({"hours": "sempre"}, "query.hours"),
        ({"limit": "0"}, "query.limit"),
        ({"since": "ieri"}, "query.since"),
        ({"since": "2026-01-01T00:00:00"}, "query.since"),
        ({"cursor": "boh"}, "query.cursor"),
        ({"cursor": "WyJhIiwiYiIsImMiXQ"}, "query.cursor"),
        ({"pagina": "2"}, "query.pagina"),
    ],
)
def test_a_mistake_is_an_error_and_not_an_empty_list(asked: dict[str, str], field: str) -> None:
    answer = Client().get(FEED, asked)
    body = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert ([found["field"] for found in body["errors"]], body["title"]) == ([field], "Richiesta non valida")


def test_errors_speak_the_readers_language() -> None:
    answer = Client().get(FEED, {"occupation": "x"}, headers={"Accept-Language": "en"})
    assert answer.json()["errors"] == [{"field": "query.occupation", "message": "Unknown code: x."}]


def test_html_in_any_text_arrives_harmless() -> None:
    evil = "<script>alert('&')</script>"
    company = make_company(name=evil)
    make_vacancy(company, title=evil, description=evil, schedule=evil)
    answer = Client().get(FEED)
    assert not set(b"<>&") & set(answer.content)
    assert answer.json()["items"][0]["vacancy"]["employer"]["name"] == evil
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/json; charset=utf-8", "nosniff")


def test_an_unchanged_feed_is_not_sent_again() -> None:
    vacancy = make_vacancy()
    first = Client().get(FEED)
    again = Client().get(FEED, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "public, max-age=60")
    assert first["Last-Modified"] == again["Last-Modified"]
    pause_vacancy(vacancy=vacancy, by=BY)
    assert Client().get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_one_vacancy_by_its_address() -> None:
    vacancy = make_vacancy()
    answer = Client().get(f"{FEED}/{vacancy.pk}")
    assert answer.json() == feed()["items"][0]
    withdraw_vacancy(vacancy=vacancy, reason="no_need", by=BY)
    gone = Client().get(f"{FEED}/{vacancy.pk}")
    assert (gone.status_code, gone.json()["detail"]) == (410, "L'offerta è uscita dalla bacheca: Ritirata.")
    assert Client().get(f"{FEED}/{uuid4()}").status_code == 404
    assert Client().get(f"{FEED}/boh").status_code == 400


def test_the_feed_names_no_person() -> None:
    company = make_company(contact_name="Carla Segreta", contact_email="segreta@example.org", contact_phone="02123")
    make_vacancy(company)
    text = Client().get(FEED).content.decode()
    assert [word for word in ("Segreta", "segreta@", "02123", company.vat_number) if word in text] == []
