"""The sheet on which a signature is drawn: there with scripts, gone without, and what is drawn is signed."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from candidates.models import ServicePact
from tests.support.chromium import sign_in
from tests.support.pacts import a_case, a_draft, frozen


@pytest.mark.django_db(transaction=True)
def test_a_finger_signs(phone: BrowserContext, live_server: Any) -> None:
    pact = frozen(a_draft(a_case()))
    sign_in(phone, live_server.url, pact.case.responsible_operator)
    page = phone.new_page()
    page.goto(f"/operatore/patti-di-servizio/{pact.pk}/firma/")
    sheet = page.locator("canvas")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    for step in range(1, 15):
        page.mouse.move(box["x"] + 10 + 12 * step, box["y"] + 10 + (step % 3) * 15)
    page.mouse.up()
    page.get_by_role("button", name="Firma il patto").click()
    page.wait_for_url("**/patto/")
    pact.refresh_from_db()
    assert (pact.state, pact.person_signed_how) == ("signed", "drawn")
    assert pact.drawing.startswith("M")
    assert pact.drawing.count("L") >= 12


@pytest.mark.django_db(transaction=True)
def test_without_scripts_the_code_and_the_paper_remain(chromium: Browser, live_server: Any) -> None:
    pact = frozen(a_draft(a_case()))
    context = chromium.new_context(base_url=live_server.url, locale="it-IT", java_script_enabled=False)
    sign_in(context, live_server.url, pact.case.responsible_operator)
    page = context.new_page()
    page.goto(f"/operatore/patti-di-servizio/{pact.pk}/firma/")
    assert not page.locator("canvas").is_visible()
    page.locator("label[for='id_read_together']").click()
    page.get_by_role("button", name="Registra la firma su carta").click()
    assert ServicePact.objects.get().person_signed_how == "paper"
    context.close()
