"""The map as an SVG text, the same in a page and in a printed report.

Colours are presentation attributes beside the classes: the pages' security policy allows them, the PDF renderer
reads no style sheet inside an SVG, and a style sheet (dark print, forced colours) still overrides them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sportello.territory.render.geometry import Sheet, boundaries, sheet
from sportello.territory.rules import Point

WIDTH: Final = 640.0
LEGEND_ROW: Final = 22.0
MARGIN: Final = 4.0


class Fill(StrEnum):
    """How an area is painted; also its class, `map-<value>`."""

    PLAIN = "plain"
    CHOSEN = "chosen"
    ABSENT = "absent"
    STEP_1 = "step-1"
    STEP_2 = "step-2"
    STEP_3 = "step-3"
    STEP_4 = "step-4"
    STEP_5 = "step-5"


STEPS: Final = (Fill.STEP_1, Fill.STEP_2, Fill.STEP_3, Fill.STEP_4, Fill.STEP_5)

# One hue from light to dark, each step told from the next also in grey and by colour-blind readers.
COLOURS: Final[Mapping[Fill, str]] = {
    Fill.PLAIN: "#e6ecf2",
    Fill.CHOSEN: "#9fd0ff",
    Fill.STEP_1: "#dcebf9",
    Fill.STEP_2: "#a8cdf0",
    Fill.STEP_3: "#649fda",
    Fill.STEP_4: "#2a6db5",
    Fill.STEP_5: "#003e80",
}


class MarkerState(StrEnum):
    """How a marker is painted; also its class, `map-marker-<value>`. Shape tells it too: filled, hollow, dashed."""

    OPEN = "open"
    CLOSED = "closed"
    PLANNED = "planned"


# Fill, text, and dash of the ring.
MARKERS: Final[Mapping[MarkerState, tuple[str, str, str]]] = {
    MarkerState.OPEN: ("#008055", "#ffffff", "none"),
    MarkerState.CLOSED: ("#ffffff", "#17324d", "none"),
    MarkerState.PLANNED: ("#ffffff", "#17324d", "3 2"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality on the map: `label` is what a pointer or a screen reader finds on it."""

    istat_code: str
    label: str
    fill: Fill = Fill.PLAIN


@dataclass(frozen=True, slots=True)
class LegendEntry:
    fill: Fill
    label: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A place, with its number when there are several; with `href` it is a link that the keyboard reaches."""

    point: Point
    number: int | None
    label: str
    state: MarkerState = MarkerState.OPEN
    href: str = ""


def map_svg(
    *,
    name: str,
    title: str,
    description: str,
    areas: Sequence[Area],
    legend: Sequence[LegendEntry] = (),
    markers: Sequence[Marker] = (),
    legend_scale: float = 1.0,
    are_named: bool = False,
) -> SafeString:
    """An SVG element `WIDTH` units wide that shows just the given areas.

    `legend_scale` enlarges the legend (14 units high at 1) for a drawing that is shown small. `are_named` writes each
    label on its area: for few areas. `name` makes its ids unique in the document. KeyError for a municipality without boundary (see `is_drawable`),
    ValueError without areas. Markers off the areas are drawn where they fall, or cut at the edge.
    """
    drawing = sheet(frozenset(area.istat_code for area in areas), WIDTH)
    height = drawing.height + (LEGEND_ROW * legend_scale * len(legend) + 2 * MARGIN if legend else 0)
    hatched = any(area.fill is Fill.ABSENT for area in areas) or any(entry.fill is Fill.ABSENT for entry in legend)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="{} {} {} {}" role="{}"'
        ' aria-labelledby="{}-title {}-desc"><title id="{}-title">{}</title><desc id="{}-desc">{}</desc>'
        '{}<g class="map-areas" stroke="#5b6f82" stroke-width="0.5">{}</g>{}{}{}</svg>',
        -MARGIN,
        -MARGIN,
        round(WIDTH + 2 * MARGIN, 1),
        round(height + 2 * MARGIN, 1),
        "group" if any(marker.href for marker in markers) else "img",
        name,
        name,
        name,
        title,
        name,
        description,
        _hatch(name) if hatched else "",
        format_html_join(
            "",
            '<path class="map-{}" fill="{}" d="{}"><title>{}</title></path>',
            ((area.fill, _paint(area.fill, name), drawing.paths[area.istat_code], area.label) for area in areas),
        ),
        _names(areas, drawing) if are_named else "",
        _legend(legend, name, drawing.height, legend_scale),
        format_html_join(
            "", "{}", ((_marker(marker, drawing.projection.project(marker.point)),) for marker in markers)
        ),
    )


def is_drawable(istat_code: str) -> bool:
    """Whether the municipality has a boundary here (those of the metropolitan area do)."""
    return istat_code in boundaries()


def quantile_breaks(values: Iterable[float], steps: int = len(STEPS)) -> list[float]:
    """Lower limits of the steps after the first, so that the steps hold about as many values each.

    Equal values never part, so there are fewer limits when values repeat; none for no values.
    """
    ordered = sorted(values)
    limits = {ordered[len(ordered) * step // steps] for step in range(1, steps)} if ordered else set()
    return sorted(limits - {ordered[0]}) if ordered else []


def choropleth(
    values: Mapping[str, float | None],
    *,
    names: Mapping[str, str],
    show: Callable[[float], str],
    absent: str = "",
) -> tuple[list[Area], list[LegendEntry]]:
    """Areas and legend for one figure per municipality (ISTAT code), None where it is suppressed or unknown.

    `show` writes a figure as people read it; `absent` is the legend of the hatch ("Dato non disponibile" by default).
    """
    known = [value for value in values.values() if value is not None]
    breaks = quantile_breaks(known)
    absent = absent or _("Dato non disponibile")
    areas = [
        Area(code, f"{names[code]}: {absent.lower()}", Fill.ABSENT)
        if value is None
        else Area(code, f"{names[code]}: {show(value)}", STEPS[bisect_right(breaks, value)])
        for code, value in values.items()
    ]
    legend = []
    for step in range(len(breaks) + 1 if known else 0):
        inside = [value for value in known if bisect_right(breaks, value) == step]
        lowest, highest = show(min(inside)), show(max(inside))
        text = (
            lowest if lowest == highest else _("da %(lowest)s a %(highest)s") % {"lowest": lowest, "highest": highest}
        )
        legend.append(LegendEntry(STEPS[step], text))
    if len(known) < len(values):
        legend.append(LegendEntry(Fill.ABSENT, absent))
    return areas, legend


def _paint(fill: Fill, name: str) -> str:
    return f"url(#{name}-hatch)" if fill is Fill.ABSENT else COLOURS[fill]


def _hatch(name: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{}-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#f5f5f5"/><path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" stroke="#768594"/>'
        "</pattern></defs>",
        name,
    )


def _names(areas: Sequence[Area], drawing: Sheet) -> SafeString:
    """Each label in the middle of its area, with a pale edge so that it reads on a boundary too."""
    middles = ((area.label, drawing.middles[area.istat_code]) for area in areas)
    return format_html(
        '<g class="map-names" font-size="19" text-anchor="middle" fill="#17324d" stroke="#ffffff" stroke-width="4"'
        ' paint-order="stroke" stroke-linejoin="round" aria-hidden="true">{}</g>',
        format_html_join("", '<text x="{}" y="{}">{}</text>', ((x, y, label) for label, (x, y) in middles)),
    )


def _legend(entries: Sequence[LegendEntry], name: str, top: float, scale: float) -> SafeString:
    if not entries:
        return SafeString("")
    rows = (
        (
            round(LEGEND_ROW * row + 4, 1),
            entry.fill,
            _paint(entry.fill, name),
            round(LEGEND_ROW * row + 15, 1),
            entry.label,
        )
        for row, entry in enumerate(entries)
    )
    return format_html(
        '<g class="map-legend" transform="translate(0 {}) scale({})" font-size="14" fill="#17324d">{}</g>',
        round(top + MARGIN, 1),
        scale,
        format_html_join(
            "",
            '<rect x="0" y="{}" width="22" height="14" class="map-{}" fill="{}" stroke="#5b6f82"/>'
            '<text x="30" y="{}">{}</text>',
            rows,
        ),
    )


def _marker(marker: Marker, position: tuple[float, float]) -> SafeString:
    fill, ink, dash = MARKERS[marker.state]
    x, y = (round(value, 1) for value in position)
    drawing = format_html(
        '<circle cx="{}" cy="{}" r="15" fill="{}" stroke="#17324d" stroke-width="2" stroke-dasharray="{}"/>'
        '<text x="{}" y="{}" font-size="17" font-weight="700" text-anchor="middle" fill="{}">{}</text>',
        x,
        y,
        fill,
        dash,
        x,
        round(y + 6, 1),
        ink,
        "" if marker.number is None else marker.number,
    )
    if marker.href:
        return format_html(
            '<a class="map-marker map-marker-{}" href="{}" aria-label="{}"><title>{}</title>{}</a>',
            marker.state,
            marker.href,
            marker.label,
            marker.label,
            drawing,
        )
    return format_html(
        '<g class="map-marker map-marker-{}"><title>{}</title>{}</g>', marker.state, marker.label, drawing
    )
