"""A page of ours as a file to print: archivable (PDF/A-2a, 3a when it carries data) and accessible (PDF/UA-1), the same bytes at each rebuild."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

SCHEME = "static:"
"""How a page to print names our static files: `static:css/report-print.css`."""

_TYPES = {".css": "text/css", ".woff2": "font/woff2"}

# WeasyPrint writes one profile; this says the other one in the same description, with the schema that PDF/A asks for.
_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


@dataclass(frozen=True)
class Printed:
    pdf: bytes
    pages: int


@dataclass(frozen=True)
class Enclosed:
    """The same content for machines, carried inside the print; `changed_at` is when it last was another."""

    name: str
    description: str
    content: bytes
    changed_at: datetime


def print_page(html: str, *, enclosed: Enclosed | None = None) -> Printed:
    """Lay out a whole page and write it. The bytes depend on what is given alone; nothing is fetched but our own static files."""
    # Imported here: the renderer loads the text libraries of the system, and few requests print.
    from weasyprint import HTML, Attachment

    attachments = []
    if enclosed:
        attachments.append(
            Attachment(
                file_obj=BytesIO(enclosed.content),
                name=enclosed.name,
                description=enclosed.description,
                created=enclosed.changed_at,
                modified=enclosed.changed_at,
                relationship="Alternative",
            )
        )
    laid_out = HTML(string=html, base_url=SCHEME, url_fetcher=static_only()).render()
    pdf = laid_out.write_pdf(
        # Only the third part of the standard lets a file that is no PDF travel inside.
        pdf_variant="pdf/a-3a" if enclosed else "pdf/a-2a",
        pdf_identifier=hashlib.sha256(html.encode() + (enclosed.content if enclosed else b"")).digest()[:16],
        attachments=attachments,
        finisher=_also_accessible,
    )
    return Printed(pdf, len(laid_out.pages))


def static_only() -> Any:
    """A fetcher that opens the style sheets and fonts of our static files and refuses every other address, the network first."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            name = url.removeprefix(SCHEME)
            kind = _TYPES.get(Path(name).suffix)
            found = finders.find(name) if url.startswith(SCHEME) and kind else None
            if not found or kind is None:
                raise ValueError(f"the print may not open {url}")
            return URLFetcherResponse(url, Path(str(found)).read_bytes(), {"Content-Type": kind})

    return StaticOnly()


def _also_accessible(_document: Any, pdf: Any) -> None:
    """Name PDF/UA-1 beside PDF/A, and leave the metadata uncompressed, as PDF/A wants it."""
    (metadata,) = (
        found for found in pdf.objects if getattr(found, "extra", None) and found.extra.get("Type") == "/Metadata"
    )
    metadata.compress = False
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>")]
