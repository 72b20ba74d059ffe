"""Files are added, handed out as downloads and taken away by who added them; nobody else's are there."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from candidates.models import Candidate, PersonDocument
from sportello.core.models import AccessLogEntry
from tests.support.mail import PDF
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

Who = tuple[Client, Candidate, dict[str, Any]]
NAMES = {
    "list": ("my_documents", "person_documents"),
    "file": ("my_document", "person_document"),
    "remove": ("remove_my_document", "remove_person_document"),
}


@pytest.fixture(params=["citizen", "operator"])
def who(request: pytest.FixtureRequest) -> Who:
    """The person's browser or their operator's, the person, and what the addresses need to name them."""
    user, desk = make_user(), make_desk()
    operator = make_operator(desk)
    person = make_case(desk, candidate=make_candidate(user=user), operator=operator).candidate
    mine = request.param == "citizen"
    return signed_in(user if mine else operator), person, {} if mine else {"candidate": person.pk}


def address(act: str, named: dict[str, Any], **parts: object) -> str:
    return reverse(NAMES[act][bool(named)], kwargs={**named, **parts})


def sent(content: bytes = PDF, name: str = "Attestato HACCP") -> dict[str, Any]:
    return {"kind": "certificate", "name": name, "file": SimpleUploadedFile("Rossi.exe", content)}


def test_a_file_is_added_shown_downloaded_and_removed(who: Who) -> None:
    client, person, named = who
    assert client.post(address("list", named), sent()).status_code == 302
    kept = PersonDocument.objects.get()
    assert (kept.candidate, kept.size) == (person, len(PDF))
    assert "aggiunto da te" in client.get(address("list", named)).content.decode()
    answer = client.get(address("file", named, document=kept.pk))
    assert answer.getvalue() == PDF
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="attestato-haccp.pdf"',
    )
    assert client.post(address("remove", named, document=kept.pk)).status_code == 302
    assert not PersonDocument.objects.exists()


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00 programma", b"<html></html>"])
def test_what_is_no_document_is_refused_and_the_name_stays(who: Who, content: bytes) -> None:
    client, _person, named = who
    answer = client.post(address("list", named), sent(content))
    assert (answer.status_code, "Attestato HACCP" in answer.content.decode()) == (422, True)
    assert not PersonDocument.objects.exists()


def test_only_who_added_a_file_takes_it_away(who: Who) -> None:
    client, person, named = who
    other = make_user(first_name="Lia", last_name="Altra")
    kept = PersonDocument.objects.create(
        candidate=person, kind="cv", name="CV", file=SimpleUploadedFile("a", PDF), size=1, added_by=other
    )
    remove = address("remove", named, document=kept.pk)
    page = client.get(address("list", named)).content.decode()
    assert ("aggiunto da Lia Altra" in page, remove in page) == (True, False)
    assert client.post(remove).status_code == 302
    assert PersonDocument.objects.exists()


def test_another_persons_file_does_not_exist(who: Who) -> None:
    client, _person, named = who
    kept = PersonDocument.objects.create(
        candidate=make_candidate(), kind="cv", name="CV", file=SimpleUploadedFile("a", PDF), size=1
    )
    assert client.get(address("file", named, document=kept.pk)).status_code == 404
    assert client.post(address("remove", named, document=kept.pk)).status_code == 404


def test_a_download_by_the_desk_is_read_by_the_person() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    person = make_case(desk, operator=operator).candidate
    kept = PersonDocument.objects.create(
        candidate=person, kind="cv", name="CV", file=SimpleUploadedFile("a", PDF), size=1
    )
    answer = signed_in(operator).get(address("file", {"candidate": person.pk}, document=kept.pk))
    assert answer.getvalue() == PDF
    assert AccessLogEntry.objects.get().part == "documents"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_stays_within_ten_queries(who: Who, count: int) -> None:
    client, person, named = who
    for number in range(count):
        PersonDocument.objects.create(
            candidate=person,
            kind="cv",
            name=str(number),
            file=SimpleUploadedFile("a", PDF),
            size=1,
            added_by=make_user(),
        )
    with queries_of() as queries:
        assert len(client.get(address("list", named)).context["rows"]) == count
    assert len(queries) <= 10, queries
