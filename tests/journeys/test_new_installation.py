"""From empty tables to the first citizen: what whoever installs the portal does, in their order."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from candidates.models import Intake
from candidates.services.notices import load_notices
from sportello.accounts.models import Invitation
from sportello.reference.models import EducationLevel, Occupation
from sportello.reference.services.curated import load_curated
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Desk, Municipality, Organisation
from sportello.territory.services.reference_files import load_territory
from tests.support.personas import PASSWORD

NAME = {"first_name": "Prima", "last_name": "Persona", "password": PASSWORD}


@pytest.fixture(scope="module")
def _installed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What the `migrate` step of docker-compose.yml leaves: places, vocabularies, notices, and nobody."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_territory()
        load_curated()
        load_notices()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def installed(_installed: None, db: None) -> None:
    """What a test writes is undone."""


def opened() -> Client:
    """The browser of the first administrator, who followed the link that the command printed."""
    said = StringIO()
    call_command("open_portal", agency="AFOL Prova", email="prima@example.org", stdout=said)
    browser = Client()
    link = said.getvalue().split()[-1].removeprefix("http://127.0.0.1:8000")
    assert browser.post(link, NAME).status_code == 302
    return browser


def invited(administrator: Client, organisation: Organisation, **said: Any) -> Client:
    """The browser of somebody whom the administrator invites from the body's page."""
    assert administrator.post(reverse("team", kwargs={"organisation": organisation.pk}), said).status_code == 302
    browser = Client()
    token = Invitation.objects.get(email=said["email"]).token
    assert browser.post(reverse("invitation", kwargs={"token": token}), NAME).status_code == 302
    return browser


def desk_of(administrator: Client, place: Municipality, agency: Organisation) -> Desk:
    administrator.post(
        reverse("desk_new"),
        {
            "name": "Sportello Lavoro Segrate",
            "kind": "town_hall",
            "state": "open",
            "municipality": "Segrate",
            "address": "Via I Maggio 1",
            "managed_by": str(agency.pk),
            "serves": [str(place.pk)],
            "hours_1": "9:00-12:30, 14-17",
        },
    )
    return Desk.objects.get()


def registered(browser: Client) -> Any:
    """The five steps of a citizen, alone; the page that the last one leads to."""
    bricklayer = Occupation.objects.get(code="bricklayer")
    level = EducationLevel.objects.order_by("pk")[0]
    birthday = {"birth_date_day": "10", "birth_date_month": "12", "birth_date_year": "1985"}
    steps: list[dict[str, Any]] = [
        {
            "first_name": "Amina",
            "last_name": "Rossi",
            "sex": "F",
            "tax_code": "RSSMRA85T10A562S",
            "citizenship": "IT",
            **birthday,
        },
        {"residence": "Segrate", "phone": "333 1234567", "email": "amina@example.org"},
        {
            "employment_situation": "jobless",
            "wanted": "muratore",
            "occupations": [str(bricklayer.pk)],
            "years": "4",
            "hours_wanted": "any",
            "max_travel_km": "15",
        },
        {"education_level": str(level.pk), "italian": "B1"},
    ]
    browser.post(reverse("registration_start"))
    for number, said in enumerate(steps, start=1):
        page = browser.post(reverse("registration_step", kwargs={"step": number}), said)
        assert page.status_code == 302, (number, page.context["form"].errors)
    last = {"privacy": "on", "password": PASSWORD}
    return browser.post(reverse("registration_step", kwargs={"step": 5}), last, follow=True)


@pytest.mark.usefixtures("installed")
def test_from_empty_tables_to_the_first_citizen() -> None:
    administrator = opened()
    agency = Organisation.objects.get(kind=OrganisationKind.AGENCY)
    segrate = Municipality.objects.get(name="Segrate", valid_to__isnull=True)
    administrator.post(
        reverse("body_new"), {"kind": "municipality", "name": "Comune di Segrate", "municipality": "Segrate"}
    )
    town = Organisation.objects.get(kind=OrganisationKind.MUNICIPALITY)
    desk = desk_of(administrator, segrate, agency)
    operator = invited(administrator, agency, email="op@example.org", role="operator", desks=[str(desk.pk)])
    official = invited(administrator, town, email="comune@example.org", role="official")
    citizen = Client()
    receipt = registered(citizen)
    assert (Intake.objects.get().desk, receipt.redirect_chain[-1][0]) == (desk, reverse("registration_sent"))
    waiting = operator.get(reverse("intakes"))
    assert "Rossi" in waiting.content.decode()
    assert official.get(reverse("official_home")).context["municipality"] == segrate


PUBLIC = (
    "public_home",
    "territory:desk_list",
    "registration_start",
    "board",
    "reports",
    "pact_list",
    "privacy",
    "rules",
)


@pytest.mark.django_db
@pytest.mark.parametrize("url", PUBLIC)
def test_no_page_for_all_breaks_before_anything_is_loaded(url: str) -> None:
    assert Client().get(reverse(url)).status_code == 200


@pytest.mark.usefixtures("installed")
def test_a_portal_without_desks_says_so_and_shows_a_way_on() -> None:
    home = Client().get(reverse("public_home")).content.decode()
    assert "Gli sportelli aprono presto" in home
    assert "Non c'è ancora nessuno sportello" in Client().get(reverse("territory:desk_list")).content.decode()
    found = Client().get(reverse("territory:desk_list"), {"comune": "Segrate"})
    assert (found.status_code, found.context["place"].chosen.name) == (200, "Segrate")
    assert "nessuno sportello riceve" in registered(Client()).content.decode()
    assert Intake.objects.count() == 0


@pytest.mark.usefixtures("installed")
def test_the_first_homes_are_whole_and_lead_on() -> None:
    administrator = opened()
    agency = Organisation.objects.get()
    home = administrator.get(reverse("home"), follow=True)
    assert [(str(step.label), step.is_done) for step in home.context["steps"]][1:] == [
        ("Apri uno sportello con i suoi orari", False),
        ("Invita chi riceve allo sportello", False),
    ]
    control = invited(administrator, agency, email="regia@example.org", role="control_room")
    page = control.get(reverse("control_room_home")).content.decode()
    assert ("Nessun patto, per ora." in page, reverse("pact_new") in page) == (True, True)
