"""Every page that each role may open: no broken WCAG rule, nothing wider than the phone, a title and one heading."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from sportello.reference.services.curated import load_curated
from tests.browser.conftest import violations
from tests.leaks.test_matrix import EXPECTED, address_of
from tests.leaks.world import ROLES, make_world
from tests.support.chromium import sign_in
from tests.support.personas import PASSWORD

# Downloads and answers for machines are no pages.
NOT_PAGES = {
    "healthz",
    "letter_file",
    "readyz",
    "member_deed",
    "my_curriculum_file",
    "curriculum_file",
    "my_document",
    "person_document",
    "caseload_table",
    "certificate_file",
    "own_certificate_file",
    "tender_check",
    "desk_month_print",
    "caseload_workbook",
    "report_catalogue",
    "pact_file",
    "pact_year_print",
    "my_pact_file",
    "my_appointment_calendar",
    "course_calendar",
    "my_data_copy",
    "my_proof_file",
    "person_data_copy",
    "proof_file",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_download_recovery_codes",
    "api_description",
    "api_desks",
    "api_occupations",
    "api_statistics",
    "api_vacancies",
    "api_vacancy",
    "api_vocabularies",
    "board_rss",
    "robots",
    "sitemap",
    "sitemap_section",
}


def pages_of(role: str) -> list[str]:
    """Names of the URLs that answer a GET of the role on its own objects with a page."""
    column = ROLES.index(role)
    return [url for url, rows in EXPECTED.items() if rows["GET", "own"][column] == "200" and url not in NOT_PAGES]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ROLES)
def test_pages_of(role: str, phone: BrowserContext, live_server: Any) -> None:
    load_curated()
    world = make_world("A")
    if user := world.users[role]:
        sign_in(phone, live_server.url, user)
    page = phone.new_page()
    problems = []
    for url in pages_of(role):
        page.goto(address_of(url, world))
        problems += [f"{url}: {violation}" for violation in violations(page)]
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            problems.append(f"{url}: {width} px wide")
        if page.locator("h1").count() != 1:
            problems.append(f"{url}: {page.locator('h1').count()} headings of the first level")
        if page.title().startswith("·"):
            problems.append(f"{url}: no title")
    assert problems == []


@pytest.mark.django_db(transaction=True)
def test_who_erases_themself_is_asked_for_the_password_once(phone: BrowserContext, live_server: Any) -> None:
    """What was sent before the question is not lost by it."""
    load_curated()
    world = make_world("A")
    user = world.users["citizen"]
    assert user is not None
    user.set_password(PASSWORD)
    user.save()
    sign_in(phone, live_server.url, user)
    page = phone.new_page()
    page.goto("/mia-pagina/dati/cancella/")
    page.get_by_text("Ho capito: i miei dati").click()
    page.get_by_role("button", name="Cancella per sempre").click()
    page.wait_for_url("**/reauthenticate/**")
    problems = violations(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="I tuoi dati sono cancellati").wait_for()
    assert problems + violations(page) == []


def test_the_rules_find_what_is_wrong(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.set_content("<html lang='it'><title>Prova</title><main><h1>Prova</h1><img src='x.png'></main></html>")
    assert [v.split(":")[0] for v in violations(page)] == ["image-alt"]
