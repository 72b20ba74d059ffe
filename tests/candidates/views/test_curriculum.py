"""A curriculum is downloaded, and one of Europass is shown before anything is written."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from candidates.engine.europass_read import read_europass
from candidates.models import Candidate, WorkExperience
from tests.support.curriculum import SPECIMENS
from tests.support.pdf import text_of
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.profile import fill_profile
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.usefixtures("vocabulary")

Who = tuple[Client, Candidate, dict[str, Any]]
NAMES = {
    "page": ("my_curriculum", "person_curriculum"),
    "take": ("take_my_curriculum", "take_curriculum"),
    "file": ("my_curriculum_file", "curriculum_file"),
}


@pytest.fixture(params=["citizen", "operator"])
def who(request: pytest.FixtureRequest) -> Who:
    """The person's browser or their operator's, the person, and what the addresses need to name them."""
    user, desk = make_user(), make_desk()
    operator = make_operator(desk)
    person = make_case(desk, candidate=make_candidate(user=user, last_name="Diallo"), operator=operator).candidate
    mine = request.param == "citizen"
    return signed_in(user if mine else operator), person, {} if mine else {"candidate": person.pk}


def address(act: str, named: dict[str, Any], **parts: object) -> str:
    return reverse(NAMES[act][bool(named)], kwargs={**named, **parts})


def specimen(name: str = "candidate.xml") -> dict[str, Any]:
    return {"file": SimpleUploadedFile("cv.xml", (SPECIMENS / name).read_bytes())}


def test_a_curriculum_is_shown_first_and_written_by_choice(who: Who) -> None:
    client, person, named = who
    shown = client.post(address("page", named), specimen())
    page = shown.content.decode()
    assert shown.status_code == 200
    assert all(text in page for text in ("Cuoca, Trattoria da Pino", "Ricette di casa", "Pubblicazioni"))
    assert not person.experiences.exists()
    form = shown.context["form"]
    chosen = {"document": form["document"].value(), "taken": ["job-0", "language-it"]}
    answer = client.post(address("take", named), chosen)
    assert answer.status_code == 302
    assert list(person.experiences.values_list("title", "employer")) == [("Cuoca", "Trattoria da Pino")]
    assert list(person.language_skills.values_list("language__code", "level")) == [("it", "B1")]
    assert not person.education.exists()


@pytest.mark.parametrize("name", ["skills-passport-3.0.xml", "skills-passport-3.4.xml", "candidate-plain.xml"])
def test_every_specimen_is_shown(who: Who, name: str) -> None:
    client, _person, named = who
    shown = client.post(address("page", named), specimen(name))
    assert (shown.status_code, len(shown.context["found"].pieces) > 1) == (200, True)


def test_what_is_no_europass_is_refused_and_a_forged_choice_starts_again(who: Who) -> None:
    client, _person, named = who
    assert client.post(address("page", named), {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")}).status_code == 422
    forged = client.post(address("take", named), {"document": "<!DOCTYPE a><a/>", "taken": ["job-0"]})
    assert forged.url == address("page", named)  # type: ignore[attr-defined]
    whole = (SPECIMENS / "candidate-plain.xml").read_text()
    unknown = client.post(address("take", named), {"document": whole, "taken": ["job-7"]})
    assert unknown.status_code == 200
    assert not WorkExperience.objects.exists()


def test_the_print_carries_the_document_that_is_read_again(who: Who) -> None:
    client, person, named = who
    fill_profile(person, rows=1)
    answer = client.get(address("file", named, kind="completo"))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="curriculum-completo.pdf"',
    )
    assert "Diallo" in text_of(answer.content)
    assert set(PdfReader(BytesIO(answer.content)).attachments) == {"attachment.xml"}
    assert read_europass(answer.content).curriculum.jobs[0].title == "Lavoro 0"


def test_the_nameless_print_names_nobody_and_the_xml_is_europass(who: Who) -> None:
    client, person, named = who
    fill_profile(person, rows=1)
    nameless = client.get(address("file", named, kind="anonimo")).content
    assert ("Diallo" in text_of(nameless), read_europass(nameless).curriculum.family_name) == (False, "")
    assert "Diallo" not in str(PdfReader(BytesIO(nameless)).metadata)
    xml = client.get(address("file", named, kind="europass"))
    assert xml["Content-Disposition"] == 'attachment; filename="attachment.xml"'
    assert read_europass(xml.content).curriculum.family_name == "Diallo"
    assert client.get(address("file", named, kind="altro")).status_code == 404


def test_pages_stay_within_ten_queries(who: Who) -> None:
    client, person, named = who
    fill_profile(person, rows=3)
    for url in (address("page", named), *(address("file", named, kind=kind) for kind in ("completo", "europass"))):
        with queries_of() as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= 10, (url, queries)
