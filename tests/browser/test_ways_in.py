"""The ways in, in a real browser: how long a walk-in takes, and a kiosk that forgets."""

import time
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from candidates.models import Candidate, RegistrationDraft
from sportello.accounts.models import User
from sportello.reference.services.curated import load_curated
from sportello.territory.models import Desk
from tests.browser.conftest import violations
from tests.support.chromium import sign_in
from tests.support.personas import make_operator
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db(transaction=True)

KEYSTROKE_MS = 120
"""Some 100 signs a minute: an operator who types while they talk."""


@pytest.fixture
def operator() -> User:
    load_curated()
    segrate = make_municipality(name="Segrate")
    return make_operator(make_desk(municipality=segrate, serves=[segrate]))


def type_walk_in(page: Page) -> int:
    """Fill in the page as a person does, key by key; how many fields that took."""
    typed = {
        "first_name": "Amina",
        "last_name": "D'Angelo Rossi",
        "birth_date_day": "10",
        "birth_date_month": "12",
        "birth_date_year": "1985",
        "residence": "Segrate",
        "phone": "333 1234567",
        "reason": "cerca lavoro nelle pulizie",
    }
    for name, text in typed.items():
        page.locator(f'[name="{name}"]').press_sequentially(text, delay=KEYSTROKE_MS)
    ticked = ("Donna", "Non lavoro e cerco un lavoro", "Ho dato l'informativa")
    for words in ticked:
        page.locator("label", has_text=words).last.click()
    return len(typed) + len(ticked)


def test_a_walk_in_takes_less_than_two_minutes(chromium: Browser, live_server: Any, operator: User) -> None:
    context = chromium.new_context(base_url=live_server.url, locale="it-IT", bypass_csp=True)
    sign_in(context, live_server.url, operator)
    page = context.new_page()
    page.goto(reverse("operator_home"))
    began = time.monotonic()
    page.get_by_role("button", name="Registrazione veloce").click()
    assert violations(page) == []
    fields = type_walk_in(page)
    page.get_by_role("button", name="Registra").click()
    expect(page.locator("h1")).to_contain_text("Registrazione ricevuta")
    seconds = time.monotonic() - began
    assert (fields, seconds < 120) == (11, True), f"{seconds:.0f} s"
    assert Candidate.objects.get().profile.is_complete is False
    context.close()


def test_an_untouched_kiosk_asks_then_wipes(chromium: Browser, live_server: Any, operator: User) -> None:
    context = chromium.new_context(base_url=live_server.url, locale="it-IT", bypass_csp=True)
    sign_in(context, live_server.url, operator)
    page = context.new_page()
    page.goto(reverse("kiosks"))
    page.get_by_role("button", name="Esci e apri il totem").click()
    page.get_by_role("button", name="Avvia il totem").click()
    assert "Registrati qui" in page.locator("h1").inner_text()
    page.clock.install()
    page.get_by_role("button", name="Comincia").click()
    page.locator('[name="first_name"]').fill("Amina")
    page.clock.run_for(61_000)
    expect(page.locator("[data-warning]")).to_be_visible()
    page.locator('[name="last_name"]').press_sequentially("Rossi")
    expect(page.locator("[data-warning]")).to_be_hidden()
    page.clock.run_for(91_000)
    page.wait_for_url(f"**{reverse('kiosk_home')}")
    assert not RegistrationDraft.objects.exists()
    page.goto(reverse("operator_home"))
    assert "/operatore/" not in page.locator("h1").inner_text()
    assert page.url.startswith(live_server.url + reverse("account_login"))
    context.close()


def test_the_kiosk_fits_a_small_screen_and_breaks_no_rule(phone: Any, live_server: Any, operator: User) -> None:
    sign_in(phone, live_server.url, operator)
    page = phone.new_page()
    page.goto(reverse("kiosks"))
    page.get_by_role("button", name="Esci e apri il totem").click()
    problems = violations(page)
    page.get_by_role("button", name="Avvia il totem").click()
    problems += violations(page)
    page.get_by_role("button", name="Comincia").click()
    for address in (page.url, reverse("kiosk_waiting")):
        page.goto(address)
        problems += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert problems == []
    assert Desk.objects.count() == 1
