"""The desks in the open data."""

from datetime import time

import pytest
from django.test import Client

from sportello.territory.models import OpeningHours
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db


def test_a_desk_says_where_when_and_for_whom() -> None:
    here, near = make_municipality(name="Qui"), make_municipality(name="Vicino")
    desk = make_desk(municipality=here, serves=[here, near], slug="qui")
    OpeningHours.objects.create(desk=desk, weekday=1, opens=time(9), closes=time(12, 30))
    answer = Client().get("/api/v1/desks")
    assert answer.json()["items"] == [
        {
            "slug": "qui",
            "name": desk.name,
            "kind": desk.kind,
            "state": "open",
            "address": desk.address,
            "municipality": {"istat_code": here.istat_code, "name": "Qui"},
            "latitude": desk.latitude,
            "longitude": desk.longitude,
            "phone": desk.phone,
            "email": desk.email,
            "managed_by": desk.managed_by.name,
            "opening_hours": [{"weekday": 1, "opens": "09:00:00", "closes": "12:30:00"}],
            "serves": sorted([here.istat_code, near.istat_code]),
        }
    ]
    assert answer["Cache-Control"] == "public, max-age=600"


def test_a_town_asks_for_the_desks_that_serve_it() -> None:
    here = make_municipality()
    mine = make_desk(municipality=here, serves=[here])
    make_desk()
    asked = Client().get("/api/v1/desks", {"municipality": here.istat_code}).json()
    assert [desk["slug"] for desk in asked["items"]] == [mine.slug]


def test_an_unknown_town_is_a_mistake() -> None:
    assert Client().get("/api/v1/desks", {"municipality": "999999"}).status_code == 400


def test_a_closed_desk_is_not_shown() -> None:
    make_desk(state="closed")
    assert Client().get("/api/v1/desks").json()["items"] == []
