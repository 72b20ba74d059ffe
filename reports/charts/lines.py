"""A small line of a figure through the semesters, as SVG text. It starts from zero, so that a small change looks small."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH: Final = 220
HEIGHT: Final = 48
# Room around the line for its points and half its stroke.
MARGIN: Final = 5
BLUE: Final = "#0066cc"
PALE: Final = "#e0ecf9"
GREY: Final = "#768594"


@dataclass(frozen=True)
class Point:
    """One period: `value` None is a gap in the line; `shown` is the number, or why there is none, as people read it."""

    label: str
    value: float | None
    shown: str


def sparkline(*, name: str, title: str, points: Sequence[Point]) -> SafeString:
    """The line through the points, the last one marked; `name` makes the ids unique in the document.

    A gap breaks the line. ValueError without points.
    """
    if not points:
        raise ValueError("a line without points")
    highest = max(point.value or 0 for point in points) or 1
    step = (WIDTH - 2 * MARGIN) / max(len(points) - 1, 1)
    stretches: list[list[tuple[float, float]]] = [[]]
    for i, point in enumerate(points):
        if point.value is None:
            stretches.append([])
        else:
            height = (HEIGHT - 2 * MARGIN) * point.value / highest
            stretches[-1].append((round(MARGIN + i * step, 1), round(HEIGHT - MARGIN - height, 1)))
    known = [stretch for stretch in stretches if stretch]
    drawing = format_html_join("", "{}", ((_stretch(stretch),) for stretch in known))
    if points[-1].value is not None:
        left, top = known[-1][-1]
        drawing += format_html('<circle cx="{}" cy="{}" r="4" fill="{}"/>', left, top, BLUE)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="sparkline" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{}-title {}-desc"><title id="{}-title">{}</title><desc id="{}-desc">{}</desc>'
        '<path d="M0 {}H{}" stroke="{}"/>{}</svg>',
        WIDTH,
        HEIGHT,
        name,
        name,
        name,
        title,
        name,
        "; ".join(f"{point.label}: {point.shown}" for point in points) + ".",
        HEIGHT - MARGIN,
        WIDTH,
        GREY,
        drawing,
    )


def _stretch(stretch: list[tuple[float, float]]) -> SafeString:
    """A line with the surface under it; a point that stands alone between two gaps is a dot."""
    if len(stretch) == 1:
        return format_html('<circle cx="{}" cy="{}" r="2.5" fill="{}"/>', *stretch[0], BLUE)
    line = " ".join(f"{left} {top}" for left, top in stretch)
    return format_html(
        '<path d="M{} V{} H{}Z" fill="{}"/><path d="M{}" fill="none" stroke="{}" stroke-width="2.5"/>',
        line,
        HEIGHT - MARGIN,
        stretch[0][0],
        PALE,
        line,
        BLUE,
    )
