"""The catalogue for the portals of open data."""

import pytest
from django.test import Client
from django.utils import timezone
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from reports.models import ReportIssue
from reports.queries.issues import public_issues
from reports.render.dataset import catalogue
from reports.services.freeze import freeze_issue
from reports.services.issue import open_issue
from reports.states import IssueState
from sportello.accounts.scope import Scope
from tests.support.reports import segrate_quarter

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
SITE = "http://127.0.0.1:8000"
IT: Namespace = Namespace("http://dati.gov.it/onto/dcatapit#")
EUROPEAN = "http://publications.europa.eu/resource/authority/"


def read(content: bytes) -> Graph:
    return Graph().parse(data=content, format="xml")


def published() -> ReportIssue:
    issue = freeze_issue(issue=open_issue(territory=segrate_quarter().place, year=2026, half=1, by=BY), by=BY)
    ReportIssue.objects.filter(pk=issue.pk).update(state=IssueState.PUBLISHED, published_at=timezone.now())
    issue.refresh_from_db()
    return issue


def said(graph: Graph, subject: Node) -> set[Node]:
    """The properties of a subject."""
    return set(graph.predicates(subject))


def test_each_published_edition_is_a_dataset_with_its_files() -> None:
    issue = published()
    graph = read(catalogue(public_issues()))
    whole = URIRef(f"{SITE}/rapporti/catalogo.rdf")
    page = f"{SITE}/rapporti/{issue.pk}/"
    assert list(graph.objects(whole, DCAT.dataset)) == [URIRef(f"{page}#dati")]
    assert list(graph.objects(whole, DCTERMS.modified)) == [Literal(timezone.localdate(), datatype=XSD.date)]
    it = URIRef(f"{page}#dati")
    assert graph.value(it, DCTERMS.title) == Literal("Lavoro nel territorio: Segrate, Primo semestre 2026", lang="it")
    assert graph.value(it, DCTERMS.identifier) == Literal(issue.code)
    files = {
        (graph.value(file, DCTERMS["format"]), graph.value(file, DCAT.accessURL))
        for file in graph.objects(it, DCAT.distribution)
    }
    assert files == {
        (URIRef(f"{EUROPEAN}file-type/CSV"), URIRef(f"{page}dati.csv")),
        (URIRef(f"{EUROPEAN}file-type/XLSX"), URIRef(f"{page}dati.xlsx")),
        (URIRef(f"{EUROPEAN}file-type/PDF"), URIRef(f"{page}rapporto.pdf")),
        (URIRef(f"{EUROPEAN}file-type/JSON"), URIRef(f"{SITE}/api/v1/statistics/{issue.pk}")),
    }


# Obligatory in DCAT-AP_IT 1.0 (dati.gov.it), class by class.
OBLIGATORY: dict[URIRef, set[URIRef]] = {
    IT.Agent: {DCTERMS.identifier, FOAF.name},
    IT.Catalog: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.modified, DCAT.dataset},
    IT.Dataset: {
        *(DCTERMS.identifier, DCTERMS.title, DCTERMS.description, DCTERMS.modified, DCTERMS.rightsHolder),
        *(DCTERMS.accrualPeriodicity, DCAT.theme),
    },
    IT.Distribution: {DCAT.accessURL, DCTERMS["format"], DCTERMS.license},
}


@pytest.mark.parametrize("kind", OBLIGATORY)
def test_nothing_obligatory_is_missing(kind: URIRef) -> None:
    published()
    graph = read(catalogue(public_issues()))
    subjects = list(graph.subjects(RDF.type, kind))
    assert subjects
    assert {subject: OBLIGATORY[kind] - said(graph, subject) for subject in subjects} == {
        key: set() for key in subjects
    }


def test_what_is_not_published_is_not_in_it_and_nothing_is_no_error() -> None:
    open_issue(territory=segrate_quarter().place, year=2026, half=1, by=BY)
    answer = Client().get("/rapporti/catalogo.rdf")
    assert answer["Content-Type"] == "application/rdf+xml; charset=utf-8"
    graph = read(answer.content)
    assert list(graph.subjects(RDF.type, IT.Dataset)) == []
    assert len(list(graph.subjects(RDF.type, IT.Catalog))) == 1


def test_every_file_of_the_catalogue_opens() -> None:
    published()
    graph = read(Client().get("/rapporti/catalogo.rdf").content)
    addresses = {str(address).removeprefix(SITE) for address in graph.objects(None, DCAT.accessURL)}
    opened = {address: Client().get(address).status_code for address in addresses if not address.endswith(".pdf")}
    assert opened == dict.fromkeys(opened, 200)
    assert len(opened) == 3
