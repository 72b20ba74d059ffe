"""A vacancy as the national exchange takes it: our reading of ClicLavoro's module "Azienda alla ricerca di personale".

Source: ClicLavoro, "Modelli e regole", January 2014, annex 4 (namespace http://servizi.lavoro.gov.it/vacancy). Its elements are
written in its order; what it codes with tables of its own is translated by a file that the body supplies (docs/cliclavoro.md).
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from xml.etree.ElementTree import Element, SubElement, register_namespace

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from employers.enums import PayPeriod
from employers.models import Vacancy
from sportello.core.text import printable

NAMESPACE = "http://servizi.lavoro.gov.it/vacancy"
register_namespace("", NAMESPACE)

MOST_WORKERS = 99
"""Two digits are all that the module has for them."""
CODE_LENGTH = 25


class Table(StrEnum):
    """What the module codes by its own tables; our codes are on the left of the file's rows."""

    OCCUPATION = "professione"
    CONTRACT = "contratto"
    SECTOR = "settore"
    EDUCATION = "titolo"
    LANGUAGE = "lingua"
    LICENCE = "patente"
    HOURS = "orario"


_SHAPES = {
    Table.OCCUPATION: r"([0-9]\.){5}[0-9]{1,2}",
    Table.CONTRACT: r"[A-Z][0-9]{2}",
    Table.SECTOR: r"\d{2}\.\d{2}\.\d{2}",
    Table.EDUCATION: r"[0-9]{2}",
    Table.LANGUAGE: r"[0-9]{3}|[A-Z]{3}|WU",
    Table.LICENCE: r"[0-9]{2}",
    Table.HOURS: r"[A-Z]{2}",
}

Codes = Mapping[tuple[Table, str], str]


class BadCodes(ValueError):
    """A row of the file of codes that the module would refuse; the text says which and why."""


class Untranslated(Exception):
    """The vacancy cannot be written: `missing` are the codes, "professione 5120", that the file does not translate."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class Sender:
    """The body as the exchange knows it: its code there (at most 11 characters) and its tax code."""

    code: str
    tax_code: str


def read_codes(lines: Iterable[str]) -> Codes:
    """Rows "tabella;nostro;loro" under a header. Raises BadCodes."""
    found: dict[tuple[Table, str], str] = {}
    for number, row in enumerate(csv.reader(lines, delimiter=";"), start=1):
        if number == 1 or not row:
            continue
        if len(row) != 3 or row[0] not in list(Table):
            raise BadCodes(
                _("riga %(row)s: servono tabella;nostro;loro, con una tabella tra %(tables)s")
                % {"row": number, "tables": ", ".join(Table)}
            )
        table, ours, theirs = Table(row[0]), row[1].strip(), row[2].strip()
        if not re.fullmatch(_SHAPES[table], theirs):
            raise BadCodes(
                _("riga %(row)s: «%(code)s» non ha la forma di un codice della tabella %(table)s")
                % {"row": number, "code": theirs, "table": table}
            )
        found[table, ours] = theirs
    return found


def vacancy_xml(vacancy: Vacancy, *, codes: Codes, sender: Sender) -> Element:
    """The published vacancy as the module's root element. Reads what `queries.vacancies.whole` brings and the company's sector.

    Whoever is interested writes to the desk: no person of the company is named. Raises Untranslated.
    """
    contract = vacancy.contract_type.code if vacancy.contract_type else ""
    # An occupation by its own code, else by its group.
    occupation = codes.get((Table.OCCUPATION, vacancy.occupation.code)) or codes.get(
        (Table.OCCUPATION, vacancy.occupation.isco08)
    )
    sector = codes.get((Table.SECTOR, vacancy.company.sector.code))
    kind = codes.get((Table.CONTRACT, contract))
    if not (occupation and sector and kind):
        wanted = (
            (occupation, f"{Table.OCCUPATION} {vacancy.occupation.isco08}"),
            (sector, f"{Table.SECTOR} {vacancy.company.sector.code}"),
            (kind, f"{Table.CONTRACT} {contract}"),
        )
        raise Untranslated([name for code, name in wanted if not code])
    root = Element(_tag("Vacancy"))
    _employer(SubElement(root, _tag("DatoreLavoro")), vacancy, sector)
    request = SubElement(root, _tag("Richiesta"))
    _profile(SubElement(request, _tag("ProfiloRichiesto")), vacancy, occupation)
    _education(SubElement(request, _tag("IstruzioneFormazione")), vacancy, codes)
    _conditions(SubElement(request, _tag("CondizioniOfferte")), vacancy, codes, kind)
    _write(
        SubElement(request, _tag("DurataRichiesta")),
        ("datapubblicazione", f"{vacancy.published_on}T00:00:00"),
        ("datascadenza", str(vacancy.expires_on)),
    )
    _write(SubElement(root, _tag("AltreInformazioni")), ("N.O.", "NO"))
    _system(SubElement(root, _tag("DatiSistema")), vacancy, sender)
    return root


def _employer(parent: Element, vacancy: Vacancy, sector: str) -> None:
    company, desk = vacancy.company, vacancy.desk
    _write(
        SubElement(parent, _tag("DatiAnagrafici")),
        ("codicefiscale", company.vat_number),
        ("denominazione", company.organisation.name[:100]),
        ("settore", sector),
        ("web", company.website[:256]),
    )
    _write(
        SubElement(parent, _tag("DatiContatto")),
        ("indirizzo", vacancy.workplace.address[:100]),
        ("idcomune", vacancy.workplace.municipality.cadastral_code),
        ("telefono", desk.phone[:15]),
        ("email", desk.email or desk.managed_by.email),
    )


def _profile(parent: Element, vacancy: Vacancy, occupation: str) -> None:
    _write(
        parent,
        ("numerolavoratori", str(min(vacancy.posts, MOST_WORKERS))),
        ("idprofessione", occupation),
        ("descrprofessione", vacancy.occupation.label[:250]),
        ("descrizionericerca", f"{vacancy.title}\n{vacancy.description}"[:5000]),
        ("esperienzarichiesta", "SI" if vacancy.years_experience else "NO"),
        ("descrizioneesperienza", f"Anni: {vacancy.years_experience}" if vacancy.years_experience else ""),
    )


def _education(parent: Element, vacancy: Vacancy, codes: Codes) -> None:
    level = vacancy.education_level
    if level and (code := codes.get((Table.EDUCATION, level.code))):
        title = SubElement(parent, _tag("titolostudio"))
        _write(title, ("idtitolostudio", code), ("descrizionestudio", level.label[:100]))
    for asked in vacancy.language_requirements.all():
        if code := codes.get((Table.LANGUAGE, asked.language.code)):
            levels = [(f"idlivello{how}", asked.level) for how in ("letto", "scritto", "parlato")]
            _write(SubElement(parent, _tag("Lingua")), ("idlingua", code), *levels)
    _write(parent, ("altrecapacita", ", ".join(asked.skill.label for asked in vacancy.skill_requirements.all())[:500]))
    licences = list(vacancy.licences.all())
    for licence in licences:
        _write(parent, ("idpatenteguida", codes.get((Table.LICENCE, licence.code), "")))
    untold = [licence.label for licence in licences if (Table.LICENCE, licence.code) not in codes]
    _write(parent, ("ulteriorirequisiti", ", ".join(untold)[:1000]))


def _conditions(parent: Element, vacancy: Vacancy, codes: Codes, kind: str) -> None:
    yearly = vacancy.pay_min if vacancy.pay_period == PayPeriod.YEAR else None
    pay = render_to_string("employers/includes/pay.html", {"vacancy": vacancy}).strip()
    hours = f"{vacancy.get_hours_kind_display()}, {vacancy.weekly_hours} ore. {vacancy.schedule}".strip()
    _write(
        parent,
        ("idcomune", vacancy.workplace.municipality.cadastral_code),
        ("idtipologiacontratto", kind),
        ("idmodalitalavoro", codes.get((Table.HOURS, vacancy.hours_kind), "")),
        ("retribuzioneannualorda", str(int(yearly)) if yearly else ""),
        ("ulterioricondizioni", f"{pay}. {hours}"[:1000]),
    )


def _system(parent: Element, vacancy: Vacancy, sender: Sender) -> None:
    desk = vacancy.desk
    _write(
        parent,
        ("intermediario", sender.code),
        ("codicefiscaleintermediario", sender.tax_code),
        ("denominazioneintermediario", desk.managed_by.name[:200]),
        ("indirizzo", desk.address[:100]),
        ("idcomune", desk.municipality.cadastral_code),
        ("telefono", desk.phone[:15]),
        ("email", desk.email or desk.managed_by.email),
        ("visibilita", "SI"),
        ("tipoofferta", "01"),
        # Unique because the sender's code is, and the same at every export.
        ("codiceofferta", sender.code + str(vacancy.number).zfill(CODE_LENGTH - len(sender.code))),
        ("codiceoffertaintermediario", vacancy.reference),
    )


def _write(parent: Element, *parts: tuple[str, str]) -> None:
    """Children in their order; what is empty is left out, as the module asks."""
    for name, text in parts:
        if text:
            SubElement(parent, _tag(name)).text = printable(text)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
