"""Bars as SVG text: the same drawing in a page and in a printed edition.

Colours and sizes are presentation attributes, which the pages' security policy allows and the PDF renderer reads. Texts stay
texts. What a bar says is also written beside it, so no colour has to be told from another. Labels stand above their bars: a drawing
no wider than a phone keeps its letters readable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from textwrap import shorten
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sportello.core.text import grouped

WIDTH: Final = 340
ROW: Final = 46
BAR: Final = 18
# From the top of a row to its bar, under the label; and from the top of a bar to the foot of the letters in it.
LABEL_HEIGHT: Final = 22
BASELINE: Final = 14
# Room at the end of the longest bar for its number.
VALUE_WIDTH: Final = 65
LEGEND: Final = 30
INK: Final = "#17324d"
COLOURS: Final = ("#0066cc", "#e28a00", "#5d7083")
# White on blue and grey, ink on the amber: each at least 4.5 to 1.
INKS: Final = ("#ffffff", INK, "#ffffff")
# Letters of a label that fit the drawing's width.
LONGEST_LABEL: Final = 46
# A part narrower than this has no room for its number; the table beside the chart has it.
NARROWEST_WITH_NUMBER: Final = 34


@dataclass(frozen=True)
class Bar:
    """One row: `value` None is suppressed and drawn hatched; `shown` is the number as people read it."""

    label: str
    value: float | None
    shown: str


@dataclass(frozen=True)
class StackedBar:
    """One row in parts, in the order of the legend; `parts` None is suppressed."""

    label: str
    parts: tuple[int, ...] | None
    shown: str


def bar_chart(*, name: str, title: str, bars: Sequence[Bar]) -> SafeString:
    """Horizontal bars from zero; `name` makes the ids unique in the document. ValueError without bars."""
    longest = max(bar.value or 0 for bar in bars) or 1
    rows = format_html_join(
        "",
        "{}{}",
        (
            (
                _label(bar.label, row),
                _absent(name, row, bar.shown)
                if bar.value is None
                else _solid(0, _length(bar.value, longest), row, COLOURS[0])
                + _number(_length(bar.value, longest) + 8, row, bar.shown),
            )
            for row, bar in enumerate(bars)
        ),
    )
    return _svg(
        name=name,
        title=title,
        description=_sentence(bars),
        drawing=rows,
        height=ROW * len(bars),
        is_hatched=any(bar.value is None for bar in bars),
    )


def stacked_chart(*, name: str, title: str, legend: Sequence[str], bars: Sequence[StackedBar]) -> SafeString:
    """Each bar in parts that add up, all on one scale; the number stands in a part where it fits. ValueError without bars."""
    longest = max(sum(bar.parts or ()) for bar in bars) or 1
    rows = format_html_join(
        "",
        "{}{}",
        (
            (
                _label(bar.label, row),
                _absent(name, row, bar.shown) if bar.parts is None else _parts(bar, row, longest),
            )
            for row, bar in enumerate(bars)
        ),
    )
    key = format_html_join(
        "",
        '<rect x="{}" y="{}" width="14" height="14" fill="{}"/><text x="{}" y="{}">{}</text>',
        (
            (
                110 * i,
                8 + ROW * len(bars),
                COLOURS[i],
                110 * i + 20,
                20 + ROW * len(bars),
                text,
            )
            for i, text in enumerate(legend)
        ),
    )
    return _svg(
        name=name,
        title=title,
        description=_sentence(bars),
        drawing=rows + key,
        height=ROW * len(bars) + LEGEND,
        is_hatched=any(bar.parts is None for bar in bars),
    )


def _sentence(bars: Sequence[Bar | StackedBar]) -> str:
    """The description is the data."""
    return "; ".join(f"{bar.label}: {bar.shown}" for bar in bars) + "."


def _length(value: float, longest: float) -> float:
    return round((WIDTH - VALUE_WIDTH) * value / longest, 1)


def _top(row: int) -> int:
    return row * ROW + LABEL_HEIGHT


def _label(text: str, row: int) -> SafeString:
    """A long name is cut; the description and the table beside the chart have it whole."""
    cut = shorten(text, LONGEST_LABEL, placeholder="…")
    return format_html('<text x="0" y="{}">{}</text>', row * ROW + LABEL_HEIGHT - 6, cut)


def _solid(left: float, length: float, row: int, colour: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        round(left, 1),
        _top(row),
        length,
        BAR,
        colour,
    )


def _number(left: float, row: int, text: str) -> SafeString:
    return format_html('<text x="{}" y="{}" font-weight="600">{}</text>', round(left, 1), _top(row) + BASELINE, text)


def _parts(bar: StackedBar, row: int, longest: float) -> SafeString:
    parts = bar.parts or ()
    ends = [_length(end, longest) for end in accumulate(parts)]
    starts = [0.0, *ends[:-1]]
    drawn = format_html_join(
        "",
        "{}{}",
        (
            (
                _solid(start, round(end - start, 1), row, COLOURS[i]),
                format_html(
                    '<text x="{}" y="{}" text-anchor="middle" font-size="13" fill="{}">{}</text>',
                    round((start + end) / 2, 1),
                    _top(row) + BASELINE,
                    INKS[i],
                    grouped(part),
                )
                if end - start >= NARROWEST_WITH_NUMBER
                else "",
            )
            for i, (start, end, part) in enumerate(zip(starts, ends, parts, strict=True))
        ),
    )
    return drawn + _number((ends[-1] if ends else 0) + 8, row, grouped(sum(parts)))


def _absent(name: str, row: int, shown: str) -> SafeString:
    """A hatched stub of fixed length: it says that there is a number, not how large."""
    return format_html(
        '<rect x="0.5" y="{}" width="60" height="{}" fill="url(#{}-hatch)" stroke="#768594"/>',
        _top(row),
        BAR,
        name,
    ) + _number(68, row, shown)


def _svg(*, name: str, title: str, description: str, drawing: SafeString, height: int, is_hatched: bool) -> SafeString:
    hatch = format_html(
        '<defs><pattern id="{}-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#f5f5f5"/><path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" stroke="#768594"/>'
        "</pattern></defs>",
        name,
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {} {}" role="img"'
        ' font-family="Titillium Web, sans-serif"'
        ' aria-labelledby="{}-title {}-desc" font-size="14" fill="{}"><title id="{}-title">{}</title>'
        '<desc id="{}-desc">{}</desc>{}{}</svg>',
        WIDTH,
        height,
        name,
        name,
        INK,
        name,
        title,
        name,
        description,
        hatch if is_hatched else "",
        drawing,
    )
