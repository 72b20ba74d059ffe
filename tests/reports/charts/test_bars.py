"""Drawings say their data in words too."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.bars import Bar, StackedBar, bar_chart, stacked_chart

SVG = "{http://www.w3.org/2000/svg}"


def bars_of(svg: str) -> list[float]:
    return [float(r.attrib["width"]) for r in ET.fromstring(svg).findall(f"{SVG}rect")]


def test_the_description_is_the_data() -> None:
    svg = bar_chart(name="x", title="Età", bars=[Bar("giovani", 12, "12"), Bar("anziani", None, "non pubblicato")])
    root = ET.fromstring(svg)
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (
        "Età",
        "giovani: 12; anziani: non pubblicato.",
    )


def test_a_suppressed_bar_is_hatched_and_its_length_says_nothing() -> None:
    alone = bar_chart(name="x", title="t", bars=[Bar("a", None, "non pubblicato")])
    beside = bar_chart(name="x", title="t", bars=[Bar("a", None, "non pubblicato"), Bar("b", 900, "900")])
    assert [r.attrib["width"] for r in ET.fromstring(alone).findall(f"{SVG}rect")] == ["60"]
    assert bars_of(beside)[0] == 60
    assert "url(#x-hatch)" in alone


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_lengths_are_in_proportion(values: list[int]) -> None:
    lengths = bars_of(bar_chart(name="x", title="t", bars=[Bar(str(v), v, str(v)) for v in values]))
    longest = max(values) or 1
    assert lengths == [pytest.approx(275 * v / longest, abs=0.06) for v in values]


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_parts_add_up_to_the_whole_bar(women: int, men: int) -> None:
    svg = stacked_chart(
        name="x", title="t", legend=["Donne", "Uomini"], bars=[StackedBar("a", (women, men), f"{women}, {men}")]
    )
    first, second, *_legend = bars_of(svg)
    assert first + second == pytest.approx(275 if women + men else 0, abs=0.2)


def test_texts_are_escaped() -> None:
    assert "<script>" not in bar_chart(name="x", title="<script>", bars=[Bar("<script>", 1, "<script>")])


def test_large_numbers_are_written_as_in_the_tables() -> None:
    bars = [StackedBar("persone", (1591, 2635), "donne 1.591, uomini 2.635")]
    root = ET.fromstring(stacked_chart(name="x", title="t", legend=["Donne", "Uomini"], bars=bars))
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"1.591", "2.635", "4.226"} <= set(texts)
