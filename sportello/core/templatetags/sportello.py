"""Template tags that every page may use."""

import functools
import re
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sportello.core.api import harmless_json

register = template.Library()

_SYMBOL = re.compile(r'<symbol id="it-([a-z-]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)


@functools.cache
def _symbols() -> dict[str, tuple[str, str]]:
    """Name -> (viewBox, drawing) of Bootstrap Italia's icons, from the sprite its package brings."""
    path = finders.find("svg/sprites.svg")
    return {name: (box, drawing) for name, box, drawing in _SYMBOL.findall(Path(str(path)).read_text("utf-8"))}


@register.simple_tag
def icon(name: str, size: str = "sm") -> SafeString:
    """Decorative icon, hidden from screen readers: a word always stands beside it.

    Drawn inline, so that a phone does not fetch the whole sprite for three icons. `size` may carry more
    classes: "sm icon-white". Raises KeyError for a name the sprite lacks.
    """
    box, drawing = _symbols()[name]
    return format_html(
        '<svg class="icon icon-{}" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>',
        size,
        box,
        mark_safe(drawing),
    )


@register.simple_tag
def breadcrumb(*parts: str) -> SafeString:
    """The way to this page: label, address, label, address, ..., label of this page."""
    pairs = [(parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)]
    return mark_safe(render_to_string("includes/breadcrumb.html", {"trail": pairs}))


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """QR code of a receipt number as inline SVG; the number stands beside it in letters."""
    # Imported here: the drawing library is needed on receipts only.
    import qrcode
    from qrcode.image.svg import SvgPathImage

    drawing = qrcode.make(text, image_factory=SvgPathImage, border=2)
    svg: str = drawing.to_string(encoding="unicode")
    return mark_safe(svg.replace("<svg ", '<svg role="img" aria-label="QR" ', 1))


@register.simple_tag
def json_ld(data: object) -> SafeString:
    """Linked data for search engines; a browser runs nothing of it, and no text inside can close it."""
    return mark_safe(f'<script type="application/ld+json">{harmless_json(data)}</script>')
