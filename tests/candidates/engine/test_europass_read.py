"""Documents as the editors write them, alone or inside a PDF, and documents that mean harm."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfWriter

from candidates.engine.europass import Curriculum, Job, Spoken, Study
from candidates.engine.europass_read import NotEuropass, read_europass
from tests.support.curriculum import SPECIMENS


def inside_a_pdf(document: bytes, name: str = "attachment.xml") -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=200, height=200)
    writer.add_attachment("foto.jpg", b"\xff\xd8")
    writer.add_attachment(name, document)
    writer.write(out)
    return out.getvalue()


AMINA = Curriculum(
    given_name="Amina",
    family_name="Diallo",
    email="amina@example.org",
    phone=("39", "3331234567"),
    address="Via Roma 1",
    city="Segrate",
    about="Mi piace cucinare & imparare.\nPuntuale",
    jobs=(
        Job(
            "Cuoca",
            date(2019, 3, 1),
            date(2022, 2, 28),
            "Trattoria da Pino",
            "Primi piatti\nOrdini",
            uri="http://data.europa.eu/esco/occupation/90f75f67-495d-49fa-ab57-2f320e251d7e",
        ),
        Job("Aiuto cuoca", date(2018, 1, 1), None, "Trattoria da Pino"),
    ),
    studies=(Study("Baccalaureat", "Liceo di Dakar", 2004, 4, "Lettere"),),
    languages=(
        Spoken("wo", "", "C2", is_native=True),
        Spoken("", "serere", "C2", is_native=True),
        Spoken("it", "", "B1"),
        Spoken("fr", "", ""),
    ),
    licences=("AM", "B"),
    skills=("Posta elettronica", "Fogli di calcolo"),
)


@pytest.mark.parametrize("wrapped", [False, True])
def test_the_editors_document_is_read_whole_and_the_rest_is_named(wrapped: bool) -> None:
    document = (SPECIMENS / "candidate.xml").read_bytes()
    reading = read_europass(inside_a_pdf(document) if wrapped else document)
    assert reading.curriculum == AMINA
    assert reading.untaken == (
        ("NationalityCode", "sn"),
        ("BirthDate", "1985-12-10"),
        ("GenderCode", "female"),
        ("PublicationHistory", "Ricette di casa 2020"),
        ("EmployerHistory", "Lavapiatti"),
        ("Others", "Hobby: Calcio"),
    )


def test_a_document_without_prefixes_is_read_too() -> None:
    reading = read_europass((SPECIMENS / "candidate-plain.xml").read_bytes())
    assert reading.curriculum == Curriculum(
        given_name="Li",
        family_name="Wei",
        jobs=(Job("Warehouse worker", date(2021, 5, 4), None, "Logistica Est", "Picking and packing"),),
        studies=(Study("Forklift course", "CFP"),),
    )


def test_a_passport_inside_a_pdf_is_read() -> None:
    document = (SPECIMENS / "skills-passport-3.4.xml").read_bytes()
    assert read_europass(inside_a_pdf(document)).curriculum.family_name == "Rossi"


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><Candidate xmlns="http://www.europass.eu/1.0">&a;</Candidate>'
)
OUTSIDE = b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Candidate xmlns="http://www.europass.eu/1.0"/>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ciao",
        b"<html/>",
        b"<Candidate/>",
        b"<Candidate",
        b'<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"/>',
        b'<?xml version="1.0" encoding="nessuna"?><a/>',
        LAUGHS,
        OUTSIDE,
        b"%PDF-1.7\nrotto",
        inside_a_pdf(LAUGHS),
        inside_a_pdf(b"ciao"),
    ],
)
def test_everything_else_is_refused(content: bytes) -> None:
    with pytest.raises(NotEuropass):
        read_europass(content)
