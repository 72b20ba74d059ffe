"""A real Chromium against a live server."""

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.support.personas import signed_in

# Playwright's loop runs in this thread; our queries here are not asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; a machine without it fails here, with the package to install."""
    path = which("chromium")
    assert path, "these tests need Debian's package chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A small phone, in Italian."""
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 720}, locale="it-IT", bypass_csp=True
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


def sign_in(context: BrowserContext, address: str, user: Any) -> None:
    """Give the browser the session of an account."""
    cookie = signed_in(user).cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])


def violations(page: Any) -> list[str]:
    """WCAG 2.2 A/AA rules that the page breaks, each with its first element."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
