"""The button that prints: seen where scripts run, and only there."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.support.chromium import sign_in
from tests.support.employers import make_rule
from tests.support.personas import make_candidate, make_user
from tests.support.territory import make_desk

RECEIPT = "/registrati/ricevuta/"


@pytest.mark.django_db(transaction=True)
def test_receipt_prints(phone: BrowserContext, live_server: Any) -> None:
    make_rule("first_contact_days", 15)
    make_rule("referral_answer_days", 7)
    user = make_user()
    make_candidate(make_desk(), user=user)
    sign_in(phone, live_server.url, user)
    page = phone.new_page()
    page.add_init_script("window.print = () => { document.title = 'stampata'; }")
    page.goto(RECEIPT)
    page.get_by_role("button", name="Stampa").click()
    assert page.title() == "stampata"


@pytest.mark.django_db(transaction=True)
def test_without_scripts_the_receipt_shows_no_idle_button(chromium: Browser, live_server: Any) -> None:
    make_rule("first_contact_days", 15)
    make_rule("referral_answer_days", 7)
    user = make_user()
    make_candidate(make_desk(), user=user)
    context = chromium.new_context(base_url=live_server.url, locale="it-IT", java_script_enabled=False)
    sign_in(context, live_server.url, user)
    page = context.new_page()
    page.goto(RECEIPT)
    assert page.locator("h1").inner_text().strip() == "Registrazione ricevuta"
    assert not page.locator("[data-print]").is_visible()
    context.close()
