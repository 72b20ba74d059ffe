"""The profile on a small telephone: every page of it holds the rules, the week is ticked by keyboard, a file is read and chosen."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from candidates.forms.profile import TITLES
from candidates.models import AvailabilityWindow, Candidate, SkillStatement
from sportello.reference.models import Skill
from sportello.reference.services.curated import load_curated
from tests.browser.conftest import violations
from tests.support.chromium import sign_in
from tests.support.curriculum import SPECIMENS
from tests.support.personas import make_candidate, make_case, make_operator, make_user
from tests.support.profile import fill_profile
from tests.support.territory import make_desk

ROWS = ("esperienza", "corso", "lingua", "patente")


def a_person() -> tuple[Candidate, Any, Any]:
    """Somebody with a full profile, their account and their operator's."""
    load_curated()
    user, desk = make_user(), make_desk()
    operator = make_operator(desk)
    person = make_case(desk, candidate=make_candidate(user=user), operator=operator).candidate
    fill_profile(person, rows=2)
    SkillStatement.objects.create(candidate=person, skill=Skill.objects.get(code="accounting"))
    return person, user, operator


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["citizen", "operator"])
def test_every_page_of_the_profile_holds_the_rules(who: str, phone: BrowserContext, live_server: Any) -> None:
    person, user, operator = a_person()
    sign_in(phone, live_server.url, user if who == "citizen" else operator)
    named = {} if who == "citizen" else {"candidate": person.pk}
    edit, add, change = (
        ("edit_my_profile", "add_my_row", "change_my_row")
        if who == "citizen"
        else ("edit_profile", "add_row", "change_row")
    )
    rows = {
        "esperienza": person.experiences.first(),
        "corso": person.education.first(),
        "lingua": person.language_skills.first(),
        "patente": person.profile.held_licences.first(),
        "competenza": person.skill_statements.first(),
    }
    urls = [reverse("my_profile" if who == "citizen" else "person_profile", kwargs=named)]
    urls += [reverse(edit, kwargs={**named, "part": part}) for part in TITLES]
    urls += [reverse(add, kwargs={**named, "part": part}) for part in ROWS]
    urls += [reverse(change, kwargs={**named, "part": part, "row": row.pk}) for part, row in rows.items() if row]
    page = phone.new_page()
    problems = []
    for url in urls:
        page.goto(url)
        problems += [f"{url}: {violation}" for violation in violations(page)]
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            problems.append(f"{url}: {width} px wide")
    assert len(urls) == 16
    assert problems == []


@pytest.mark.django_db(transaction=True)
def test_the_week_is_ticked_by_keyboard(phone: BrowserContext, live_server: Any) -> None:
    person, user, _operator = a_person()
    AvailabilityWindow.objects.all().delete()
    sign_in(phone, live_server.url, user)
    page = phone.new_page()
    page.set_viewport_size({"width": 360, "height": 720})
    page.goto(reverse("edit_my_profile", kwargs={"part": "orari"}))
    page.get_by_role("checkbox", name="lunedì, mattina").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    boxes = page.locator("table label").first.bounding_box()
    assert boxes is not None
    assert min(boxes["width"], boxes["height"]) >= 24
    page.get_by_role("button", name="Salva").press("Enter")
    page.wait_for_url("**/mia-pagina/profilo/")
    assert set(person.availability.values_list("weekday", "band")) == {(1, "morning"), (1, "evening")}


@pytest.mark.django_db(transaction=True)
def test_a_curriculum_is_read_and_chosen_without_scripts(chromium: Browser, live_server: Any) -> None:
    person, user, _operator = a_person()
    context = chromium.new_context(
        base_url=live_server.url, locale="it-IT", java_script_enabled=False, viewport={"width": 360, "height": 720}
    )
    sign_in(context, live_server.url, user)
    page = context.new_page()
    page.goto(reverse("my_curriculum"))
    page.get_by_label("Il tuo curriculum Europass").set_input_files(SPECIMENS / "candidate.xml")
    page.get_by_role("button", name="Leggi il file").click()
    page.get_by_label("Aiuto cuoca").uncheck()
    page.get_by_role("button", name="Metti nel profilo").click()
    assert page.locator("h1").inner_text().strip() == "Il mio profilo"
    titles = set(person.experiences.values_list("title", flat=True))
    assert titles == {"Lavoro 0", "Lavoro 1", "Cuoca"}
    context.close()


@pytest.mark.django_db(transaction=True)
def test_the_page_of_pieces_holds_the_rules(phone: BrowserContext, live_server: Any) -> None:
    _person, user, _operator = a_person()
    sign_in(phone, live_server.url, user)
    page = phone.new_page()
    page.goto(reverse("my_curriculum"))
    page.get_by_label("Il tuo curriculum Europass").set_input_files(SPECIMENS / "candidate.xml")
    page.get_by_role("button", name="Leggi il file").click()
    assert page.locator("h1").inner_text().strip() == "Che cosa abbiamo trovato"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
