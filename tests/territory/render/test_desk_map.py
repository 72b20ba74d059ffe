"""The map of the desks."""

from datetime import datetime
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from sportello.territory.enums import DeskState
from sportello.territory.queries import desk_cards
from sportello.territory.render.desk_map import desk_map
from tests.support.territory import WORKING_MORNINGS, make_desk, make_municipality

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
MONDAY_AT_TEN = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Rome"))


def test_desks_are_numbered_links_on_the_served_municipalities(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    segrate = make_municipality(name="Segrate", istat_code="015205", latitude=45.4818, longitude=9.2820)
    melzo = make_municipality(name="Melzo", istat_code="015142", latitude=45.5, longitude=9.42)
    make_desk(slug="a", name="A", municipality=segrate, serves=[segrate, melzo], hours=WORKING_MORNINGS)
    make_desk(slug="b", name="B", municipality=segrate)
    make_desk(slug="c", name="C", municipality=segrate, state=DeskState.PLANNED)
    cards = desk_cards(now=MONDAY_AT_TEN)
    with django_assert_num_queries(0):
        svg = ET.fromstring(desk_map(cards, chosen=melzo))
    areas = svg.findall(f"{SVG}g[@class='map-areas']/{SVG}path")
    assert [(area.findtext(f"{SVG}title"), area.get("class")) for area in areas] == [
        ("Melzo", "map-chosen"),
        ("Segrate", "map-plain"),
    ]
    assert [(link.get("href"), link.get("aria-label"), link.get("class")) for link in svg.findall(f"{SVG}a")] == [
        ("/sportelli/a/", "1. A: aperto adesso", "map-marker map-marker-open"),
        ("/sportelli/b/", "2. B: chiuso adesso", "map-marker map-marker-closed"),
        ("/sportelli/c/", "3. C: non ancora aperto", "map-marker map-marker-planned"),
    ]
    assert svg.findtext(f"{SVG}desc") == "3 sportelli, con lo stesso numero che hanno nell'elenco."


def test_a_desk_outside_the_boundaries_keeps_its_number_in_the_list_only() -> None:
    segrate = make_municipality(name="Segrate", istat_code="015205")
    make_desk(slug="bergamo", name="A Bergamo", municipality=make_municipality(istat_code="016024"))
    make_desk(slug="segrate", name="B Segrate", municipality=segrate)
    svg = ET.fromstring(desk_map(desk_cards(now=MONDAY_AT_TEN)))
    assert [link.findtext(f"{SVG}text") for link in svg.findall(f"{SVG}a")] == ["2"]


def test_no_map_without_boundaries() -> None:
    make_desk(municipality=make_municipality(istat_code="016024"))
    assert desk_map(desk_cards(now=MONDAY_AT_TEN)) == ""
    assert desk_map([]) == ""
