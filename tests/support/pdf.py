"""What a print is: its words, and what the checker of both profiles says of it."""

import io
import re
from typing import Any

import page
from pypdf import PdfReader


def failures(pdf: bytes, *, archival: Any = page.ValidationProfile.PDF_A_2A) -> list[str]:
    """What both profiles find, less one mistake of the checker: it takes a stream whose compressed data happen to end in a carriage
    return (one in 256) for one of a wrong length. That is let pass only where every length is right."""
    profiles = (archival, page.ValidationProfile.PDF_UA_1)
    found = [f for profile in profiles for f in page.validate_pdf_bytes(pdf, profile=profile).failures]
    return [str(f) for f in found if "STREAM-LENGTH" not in f.rule_id or not has_right_lengths(pdf)]


def has_right_lengths(pdf: bytes) -> bool:
    """Whether each stream is as long as it says."""
    starts = list(re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", pdf))
    ends = [pdf[m.end() + int(m[1]) :][:10] for m in starts]
    return bool(starts) and set(ends) == {b"\nendstream"} and pdf.count(b"\nendstream") == len(starts)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages).split())
