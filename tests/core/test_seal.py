"""The seal on a print: both profiles still hold, and what it covers is the whole file."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from sportello.core.pdf import Enclosed, print_page
from sportello.core.seal import SealKey, seal, seal_key, write_test_key
from tests.support.pdf import failures

HTML = """<!doctype html><html lang="it"><head><meta charset="utf-8"><title>Prova</title><meta name="author" content="Noi">
<meta name="dcterms.created" content="2026-01-01T00:00:00Z"><meta name="dcterms.modified" content="2026-01-01T00:00:00Z">
<link rel="stylesheet" href="static:css/report-print.css"></head>
<body><h1>Prova</h1><p>Testo con un <a href="#due">rinvio</a>.</p><h2 id="due">Due</h2>
<table><tr><th scope="row">a</th><td>b</td></tr></table></body></html>"""
ENCLOSED = Enclosed("dati.csv", "I dati", b"a;b", datetime(2026, 1, 1, tzinfo=UTC))
KINDS = [(None, page.ValidationProfile.PDF_A_2A), (ENCLOSED, page.ValidationProfile.PDF_A_3A)]


@pytest.fixture
def key(tmp_path: Path) -> SealKey:
    made = SealKey(tmp_path / "chiave.p12", "prova")
    write_test_key(made)
    return made


def checked(sealed: bytes) -> tuple[Any, Any]:
    """The one seal on the print, and what the validator says of it: in a thread apart, as this one may hold a loop for the browser."""
    (signature,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    context = ValidationContext(trust_roots=[signature.signer_cert])
    with ThreadPoolExecutor(max_workers=1) as apart:
        return signature, apart.submit(validate_pdf_signature, signature, context).result()


@pytest.mark.parametrize(("enclosed", "archival"), KINDS, ids=["2a", "3a"])
def test_a_sealed_print_is_archivable_accessible_and_whole(key: SealKey, enclosed: Any, archival: Any) -> None:
    pdf = print_page(HTML, enclosed=enclosed).pdf
    sealed = seal(pdf, key=key, reason="Rapporto pubblicato")
    assert sealed.startswith(pdf)
    assert failures(sealed, archival=archival) == []
    signature, verdict = checked(sealed)
    assert (verdict.intact, verdict.valid, verdict.coverage) == (True, True, SignatureCoverageLevel.ENTIRE_FILE)
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == "Rapporto pubblicato"


def test_a_byte_that_moves_breaks_the_seal(key: SealKey) -> None:
    sealed = seal(print_page(HTML).pdf, key=key, reason="Rapporto pubblicato")
    at = sealed.index(b"endstream") - 2
    forged = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    assert not checked(forged)[1].intact


def test_a_thread_that_already_runs_a_loop_seals_too(key: SealKey) -> None:
    pdf = print_page(HTML).pdf

    async def within() -> bytes:
        return seal(pdf, key=key, reason="Rapporto pubblicato")

    with ThreadPoolExecutor(max_workers=1) as apart:
        sealed = apart.submit(asyncio.run, within()).result()
    assert checked(sealed)[1].intact


@pytest.mark.parametrize("wrong", ["passphrase", "missing", "garbage"])
def test_a_key_that_does_not_open_is_told(key: SealKey, wrong: str) -> None:
    if wrong == "garbage":
        key.path.write_bytes(b"no key")
    elif wrong == "missing":
        key.path.unlink()
    with pytest.raises((OSError, ValueError)):
        seal(
            print_page(HTML).pdf,
            key=SealKey(key.path, "altra" if wrong == "passphrase" else key.passphrase),
            reason="Rapporto pubblicato",
        )


def test_without_a_key_nothing_is_sealed(settings: Any, tmp_path: Path) -> None:
    settings.SEAL_KEY = ""
    assert seal_key() is None
    settings.SEAL_KEY, settings.SEAL_PASSPHRASE = str(tmp_path / "ente.p12"), "segreto"
    assert seal_key() == SealKey(tmp_path / "ente.p12", "segreto")
