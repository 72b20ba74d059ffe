"""Boundaries and their projection onto a drawing."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sportello.territory.render.geometry import Projection, boundaries, neighbours, path_data, sheet
from sportello.territory.rules import Point, great_circle_km

SEGRATE = "015205"
# The corners of the metropolitan area.
CORNERS = [(8.7, 45.15), (9.56, 45.65)]

places = st.builds(Point, st.floats(45.15, 45.65), st.floats(8.7, 9.56))


@pytest.fixture(scope="module")
def projection() -> Projection:
    return Projection.fitting(CORNERS, 640)


def test_every_metropolitan_municipality_has_closed_rings() -> None:
    outlines = boundaries()
    assert len(outlines) == 133
    assert all(ring[0] == ring[-1] and len(ring) > 3 for rings in outlines.values() for ring in rings)


def test_neighbours_share_their_line() -> None:
    """Simplified as one coverage: most of Segrate's line is also, reversed or not, a neighbour's."""

    def sides(code: str) -> set[frozenset[tuple[float, float]]]:
        return {frozenset(side) for ring in boundaries()[code] for side in pairwise(ring)}

    others = set().union(*(sides(code) for code in boundaries() if code != SEGRATE))
    assert sides(SEGRATE) <= others


def test_corners_fall_on_the_edges(projection: Projection) -> None:
    assert projection.project(Point(45.65, 8.7)) == pytest.approx((0, 0))
    assert projection.project(Point(45.15, 9.56))[0] == pytest.approx(640)


def test_no_breadth_is_refused() -> None:
    with pytest.raises(ValueError, match="breadth"):
        Projection.fitting([(9.2, 45.4), (9.2, 45.5)], 640)


@given(places, places)
def test_drawn_distances_are_right_within_half_a_percent(a: Point, b: Point) -> None:
    projection = Projection.fitting(CORNERS, 640)
    kilometre = projection.units / (math.radians(1) * 6371.0088)
    drawn = math.dist(projection.project(a), projection.project(b)) / kilometre
    assert drawn == pytest.approx(great_circle_km(a, b), rel=0.005, abs=0.001)


@given(places, places)
def test_north_is_up_and_east_is_right(a: Point, b: Point) -> None:
    projection = Projection.fitting(CORNERS, 640)
    (ax, ay), (bx, by) = projection.project(a), projection.project(b)
    assert (a.longitude <= b.longitude) == (ax <= bx) or math.isclose(ax, bx)
    assert (a.latitude <= b.latitude) == (ay >= by) or math.isclose(ay, by)


def test_sheet_holds_just_the_codes_asked_for() -> None:
    drawing = sheet(frozenset({SEGRATE, "015142"}), 640)
    assert set(drawing.paths) == {SEGRATE, "015142"}
    assert drawing.width == 640
    assert drawing.height > 0


def test_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError):
        sheet(frozenset({"000000"}), 640)


def test_path_steps_add_up_to_the_projected_points(projection: Projection) -> None:
    (ring,) = boundaries()[SEGRATE]
    start, steps = re.fullmatch(r"M([-\d. ]+)l([-\d. ]+)z", path_data([ring], projection)).groups()  # type: ignore[union-attr]
    x, y = (float(value) for value in start.split())
    numbers = [float(value) for value in steps.split()]
    drawn = [(x, y)]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        drawn.append((x, y))
    last = projection.project(Point(ring[-2][1], ring[-2][0]))
    assert drawn[-1] == pytest.approx(last, abs=0.06)


@given(st.sampled_from(sorted(boundaries())))
def test_who_touches_is_touched_and_nobody_touches_itself(code: str) -> None:
    assert code not in neighbours(code)
    assert all(code in neighbours(other) for other in neighbours(code))


def test_segrate_touches_the_towns_around_it() -> None:
    # Milano, Vimodrone, Pioltello and Peschiera Borromeo.
    assert neighbours(SEGRATE) == {"015146", "015242", "015175", "015171"}


def test_the_middle_of_each_area_is_on_the_sheet() -> None:
    drawn = sheet(frozenset(boundaries()), 640)
    assert drawn.middles.keys() == drawn.paths.keys()
    assert all(0 < x < drawn.width and 0 < y < drawn.height for x, y in drawn.middles.values())
