"""A line says what the figures say, and where there is none."""

import re

import pytest

from reports.charts.lines import HEIGHT, MARGIN, Point, sparkline


def drawn(*values: float | None) -> str:
    points = [Point(f"S{i}", value, "–" if value is None else str(value)) for i, value in enumerate(values)]
    return str(sparkline(name="prova", title="Persone", points=points))


def heights(svg: str) -> list[float]:
    """Tops of the points of the stroked lines, in order."""
    lines = re.findall(r'<path d="M([\d. ]+)" fill="none"', svg)
    return [float(number) for line in lines for number in line.split()[1::2]]


def test_the_line_starts_from_zero() -> None:
    assert heights(drawn(0, 50, 100)) == [HEIGHT - MARGIN, HEIGHT / 2, MARGIN]


def test_title_and_description_name_every_number() -> None:
    svg = drawn(3, 4)
    assert '<title id="prova-title">Persone</title>' in svg
    assert '<desc id="prova-desc">S0: 3; S1: 4.</desc>' in svg
    assert 'role="img" aria-labelledby="prova-title prova-desc"' in svg


def test_a_gap_breaks_the_line_and_a_lonely_point_is_a_dot() -> None:
    svg = drawn(10, 10, None, 10, None)
    assert len(re.findall('fill="none"', svg)) == 1
    assert re.findall(r'<circle [^>]*r="([\d.]+)"', svg) == ["2.5"]


def test_the_last_known_point_is_marked_only_if_it_is_the_last_period() -> None:
    assert 'r="4"' in drawn(1, 2)
    assert 'r="4"' not in drawn(1, 2, None)


def test_all_zero_is_a_flat_line() -> None:
    assert heights(drawn(0, 0)) == [HEIGHT - MARGIN] * 2


def test_no_points_is_an_error() -> None:
    with pytest.raises(ValueError, match="without points"):
        drawn()


def test_what_people_wrote_is_escaped() -> None:
    assert "<script>" not in str(sparkline(name="x", title="<script>", points=[Point("a", 1, "1")]))
