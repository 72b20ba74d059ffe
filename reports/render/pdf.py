"""The print of an edition."""

from django.template.loader import render_to_string

from reports.render.document import Document, glossary
from reports.render.keys import HIDDEN
from reports.rules import Semester
from sportello.core.pdf import SCHEME, Printed, print_page


def print_document(document: Document) -> Printed:
    """Lay out an edition and write it. The bytes depend on the document alone."""
    return print_page(render_to_string("reports/pdf/report.html", html_context(document)))


def html_context(document: Document) -> dict[str, object]:
    """What the template of the print reads."""
    issue = document.issue
    return {
        "document": document,
        "issue": issue,
        "stylesheet": f"{SCHEME}css/report-print.css",
        "hidden_sign": HIDDEN,
        "glossary": glossary(),
        "before_semester": Semester(document.before.year, document.before.half) if document.before else None,
        "chapters": [(number, chapter) for number, chapter in enumerate(document.chapters, start=1)],
    }
