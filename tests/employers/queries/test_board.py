"""What the public board finds."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from employers.queries.board import BoardSearch, accreditation_of, board
from sportello.reference.enums import LabelKind
from sportello.reference.models import Occupation, OccupationLabel
from sportello.territory.enums import AccreditationKind, AccreditationStatus
from sportello.territory.models import Accreditation, Organisation
from sportello.territory.rules import Point, great_circle_km
from tests.support.employers import make_company, make_contract_type, make_occupation, make_vacancy
from tests.support.queries import queries_of
from tests.support.territory import make_desk, make_municipality, make_organisation

pytestmark = pytest.mark.django_db


def test_the_newest_come_first_in_one_query() -> None:
    company, today = make_company(), timezone.localdate()
    costs = []
    for days in ((2,), (0, 1)):
        for ago in days:
            make_vacancy(company, title=str(ago), published_on=today - timedelta(days=ago))
        with queries_of() as queries:
            found = [
                (v.title, v.company.organisation.name, v.workplace.municipality.name) for v in board(BoardSearch())
            ]
        costs.append(len(queries))
    assert [title for title, _, _ in found] == ["0", "1", "2"]
    assert costs == [1, 1]


def test_each_condition_narrows() -> None:
    company, internship = make_company(), make_contract_type("INTERNSHIP")
    plain = make_vacancy(company)
    part_time = make_vacancy(company, hours_kind="part_time")
    training = make_vacancy(company, contract_type=internship)
    assert set(board(BoardSearch())) == {plain, part_time, training}
    assert list(board(BoardSearch(hours_kind="part_time"))) == [part_time]
    assert list(board(BoardSearch(contract=internship.code))) == [training]
    assert list(board(BoardSearch(contract=internship.code, hours_kind="part_time"))) == []


@pytest.mark.parametrize(
    ("pay", "pays_1500"),
    [
        ({"pay_period": "month", "pay_min": 1000, "pay_max": 1499}, False),
        ({"pay_period": "month", "pay_min": 1000, "pay_max": 1500}, True),
        ({"pay_period": "year", "pay_min": 17000, "pay_max": 17999}, False),
        ({"pay_period": "year", "pay_min": 17000, "pay_max": 18000}, True),
        ({"pay_period": "hour", "pay_min": 8, "pay_max": 9, "weekly_hours": 20}, False),
        ({"pay_period": "hour", "pay_min": 8, "pay_max": 9, "weekly_hours": 40}, True),
    ],
    ids=["month under", "month", "year under", "year", "hour part time", "hour"],
)
def test_pay_of_any_period_is_compared_by_the_month(pay: dict[str, Any], pays_1500: bool) -> None:
    make_vacancy(**pay)
    assert board(BoardSearch(pay_from=1500)).exists() is pays_1500


def test_group_and_day_narrow() -> None:
    today = timezone.localdate()
    cook = make_vacancy(occupation=make_occupation("cuoco", isco08="5120"), published_on=today - timedelta(days=1))
    new = make_vacancy()
    assert list(board(BoardSearch(group="5"))) == [cook]
    assert list(board(BoardSearch(only_today=True))) == [new]


def test_distance_is_that_of_the_globe_from_the_workplace_itself() -> None:
    place = make_municipality(latitude=45.48, longitude=9.28)
    company = make_company(make_desk(municipality=make_municipality(latitude=45.60, longitude=9.28)))
    workplace = company.workplaces.get()
    workplace.latitude, workplace.longitude = 45.50, 9.40
    workplace.save()
    make_vacancy(company)
    km = great_circle_km(Point(45.48, 9.28), Point(45.50, 9.40))
    found = board(BoardSearch(place=place, km=10)).get()
    assert found.distance_km == pytest.approx(km, abs=0.001)  # type: ignore[attr-defined]
    assert not board(BoardSearch(place=place, km=int(km))).exists()


def test_a_town_without_a_point_narrows_nothing() -> None:
    vacancy = make_vacancy()
    place = make_municipality(latitude=None, longitude=None)
    assert list(board(BoardSearch(place=place, km=1))) == [vacancy]


def enrol(body: Organisation, **fields: object) -> Accreditation:
    values = {
        "organisation": body,
        "kind": AccreditationKind.WORK,
        "register_no": "0042",
        "status": AccreditationStatus.DEFINITIVE,
        "valid_from": timezone.localdate(),
    }
    return Accreditation.objects.create(**{**values, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": AccreditationKind.TRAINING},
        {"status": AccreditationStatus.SUSPENDED},
        {"valid_from": timezone.localdate() + timedelta(days=1)},
        {
            "valid_from": timezone.localdate() - timedelta(days=9),
            "valid_to": timezone.localdate() - timedelta(days=1),
        },
    ],
)
def test_an_enrolment_that_is_not_in_force_is_not_shown(fields: dict[str, object]) -> None:
    body = make_organisation()
    enrol(body, **fields)
    enrol(make_organisation())
    assert accreditation_of(body) is None


def test_the_newest_enrolment_in_force_is_shown_on_its_last_day_too() -> None:
    body, today = make_organisation(), timezone.localdate()
    enrol(body, valid_from=today - timedelta(days=90), valid_to=today - timedelta(days=10), register_no="1")
    newest = enrol(body, valid_from=today - timedelta(days=9), valid_to=today, status=AccreditationStatus.PROVISIONAL)
    assert accreditation_of(body) == newest


TITLES = {"addetto alle pulizie": "Pulizie in condominio", "magazziniere": "Preparazione ordini", "cuoco": "In cucina"}


@pytest.fixture
def jobs() -> dict[str, Occupation]:
    """Three jobs with a vacancy each, whose title does not name them; cleaners have an everyday name too."""
    cleaner = make_occupation("addetto alle pulizie", isco08="9112")
    OccupationLabel.objects.create(
        occupation=cleaner, kind=LabelKind.EVERYDAY, text="donna delle pulizie", search_key="donna delle pulizie"
    )
    jobs = {"addetto alle pulizie": cleaner}
    jobs |= {label: make_occupation(label) for label in TITLES if label not in jobs}
    make_occupation("capocuoco")
    company = make_company()
    for label, occupation in jobs.items():
        make_vacancy(company, title=TITLES[label], occupation=occupation)
    return jobs


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("donna delle pulizie", ["Pulizie in condominio"]),
        ("cerco lavoro come adetta alle pulizie part time", ["Pulizie in condominio"]),
        ("magaziniera", ["Preparazione ordini"]),
        ("CUOCHE", ["In cucina"]),
        ("xyzzy", []),
    ],
)
def test_everyday_words_and_typing_errors_find_the_job(
    jobs: dict[str, Occupation], words: str, found: list[str]
) -> None:
    assert [vacancy.title for vacancy in board(BoardSearch(words=words))] == found


def test_a_job_that_only_resembles_is_not_meant(jobs: dict[str, Occupation]) -> None:
    helper = make_occupation("aiuto cuoco")
    make_vacancy(make_company(), title="Lavapiatti", occupation=helper)
    assert [vacancy.title for vacancy in board(BoardSearch(words="cuoco"))] == ["In cucina"]
