"""Vacancies in the form of the national exchange: its elements in its order, its codes, nobody's name."""

import re
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from employers.models import Vacancy
from employers.render.cliclavoro import NAMESPACE, BadCodes, Codes, Sender, Table, Untranslated, read_codes, vacancy_xml
from sportello.reference.models import DrivingLicence, EducationLevel, Language
from tests.support.employers import make_company, make_skill, make_vacancy
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

CODES = read_codes(
    """tabella;nostro;loro
professione;4321;4.3.1.2.0.1
contratto;PERMANENT;A01
settore;56.1;56.10.11
titolo;DIPLOMA;40
lingua;it;ITA
patente;B;02
orario;full_time;FT
""".splitlines()
)
SENDER = Sender("C123456789A", "08928300964")


def a_vacancy(**fields: Any) -> Vacancy:
    town = make_municipality(name="Melzo")
    desk = make_desk(municipality=town, phone="02 123456", email="melzo@example.org")
    company = make_company(
        desk, name="Forno Rossi", contact_name="Carla Segreta", contact_email="segreta@example.org", contact_phone="333"
    )
    fields = {"published_on": date(2026, 11, 2), "expires_on": date(2026, 12, 2), **fields}
    return make_vacancy(company, skills=[make_skill("Impastare")], **fields)


def written(vacancy: Vacancy, codes: Codes = CODES) -> list[tuple[str, str]]:
    """(path, text) of every element that holds one, in their order."""
    root = fromstring(tostring(vacancy_xml(vacancy, codes=codes, sender=SENDER)))

    def walk(element: Element, path: str) -> list[tuple[str, str]]:
        name = f"{path}/{element.tag.removeprefix('{' + NAMESPACE + '}')}"
        below = [found for child in element for found in walk(child, name)]
        return below or [(name, element.text or "")]

    return walk(root, "")


def test_a_vacancy_says_everything_in_the_order_of_the_module() -> None:
    vacancy = a_vacancy(posts=120, years_experience=2)
    level = EducationLevel.objects.create(code="DIPLOMA", label="Diploma", isced=3, eqf=4, position=1)
    vacancy.education_level = level
    vacancy.language_requirements.create(
        language=Language.objects.create(code="it", label="Italiano", position=1), level="B1"
    )
    for code, label in (("B", "Patente B"), ("MULETTO", "Patentino del muletto")):
        vacancy.licences.add(DrivingLicence.objects.create(code=code, label=label, position=1))
    town = vacancy.workplace.municipality.cadastral_code
    assert written(vacancy) == [
        ("/Vacancy/DatoreLavoro/DatiAnagrafici/codicefiscale", vacancy.company.vat_number),
        ("/Vacancy/DatoreLavoro/DatiAnagrafici/denominazione", "Forno Rossi"),
        ("/Vacancy/DatoreLavoro/DatiAnagrafici/settore", "56.10.11"),
        ("/Vacancy/DatoreLavoro/DatiContatto/indirizzo", "Via Po 2"),
        ("/Vacancy/DatoreLavoro/DatiContatto/idcomune", town),
        ("/Vacancy/DatoreLavoro/DatiContatto/telefono", "02 123456"),
        ("/Vacancy/DatoreLavoro/DatiContatto/email", "melzo@example.org"),
        ("/Vacancy/Richiesta/ProfiloRichiesto/numerolavoratori", "99"),
        ("/Vacancy/Richiesta/ProfiloRichiesto/idprofessione", "4.3.1.2.0.1"),
        ("/Vacancy/Richiesta/ProfiloRichiesto/descrprofessione", "magazziniere"),
        (
            "/Vacancy/Richiesta/ProfiloRichiesto/descrizionericerca",
            "Magazziniera o magazziniere\nPrepari gli ordini.",
        ),
        ("/Vacancy/Richiesta/ProfiloRichiesto/esperienzarichiesta", "SI"),
        ("/Vacancy/Richiesta/ProfiloRichiesto/descrizioneesperienza", "Anni: 2"),
        ("/Vacancy/Richiesta/IstruzioneFormazione/titolostudio/idtitolostudio", "40"),
        ("/Vacancy/Richiesta/IstruzioneFormazione/titolostudio/descrizionestudio", "Diploma"),
        ("/Vacancy/Richiesta/IstruzioneFormazione/Lingua/idlingua", "ITA"),
        ("/Vacancy/Richiesta/IstruzioneFormazione/Lingua/idlivelloletto", "B1"),
        ("/Vacancy/Richiesta/IstruzioneFormazione/Lingua/idlivelloscritto", "B1"),
        ("/Vacancy/Richiesta/IstruzioneFormazione/Lingua/idlivelloparlato", "B1"),
        ("/Vacancy/Richiesta/IstruzioneFormazione/altrecapacita", "Impastare"),
        ("/Vacancy/Richiesta/IstruzioneFormazione/idpatenteguida", "02"),
        ("/Vacancy/Richiesta/IstruzioneFormazione/ulteriorirequisiti", "Patentino del muletto"),
        ("/Vacancy/Richiesta/CondizioniOfferte/idcomune", town),
        ("/Vacancy/Richiesta/CondizioniOfferte/idtipologiacontratto", "A01"),
        ("/Vacancy/Richiesta/CondizioniOfferte/idmodalitalavoro", "FT"),
        (
            "/Vacancy/Richiesta/CondizioniOfferte/ulterioricondizioni",
            "da 1.500 a 1.800 euro lordi al mese. Tempo pieno, 40 ore.",
        ),
        ("/Vacancy/Richiesta/DurataRichiesta/datapubblicazione", "2026-11-02T00:00:00"),
        ("/Vacancy/Richiesta/DurataRichiesta/datascadenza", "2026-12-02"),
        ("/Vacancy/AltreInformazioni/N.O.", "NO"),
        ("/Vacancy/DatiSistema/intermediario", "C123456789A"),
        ("/Vacancy/DatiSistema/codicefiscaleintermediario", "08928300964"),
        ("/Vacancy/DatiSistema/denominazioneintermediario", vacancy.desk.managed_by.name),
        ("/Vacancy/DatiSistema/indirizzo", vacancy.desk.address),
        ("/Vacancy/DatiSistema/idcomune", town),
        ("/Vacancy/DatiSistema/telefono", "02 123456"),
        ("/Vacancy/DatiSistema/email", "melzo@example.org"),
        ("/Vacancy/DatiSistema/visibilita", "SI"),
        ("/Vacancy/DatiSistema/tipoofferta", "01"),
        ("/Vacancy/DatiSistema/codiceofferta", f"C123456789A{vacancy.number:014d}"),
        ("/Vacancy/DatiSistema/codiceoffertaintermediario", vacancy.reference),
    ]


def test_nobody_of_the_company_is_named() -> None:
    text = tostring(vacancy_xml(a_vacancy(), codes=CODES, sender=SENDER), "unicode")
    assert [word for word in ("Segreta", "segreta@", "333<") if word in text] == []


def test_a_yearly_pay_has_its_own_place() -> None:
    parts = dict(written(a_vacancy(pay_period="year", pay_min=24000, pay_max=26000)))
    assert parts["/Vacancy/Richiesta/CondizioniOfferte/retribuzioneannualorda"] == "24000"


def test_an_occupation_has_its_own_code_before_that_of_its_group() -> None:
    vacancy = a_vacancy()
    codes = {**CODES, (Table.OCCUPATION, vacancy.occupation.code): "4.3.1.2.0.9"}
    assert dict(written(vacancy, codes))["/Vacancy/Richiesta/ProfiloRichiesto/idprofessione"] == "4.3.1.2.0.9"


def test_what_cannot_be_translated_is_said_and_not_invented() -> None:
    with pytest.raises(Untranslated) as raised:
        vacancy_xml(a_vacancy(), codes={}, sender=SENDER)
    assert raised.value.missing == ["professione 4321", "settore 56.1", "contratto PERMANENT"]


def test_no_text_breaks_the_file() -> None:
    parts = dict(written(a_vacancy(title="</Vacancy>\x01 & <b>")))
    assert parts["/Vacancy/Richiesta/ProfiloRichiesto/descrizionericerca"].startswith("</Vacancy>  & <b>\n")


@pytest.mark.parametrize(
    "row",
    [
        "professione;4321;4321",
        "contratto;PERMANENT;a01",
        "settore;56.1;56.1",
        "mestiere;1;2",
        "lingua;it",
        "patente;B;2",
    ],
)
def test_a_code_of_another_shape_is_refused(row: str) -> None:
    with pytest.raises(BadCodes, match=re.escape("riga 2")):
        read_codes(["tabella;nostro;loro", row])
