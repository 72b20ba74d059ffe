"""A real Chromium against a live server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def phone(chromium: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A small phone, in Italian."""
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 720}, locale="it-IT", bypass_csp=True
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


def violations(page: Any) -> list[str]:
    """WCAG 2.2 A/AA rules that the page breaks, each with its first element."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
