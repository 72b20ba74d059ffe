"""The published editions as a catalogue that other portals harvest: DCAT-AP_IT 1.0, the profile of dati.gov.it, in RDF/XML."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef

from reports.models import ReportIssue
from reports.rules import Semester

DCATAPIT: Any = Namespace("http://dati.gov.it/onto/dcatapit#")
VCARD: Any = Namespace("http://www.w3.org/2006/vcard/ns#")
_EUROPEAN = "http://publications.europa.eu/resource/authority/"
_LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_TWICE_A_YEAR = URIRef(f"{_EUROPEAN}frequency/ANNUAL_2")
_SOCIETY = URIRef(f"{_EUROPEAN}data-theme/SOCI")
_ITALIAN = URIRef(f"{_EUROPEAN}language/ITA")


@dataclass(frozen=True)
class _File:
    """A way to take the figures: the page that gives it, its European file type, whether it is a file that is saved."""

    page: str
    kind: str
    is_saved: bool = True


_FILES = (
    _File("report_csv", "CSV"),
    _File("report_xlsx", "XLSX"),
    _File("api_edition", "JSON", is_saved=False),
    _File("report_pdf", "PDF"),
)


def catalogue(issues: Iterable[ReportIssue]) -> bytes:
    """RDF/XML of the catalogue, one dataset for each of the published `issues` (with their territory), a distribution for each file."""
    graph = Graph()
    for prefix, space in (("dcatapit", DCATAPIT), ("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", VCARD)):
        graph.bind(prefix, space)
    publisher = _publisher(graph)
    whole = URIRef(_address("report_catalogue"))
    _say(graph, whole, RDF.type, DCATAPIT.Catalog, DCAT.Catalog)
    _say(graph, whole, DCTERMS.title, Literal(_("Rapporti sul lavoro nel territorio"), lang="it"))
    _say(graph, whole, DCTERMS.description, Literal(_("I numeri dei rapporti semestrali pubblicati."), lang="it"))
    _say(graph, whole, DCTERMS.publisher, publisher)
    _say(graph, whole, DCTERMS.language, _ITALIAN)
    _say(graph, whole, DCAT.themeTaxonomy, URIRef(f"{_EUROPEAN}data-theme"))
    _say(graph, whole, FOAF.homepage, URIRef(_address("reports")))
    changed = []
    for issue in issues:
        _say(graph, whole, DCAT.dataset, _dataset(graph, issue, publisher))
        changed.append(issue.published_at.date() if issue.published_at else issue.data_cut)
    if changed:
        _say(graph, whole, DCTERMS.modified, Literal(max(changed), datatype=XSD.date))
    return graph.serialize(format="pretty-xml", encoding="utf-8")


def _publisher(graph: Graph) -> URIRef:
    """Who answers for the data: also its rights holder and where to write."""
    who = URIRef(f"{settings.SITE_URL}/#ente")
    _say(graph, who, RDF.type, DCATAPIT.Agent, FOAF.Agent, DCATAPIT.Organization, VCARD.Organization)
    _say(graph, who, DCTERMS.identifier, Literal(settings.PUBLISHER_CODE))
    _say(graph, who, FOAF.name, Literal(settings.PUBLISHER_NAME))
    _say(graph, who, VCARD.fn, Literal(settings.PUBLISHER_NAME))
    _say(graph, who, VCARD.hasEmail, URIRef(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    return who


def _dataset(graph: Graph, issue: ReportIssue, publisher: URIRef) -> URIRef:
    page = _address("report_detail", issue)
    it = URIRef(f"{page}#dati")
    semester = Semester(issue.year, issue.half)
    names = {"territory": issue.territory_name, "semester": semester.label}
    title = _("Lavoro nel territorio: %(territory)s, %(semester)s") % names
    about = _(
        "Persone, offerte, percorsi e inserimenti di %(territory)s nel %(semester)s: ogni numero con ciò a cui si rapporta. I numeri"
        " piccoli non ci sono, per proteggere le persone."
    )
    _say(graph, it, RDF.type, DCATAPIT.Dataset, DCAT.Dataset)
    _say(graph, it, DCTERMS.identifier, Literal(issue.code))
    _say(graph, it, DCTERMS.title, Literal(title, lang="it"))
    _say(graph, it, DCTERMS.description, Literal(about % names, lang="it"))
    _say(graph, it, DCTERMS.modified, Literal(issue.published_at.date() if issue.published_at else None))
    _say(graph, it, DCAT.theme, _SOCIETY)
    _say(graph, it, DCTERMS.rightsHolder, publisher)
    _say(graph, it, DCTERMS.publisher, publisher)
    _say(graph, it, DCAT.contactPoint, publisher)
    _say(graph, it, DCTERMS.accrualPeriodicity, _TWICE_A_YEAR)
    _say(graph, it, DCTERMS.language, _ITALIAN)
    _say(graph, it, DCAT.landingPage, URIRef(page))
    for file in _FILES:
        _say(graph, it, DCAT.distribution, _distribution(graph, issue, file))
    return it


def _distribution(graph: Graph, issue: ReportIssue, file: _File) -> URIRef:
    address = URIRef(_address(file.page, issue))
    it = URIRef(f"{_address('report_detail', issue)}#{file.kind.lower()}")
    _say(graph, it, RDF.type, DCATAPIT.Distribution, DCAT.Distribution)
    _say(graph, it, DCAT.accessURL, address)
    if file.is_saved:
        _say(graph, it, DCAT.downloadURL, address)
    _say(graph, it, DCTERMS["format"], URIRef(f"{_EUROPEAN}file-type/{file.kind}"))
    _say(graph, it, DCTERMS.license, _LICENCE)
    return it


def _say(graph: Graph, subject: URIRef, predicate: URIRef, *objects: URIRef | Literal) -> None:
    for it in objects:
        graph.add((subject, predicate, it))


def _address(page: str, issue: ReportIssue | None = None) -> str:
    return str(settings.SITE_URL) + reverse(page, kwargs={"issue": issue.pk} if issue else None)
