"""Boundaries of the metropolitan municipalities, from degrees to the plane of a drawing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from sportello.territory.rules import Point

BOUNDARIES: Final = Path(__file__).resolve().parents[1] / "data" / "metropolitan_boundaries.geojson"
# Tenths of a unit: on a drawing 640 units wide that is finer than a screen's pixel.
DECIMALS: Final = 1

Ring = tuple[tuple[float, float], ...]
"""Closed line of (longitude, latitude) in degrees."""


@cache
def boundaries() -> Mapping[str, tuple[Ring, ...]]:
    """Rings of each municipality by ISTAT code; read once for the life of the process."""
    features = json.loads(BOUNDARIES.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["istat_code"]: tuple(
            tuple((lon, lat) for lon, lat in ring) for polygon in feature["geometry"]["coordinates"] for ring in polygon
        )
        for feature in features
    }


@cache
def neighbours(istat_code: str) -> frozenset[str]:
    """Municipalities that touch it: their boundaries share a point. KeyError for one without boundary."""
    border = {point for ring in boundaries()[istat_code] for point in ring}
    return frozenset(
        code
        for code, rings in boundaries().items()
        if code != istat_code and any(point in border for ring in rings for point in ring)
    )


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular: longitude shrunk by the cosine of the middle latitude, north upwards.

    Over the 60 km of the metropolitan area the distances it draws are right within 0.5%.
    `units` are drawing units per degree of latitude.
    """

    west: float
    north: float
    shrink: float
    units: float

    @classmethod
    def fitting(cls, points: Iterable[tuple[float, float]], width: float) -> Projection:
        """The projection that spreads (longitude, latitude) `points` over `width` units. ValueError for none."""
        longitudes, latitudes = zip(*points, strict=True)
        shrink = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
        breadth = (max(longitudes) - min(longitudes)) * shrink
        if breadth <= 0:
            raise ValueError("the points have no breadth")
        return cls(west=min(longitudes), north=max(latitudes), shrink=shrink, units=width / breadth)

    def project(self, point: Point) -> tuple[float, float]:
        """Drawing coordinates (x to the right, y downwards)."""
        return (
            (point.longitude - self.west) * self.shrink * self.units,
            (self.north - point.latitude) * self.units,
        )


@dataclass(frozen=True)
class Sheet:
    """A drawing ready to be coloured: SVG path data and middle of each area by ISTAT code, and the size in units."""

    projection: Projection
    width: float
    height: float
    paths: Mapping[str, str]
    middles: Mapping[str, tuple[float, float]]


@lru_cache(maxsize=32)
def sheet(codes: frozenset[str], width: float) -> Sheet:
    """Outlines of the municipalities `codes` (ISTAT), as wide as the sheet. KeyError for an unknown code."""
    rings = {code: boundaries()[code] for code in sorted(codes)}
    projection = Projection.fitting((point for outline in rings.values() for ring in outline for point in ring), width)
    south = min(lat for outline in rings.values() for ring in outline for _, lat in ring)
    return Sheet(
        projection=projection,
        width=width,
        height=round((projection.north - south) * projection.units, DECIMALS),
        paths={code: path_data(outline, projection) for code, outline in rings.items()},
        middles={code: _middle(outline, projection) for code, outline in rings.items()},
    )


def _middle(outline: Iterable[Ring], projection: Projection) -> tuple[float, float]:
    """The middle of the box around the longest ring, in drawing units: near enough for a name."""
    longest = max(outline, key=len)
    longitudes, latitudes = zip(*longest, strict=True)
    middle = Point((min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2)
    x, y = projection.project(middle)
    return round(x, DECIMALS), round(y, DECIMALS)


def path_data(outline: Iterable[Ring], projection: Projection) -> str:
    """SVG path data in steps relative to rounded points, so that rounding never adds up along a line."""
    parts = []
    for ring in outline:
        points = [
            (round(x, DECIMALS), round(y, DECIMALS))
            for x, y in (projection.project(Point(lat, lon)) for lon, lat in ring[:-1])
        ]
        steps = (
            f"{_short(after[0] - before[0])} {_short(after[1] - before[1])}"
            for before, after in pairwise(points)
            if after != before
        )
        parts.append(f"M{_short(points[0][0])} {_short(points[0][1])}l{' '.join(steps)}z")
    return "".join(parts)


def _short(value: float) -> str:
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
