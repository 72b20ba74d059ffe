"""The map as an SVG text."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sportello.territory.render.map import (
    STEPS,
    Area,
    Fill,
    LegendEntry,
    Marker,
    MarkerState,
    choropleth,
    is_drawable,
    map_svg,
    quantile_breaks,
)
from sportello.territory.rules import Point

SVG = "{http://www.w3.org/2000/svg}"
SEGRATE, MELZO, PIOLTELLO = "015205", "015142", "015175"
NAMES = {SEGRATE: "Segrate", MELZO: "Melzo", PIOLTELLO: "Pioltello"}


def parsed(**arguments: object) -> ET.Element:
    given_or_default = {"name": "prova", "title": "Titolo", "description": "Descrizione", **arguments}
    return ET.fromstring(map_svg(**given_or_default))  # type: ignore[arg-type]


def test_names_itself_to_screen_readers() -> None:
    svg = parsed(areas=[Area(SEGRATE, "Segrate")])
    assert svg.get("role") == "img"
    ids = (svg.get("aria-labelledby") or "").split()
    named = {element.get("id"): element.text for element in svg.iter()}
    assert [named[identifier] for identifier in ids] == ["Titolo", "Descrizione"]


def test_areas_have_class_colour_and_label() -> None:
    svg = parsed(areas=[Area(SEGRATE, "Segrate: 5%", Fill.STEP_4), Area(MELZO, "Melzo")])
    areas = svg.findall(f"{SVG}g[@class='map-areas']/{SVG}path")
    assert [(a.get("class"), a.findtext(f"{SVG}title")) for a in areas] == [
        ("map-step-4", "Segrate: 5%"),
        ("map-plain", "Melzo"),
    ]
    assert [a.get("fill") for a in areas] == ["#2a6db5", "#e6ecf2"]


def test_absent_value_is_hatched_with_a_pattern_of_this_drawing() -> None:
    svg = parsed(areas=[Area(SEGRATE, "Segrate", Fill.ABSENT)])
    assert svg.find(f".//{SVG}pattern").get("id") == "prova-hatch"  # type: ignore[union-attr]
    assert svg.find(f"{SVG}g/{SVG}path").get("fill") == "url(#prova-hatch)"  # type: ignore[union-attr]
    assert parsed(areas=[Area(SEGRATE, "Segrate")]).find(f".//{SVG}pattern") is None


def test_no_inline_style_and_hostile_names_are_escaped() -> None:
    text = map_svg(
        name="prova", title="<script>", description="&", areas=[Area(SEGRATE, '"><script>alert(1)</script>')]
    )
    assert "<script" not in text
    assert re.search(r"\bstyle=|<style", text) is None


def test_linked_marker_is_reached_and_named() -> None:
    here = Point(45.4818, 9.2820)
    svg = parsed(
        areas=[Area(SEGRATE, "Segrate")],
        markers=[
            Marker(here, 1, "Sportello di Segrate", href="/sportelli/segrate/"),
            Marker(here, 2, "In programma", MarkerState.PLANNED),
        ],
    )
    assert svg.get("role") == "group"
    (link,) = svg.findall(f"{SVG}a")
    assert (link.get("href"), link.get("aria-label")) == ("/sportelli/segrate/", "Sportello di Segrate")
    (mark,) = svg.findall(f"{SVG}g[@class='map-marker map-marker-planned']")
    assert mark.findtext(f"{SVG}text") == "2"


def test_marker_falls_inside_its_municipality() -> None:
    svg = parsed(areas=[Area(SEGRATE, "Segrate")], markers=[Marker(Point(45.4818, 9.2820), 1, "Qui")])
    left, top, width, height = (float(value) for value in (svg.get("viewBox") or "").split())
    circle = svg.find(f".//{SVG}circle")
    assert circle is not None
    assert left < float(circle.get("cx") or 0) < left + width
    assert top < float(circle.get("cy") or 0) < top + height


def test_legend_makes_room_for_itself() -> None:
    def height(svg: ET.Element) -> float:
        return float((svg.get("viewBox") or "").split()[3])

    areas = [Area(SEGRATE, "Segrate")]
    entries = [LegendEntry(Fill.STEP_1, "poco"), LegendEntry(Fill.ABSENT, "manca")]
    with_legend = parsed(areas=areas, legend=entries)
    assert height(with_legend) > height(parsed(areas=areas)) + 40
    assert [text.text for text in with_legend.iter(f"{SVG}text")] == ["poco", "manca"]


def test_area_without_boundary_is_refused() -> None:
    assert (is_drawable(SEGRATE), is_drawable("016024")) == (True, False)
    with pytest.raises(KeyError):
        parsed(areas=[Area("016024", "Bergamo")])


def test_choropleth_tells_values_and_absences() -> None:
    areas, legend = choropleth({SEGRATE: 10, MELZO: None, PIOLTELLO: 20}, names=NAMES, show=lambda value: f"{value}%")
    assert areas == [
        Area(SEGRATE, "Segrate: 10%", Fill.STEP_1),
        Area(MELZO, "Melzo: dato non disponibile", Fill.ABSENT),
        Area(PIOLTELLO, "Pioltello: 20%", Fill.STEP_2),
    ]
    assert legend == [
        LegendEntry(Fill.STEP_1, "10%"),
        LegendEntry(Fill.STEP_2, "20%"),
        LegendEntry(Fill.ABSENT, "Dato non disponibile"),
    ]


def test_choropleth_with_nothing_known_is_all_hatch() -> None:
    areas, legend = choropleth({SEGRATE: None}, names=NAMES, show=str, absent="Dato protetto")
    assert areas == [Area(SEGRATE, "Segrate: dato protetto", Fill.ABSENT)]
    assert legend == [LegendEntry(Fill.ABSENT, "Dato protetto")]


@given(st.lists(st.integers(0, 50).map(float), max_size=200))
def test_steps_are_few_rising_and_never_empty(values: list[float]) -> None:
    breaks = quantile_breaks(values)
    assert breaks == sorted(set(breaks))
    assert len(breaks) < len(STEPS)
    codes = [f"{number:06d}" for number in range(len(values))]
    areas, legend = choropleth(
        dict(zip(codes, values, strict=True)), names=dict.fromkeys(codes, "X"), show=lambda value: f"{value:.0f}"
    )
    assert {area.fill for area in areas} == {entry.fill for entry in legend}
    by_value = {value: area.fill for value, area in zip(values, areas, strict=True)}
    fills = [by_value[value] for value in sorted(by_value)]
    assert fills == sorted(fills, key=STEPS.index)


def test_a_larger_legend_makes_more_room() -> None:
    entries = [LegendEntry(Fill.STEP_1, "poco"), LegendEntry(Fill.STEP_2, "tanto")]
    heights = [
        float(
            (parsed(areas=[Area(SEGRATE, "Segrate")], legend=entries, legend_scale=scale).get("viewBox") or "").split()[
                3
            ]
        )
        for scale in (1.0, 2.0)
    ]
    assert heights[1] - heights[0] == pytest.approx(2 * 22, abs=0.2)


def test_names_stand_on_their_areas_when_asked() -> None:
    areas = [Area("015205", "Segrate"), Area("015142", "Melzo & dintorni")]
    plain, named = (
        ET.fromstring(map_svg(name="x", title="t", description="d", areas=areas, are_named=named))
        for named in (False, True)
    )
    assert plain.find(f"{SVG}g[@class='map-names']") is None
    names = named.find(f"{SVG}g[@class='map-names']")
    assert names is not None
    assert [text.text for text in names] == ["Segrate", "Melzo & dintorni"]
    assert names.get("aria-hidden") == "true"
