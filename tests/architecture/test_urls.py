"""One address, one page."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver


def _routes(resolver: Any, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        else:
            yield route


def test_no_page_hides_another() -> None:
    """Of two pages with the same address only the first would ever answer."""
    # An operation of the API shares its address with others, told apart by the method.
    pages = Counter(route for route in _routes(get_resolver()) if not route.startswith("api/"))
    assert [route for route, views in pages.items() if views > 1] == []
