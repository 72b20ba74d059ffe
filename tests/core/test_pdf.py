"""A page to print is archivable and accessible; the printer opens our own style sheets and fonts, and nothing else."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import page
import pytest
from pypdf import PdfReader

from sportello.core.pdf import Enclosed, print_page, static_only
from tests.support.pdf import failures, has_right_lengths, text_of

PAGE = """<!DOCTYPE html><html lang="it"><head><title>Prova di stampa</title>
<link rel="stylesheet" href="static:css/report-print.css"></head><body><h1>Ciò che resta</h1><p>Perché è così.</p></body></html>"""


def test_a_page_is_printed_for_archives_and_for_everybody() -> None:
    printed = print_page(PAGE)
    assert (printed.pages, text_of(printed.pdf), failures(printed.pdf)) == (1, "Ciò che resta Perché è così. 1 / 1", [])


def test_the_same_page_gives_the_same_bytes() -> None:
    assert print_page(PAGE) == print_page(PAGE)


def test_a_page_that_carries_data_is_archivable_too_and_gives_them_back() -> None:
    data = Enclosed("dati.xml", "Gli stessi dati per i programmi", b"<a>\xc3\xa8</a>", datetime(2026, 3, 9, tzinfo=UTC))
    printed = print_page(PAGE, enclosed=data)
    assert failures(printed.pdf, archival=page.ValidationProfile.PDF_A_3A) == []
    assert PdfReader(BytesIO(printed.pdf)).attachments == {"dati.xml": [data.content]}
    assert print_page(PAGE, enclosed=data) == printed


@pytest.mark.parametrize(("written", "is_right"), [(b"abc\r", True), (b"abc", False), (b"abcde", False)])
def test_only_a_stream_of_its_length_is_let_pass(written: bytes, is_right: bool) -> None:
    assert has_right_lengths(b"<</Length 4>>\nstream\n" + written + b"\nendstream") is is_right


def test_our_style_sheet_is_read() -> None:
    response = static_only().fetch("static:css/report-print.css")
    assert response.read() == Path("static/css/report-print.css").read_bytes()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/style.css",
        "file:///etc/passwd",
        "file:///etc/fonts/fonts.css",
        "static:../manage.py",
        "static:../../../etc/passwd",
        "static:css/missing.css",
        "static:js/bootstrap-italia.min.js",
        "data:text/css,p{}",
    ],
)
def test_every_other_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="may not open"):
        static_only().fetch(url)
