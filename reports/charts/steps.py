"""A share that falls step by step, as SVG text; it starts from all and its scale from zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.charts.bars import COLOURS, INK, WIDTH

HEIGHT: Final = 200
# Room for the percents at the left, the months below, half a label at the right.
LEFT: Final = 44
RIGHT: Final = 14
TOP: Final = 12
BOTTOM: Final = 30
RULE: Final = "#d9dadb"


@dataclass(frozen=True)
class Mark:
    """After `month` months `percent` is left: None is suppressed and ends the line. `shown` is the number as people read it."""

    month: int
    percent: float | None
    label: str
    shown: str


def step_chart(*, name: str, title: str, marks: Sequence[Mark]) -> SafeString:
    """The share after each mark, in the order of their months; `name` makes the ids unique in the document. ValueError without marks.

    What happens between two marks is not told, so the line falls at the mark.
    """
    if not marks:
        raise ValueError("a line without marks")
    last = marks[-1].month

    def left(month: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * month / last, 1)

    def top(percent: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - percent / 100), 1)

    rules = format_html_join(
        "",
        '<path d="M{} {}H{}" stroke="{}"/><text x="{}" y="{}" font-size="12" text-anchor="end">{} %</text>',
        ((LEFT, top(p), WIDTH - RIGHT, RULE, LEFT - 6, top(p) + 4, p) for p in (0, 50, 100)),
    )
    months = format_html_join(
        "",
        '<text x="{}" y="{}" font-size="12" text-anchor="middle">{}</text>',
        ((left(mark.month), HEIGHT - BOTTOM + 18, mark.month) for mark in marks),
    )
    known = [(mark.month, mark.percent) for mark in _told(marks) if mark.percent is not None]
    path = f"M{left(0)} {top(100)}" + "".join(f"H{left(month)}V{top(percent)}" for month, percent in known)
    dots = format_html_join(
        "", '<circle cx="{}" cy="{}" r="3.5" fill="{}"/>', ((left(m), top(p), COLOURS[0]) for m, p in known)
    )
    line = format_html('<path d="{}" fill="none" stroke="{}" stroke-width="2.5"/>', path, COLOURS[0])
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {} {}" role="img"'
        ' font-family="Titillium Web, sans-serif" aria-labelledby="{}-title {}-desc" fill="{}">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        name,
        name,
        INK,
        name,
        title,
        name,
        "; ".join(f"{mark.label}: {mark.shown}" for mark in marks) + ".",
        rules,
        months,
        line,
        dots,
    )


def _told(marks: Sequence[Mark]) -> list[Mark]:
    """Up to the first one that is suppressed."""
    return [mark for i, mark in enumerate(marks) if all(m.percent is not None for m in marks[: i + 1])]
