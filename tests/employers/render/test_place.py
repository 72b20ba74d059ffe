"""The map of where a job is done."""

from xml.etree import ElementTree as ET

import pytest
from pytest_django import DjangoAssertNumQueries

from employers.models import Workplace
from employers.render.place import workplace_map
from sportello.territory.models import Municipality
from tests.support.employers import make_company
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def place(istat_code: str = "015205", **fields: float) -> Workplace:
    town = Municipality.objects.filter(istat_code=istat_code).first() or make_municipality(
        name="Segrate", istat_code=istat_code
    )
    return Workplace(company=make_company(), name="Magazzino", municipality=town, address="Via d'Asti 3 & 5", **fields)


def test_the_town_stands_out_among_its_neighbours(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here = place()
    make_municipality(name="Vimodrone", istat_code="015242")
    make_municipality(name="Melzo", istat_code="015142")
    with django_assert_num_queries(1):
        svg = ET.fromstring(workplace_map(here))
    areas = svg.findall(f"{SVG}g[@class='map-areas']/{SVG}path")
    assert [(area.findtext(f"{SVG}title"), area.get("class")) for area in areas] == [
        ("Segrate", "map-chosen"),
        ("Vimodrone", "map-plain"),
    ]
    assert svg.findtext(f"{SVG}desc") == "Segrate confina con: Vimodrone."
    assert svg.findall(f"{SVG}g[@class='map-marker map-marker-open']") == []


def test_a_point_that_is_known_is_marked_without_a_number() -> None:
    svg = ET.fromstring(workplace_map(place(latitude=45.49, longitude=9.32)))
    marks = svg.findall(f"{SVG}g[@class='map-marker map-marker-open']")
    assert [(mark.findtext(f"{SVG}title"), mark.findtext(f"{SVG}text")) for mark in marks] == [
        ("Magazzino, Segrate", "")
    ]


def test_no_map_outside_the_metropolitan_area() -> None:
    assert workplace_map(place("016024")) == ""
