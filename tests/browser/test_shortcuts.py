"""Keys along the caseload: they move, they search, they explain themselves, and they can be turned off."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.support.agenda import make_rules
from tests.support.chromium import sign_in
from tests.support.personas import make_candidate, make_case, make_operator
from tests.support.territory import make_desk

FOCUS = "document.activeElement.textContent.trim()"


@pytest.mark.django_db(transaction=True)
def test_keys_move_search_explain_and_go_quiet(phone: BrowserContext, live_server: Any) -> None:
    make_rules()
    desk = make_desk()
    operator = make_operator(desk)
    for name in ("Alfa", "Beta"):
        make_case(desk, operator=operator, candidate=make_candidate(desk, last_name=name))
    sign_in(phone, live_server.url, operator)
    page = phone.new_page()
    page.goto("/operatore/pratiche/")
    seen = []
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        seen.append(page.evaluate(FOCUS))
    assert seen == ["Amina Alfa", "Amina Beta", "Amina Beta", "Amina Alfa"]
    page.keyboard.press("/")
    page.wait_for_url("**/operatore/cerca/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "persona"
    page.keyboard.type("j/k?")
    assert page.input_value("input[name='persona']") == "j/k?"
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_url("**/operatore/scorciatoie/")
    page.get_by_role("button", name="Spegni le scorciatoie").click()
    page.goto("/operatore/pratiche/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
