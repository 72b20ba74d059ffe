"""The whole line in a real Chromium: intake, case, pact, vacancy, match, referral, consent, hire, verification, report."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlparse

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from candidates.enums import IntakeChannel
from candidates.models import Candidate, Intake
from employers.models import Vacancy
from matching.models import Placement, Referral
from reports.models import Figure, ReportIssue
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.core import jobs
from sportello.core.models import Job, JobState, Message
from sportello.reference.models import ContractType
from sportello.reference.services.curated import load_curated
from sportello.territory.models import Desk
from tests.support.chromium import sign_in
from tests.support.personas import PASSWORD, make_candidate, make_case, make_member, make_official
from tests.support.territory import make_desk, make_municipality, make_organisation


class Portal:
    """One page for each person of the story, on the same live server."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address

    def page(self, user: User | None = None, *, width: int = 1280) -> Page:
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": 800}, locale="it-IT"
        )
        context.set_default_timeout(10_000)
        if user:
            sign_in(context, self.address, user)
        return context.new_page()


@pytest.fixture
def portal(chromium: Browser, live_server: Any) -> Portal:
    return Portal(chromium, live_server.url)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def choose(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check(force=True)


def fill_day(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def register_citizen(page: Page, *, first_name: str, tax_code: str, email: str = "") -> None:
    """Steps 1 to 4, the same alone and at the desk."""
    page.get_by_label("Nome", exact=True).fill(first_name)
    page.get_by_label("Cognome", exact=True).fill("Rossi")
    fill_day(page, "birth_date", date(1985, 12, 10))
    choose(page, "Donna")
    page.locator("[name=tax_code]").fill(tax_code)
    press(page, "Salva e continua")
    page.get_by_label("Comune di residenza").fill("Segrate")
    page.get_by_label("Telefono").fill("333 1234567")
    if email:
        page.locator("[name=email]").fill(email)
    press(page, "Salva e continua")
    choose(page, "Non lavoro e cerco un lavoro")
    page.get_by_label("Che lavoro cerchi?").fill("magazziniera")
    choose(page, "Mi va bene qualsiasi orario")
    press(page, "Cerca Che lavoro cerchi?")
    page.locator("[name=occupations]").first.check(force=True)
    press(page, "Salva e continua")
    page.locator("[name=skills]").first.check(force=True)
    page.locator("[name=education_level]").select_option(index=3)
    page.locator("[name=italian]").select_option("C1")
    press(page, "Salva e continua")


def others_already_placed(desk: Desk) -> None:
    """A semester with people enough that no figure of the story is suppressed."""
    contract = ContractType.objects.get(code="PERMANENT")
    for number in range(24):
        candidate = make_candidate(desk, sex="F" if number % 2 else "M")
        make_case(desk, candidate=candidate, opened_on=timezone.localdate() - timedelta(days=1))
        Intake.objects.filter(candidate=candidate).update(received_on=timezone.localdate() - timedelta(days=1))
        Placement.objects.create(
            candidate=candidate,
            employer_name=f"Ditta {number}",
            desk=desk,
            residence=candidate.residence,
            contract_type=contract,
            starts_on=timezone.localdate() - timedelta(days=1),
            state="verified",
            notice_code=f"COB{number}",
            verified_at=timezone.now(),
        )


@pytest.mark.django_db(transaction=True)
def test_from_intake_to_the_semester_report(portal: Portal) -> None:
    load_curated()
    segrate = make_municipality(name="Segrate")
    agency = make_organisation(name="AFOL")
    desk = make_desk(municipality=segrate, managed_by=agency, serves=[segrate], name="Sportello di Segrate")
    operator = make_member(Role.OPERATOR, agency, desk, first_name="Olga", last_name="Operatrice")

    # A citizen registers alone, on a phone; another at the desk.
    citizen = portal.page(width=360)
    citizen.goto("/")
    follow(citizen, "Registrati")
    press(citizen, "Comincia")
    register_citizen(citizen, first_name="Amina", tax_code="RSSMRA85T10A562S", email="amina@example.org")
    choose(citizen, "Ho letto l'informativa sui miei dati")
    citizen.get_by_label("Scegli una password").fill(PASSWORD)
    press(citizen, "Invia la registrazione")
    assert citizen.get_by_role("heading", name="Controlla la tua posta").is_visible()
    receipt = Message.objects.get(kind="registration_receipt", recipient="amina@example.org")
    citizen.goto(urlparse(next(word for word in receipt.body.split() if "conferma/" in word)).path)
    press(citizen, "Entra nella mia pagina")
    assert citizen.get_by_role("heading", name="Registrazione ricevuta").is_visible()

    desk_page = portal.page(operator)
    desk_page.goto("/operatore/")
    press(desk_page, "Registra una persona")
    register_citizen(desk_page, first_name="Anna", tax_code="RSSMRA85T10A56NH")
    choose(desk_page, "Ho riletto i dati alla persona e le ho dato l'informativa")
    press(desk_page, "Invia la registrazione")
    assert sorted(Intake.objects.values_list("channel", flat=True)) == [IntakeChannel.DESK, IntakeChannel.ONLINE]

    # The operator takes the case in charge and signs the pact.
    amina = Candidate.objects.get(first_name="Amina")
    desk_page.goto("/operatore/arrivi/")
    follow(desk_page, "Prendi in carico Amina Rossi")
    press(desk_page, "Prendi in carico")
    follow(desk_page, "Patto e piano")
    follow(desk_page, "Scrivi il patto")
    desk_page.get_by_label("Profilo di occupabilità").fill("Esperienza di magazzino")
    desk_page.get_by_label("Che cosa farai per cercare lavoro").fill("Tre candidature alla settimana")
    desk_page.get_by_label("Come dimostri la ricerca").fill("Elenco delle candidature")
    press(desk_page, "Salva la bozza")
    press(desk_page, "Firma come operatore")
    desk_page.get_by_label("Password").fill(PASSWORD)
    press(desk_page, "Conferma")
    choose(desk_page, "Abbiamo letto insieme il patto e la persona l'ha firmato su carta davanti a me")
    press(desk_page, "Registra la firma su carta")
    assert desk_page.get_by_text("Patto firmato.").is_visible()

    # A company registers and is approved.
    company = portal.page()
    company.goto("/")
    follow(company, "Registra l'impresa")
    company.get_by_label("Partita IVA").fill("00743110157")
    company.get_by_label("Ragione sociale").fill("Logistica Segrate srl")
    company.get_by_label("Che cosa fa l'impresa?").fill("magazzinaggio")
    press(company, "Cerca Che cosa fa l'impresa?")
    company.locator("[name=sector]").first.check(force=True)
    choose(company, "Da 10 a 49 addetti")
    choose(company, "Già presente nel territorio")
    press(company, "Salva e continua")
    company.get_by_label("Nome della sede").fill("Magazzino")
    company.locator("[name=municipality]").fill("Segrate")
    company.get_by_label("Indirizzo").fill("Via Cassanese 1")
    press(company, "Salva e continua")
    company.get_by_label("Nome", exact=True).fill("Carla")
    company.get_by_label("Cognome", exact=True).fill("Capo")
    company.locator("[name=email]").fill("carla@example.org")
    company.locator("[name=phone]").fill("02 26902345")
    company.locator("[name=password]").fill(PASSWORD)
    press(company, "Registra l'impresa")
    assert company.get_by_role("heading", name="Controlla la tua posta").is_visible()
    receipt = Message.objects.get(kind="company_receipt", recipient="carla@example.org")
    company.goto(urlparse(next(word for word in receipt.body.split() if "conferma/" in word)).path)
    press(company, "Entra nella pagina dell'impresa")
    desk_page.goto("/operatore/imprese/?stato=submitted")
    follow(desk_page, "Logistica Segrate srl")
    choose(desk_page, "Approva")
    press(desk_page, "Salva la decisione")

    # It posts a vacancy, which passes moderation.
    company.goto("/impresa/offerte/nuova/")
    company.get_by_label("Titolo dell'offerta").fill("Magazziniera o magazziniere")
    press(company, "Cerca Titolo dell'offerta")
    company.locator("[name=occupation]").first.check(force=True)
    company.get_by_label("Che cosa farà la persona").fill("Prepari gli ordini e carichi i camion.")
    press(company, "Salva e continua")
    permanent = ContractType.objects.get(code="PERMANENT")
    company.locator("[name=contract_type]").select_option(str(permanent.pk))
    choose(company, "Tempo pieno")
    company.get_by_label("Ore alla settimana").fill("40")
    company.locator("[name=pay_min]").fill("1500")
    company.locator("[name=pay_max]").fill("1800")
    choose(company, "lordi al mese")
    press(company, "Salva e continua")
    press(company, "Salva e continua")
    press(company, "Invia allo sportello")
    vacancy = Vacancy.objects.get()
    desk_page.goto(f"/operatore/offerte/{vacancy.pk}/")
    press(desk_page, "Pubblica")

    # The engine proposes with reasons; the operator refers; the person agrees.
    desk_page.goto(f"/operatore/offerte/{vacancy.pk}/abbinamenti/")
    press(desk_page, "Cerca le persone adatte")
    for job in Job.objects.filter(state=JobState.REQUESTED, path__startswith="matching."):
        jobs.run(job.pk)
    desk_page.reload()
    assert desk_page.get_by_role("link", name="Amina Rossi", exact=True).is_visible()
    assert desk_page.get_by_text("1 persona considerata, 1 adatta").is_visible()
    follow(desk_page, "Proponi il lavoro Amina Rossi")
    press(desk_page, "Chiedi alla persona")
    citizen.goto("/mia-pagina/")
    follow(citizen, "Rispondi")
    citizen.locator("input[type=radio]").first.check(force=True)
    press(citizen, "Invia la risposta")

    # Two days later the company hires; the operator verifies with the code of the mandatory notice.
    Referral.objects.update(created_at=timezone.now() - timedelta(days=2))
    referral = Referral.objects.get()
    company.goto(f"/impresa/candidature/{referral.pk}/")
    assert "Amina Rossi" in company.content()
    press(company, "Invita a un colloquio")
    company.locator("details", has_text="assun").last.evaluate("d => d.open = true")
    fill_day(company, "starts_on", timezone.localdate() - timedelta(days=1))
    press(company, "Dichiara l'assunzione")
    placement = Placement.objects.get()
    desk_page.goto(f"/operatore/inserimenti/{placement.pk}/")
    desk_page.locator("input[type=radio]").first.check(force=True)
    desk_page.locator("[name=notice_code]").fill("1500026200123456")
    press(desk_page, "Registra il controllo")
    placement.refresh_from_db()
    assert (placement.state, placement.candidate) == ("verified", amina)

    # The official downloads the report, built by a job, in which the placement is counted.
    official = make_official(segrate)
    others_already_placed(desk)
    today = timezone.localdate()
    official_page = portal.page(official)
    official_page.goto("/comune/rapporti/")
    official_page.locator("[name=semester]").select_option(f"{today.year}-{1 + (today.month > 6)}")
    press(official_page, "Chiedi il rapporto")
    for job in Job.objects.filter(state=JobState.REQUESTED, path__startswith="reports."):
        jobs.run(job.pk)
    official_page.reload()
    with official_page.expect_download() as download:
        official_page.get_by_role("link", name="PDF").first.click()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(download.value.path().read_bytes())).pages)
    contracts = Figure.objects.get(area__issues=ReportIssue.objects.get(), indicator="contracts", dimension="")
    assert contracts.numerator == 25
    assert "25" in text
