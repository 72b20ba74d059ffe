"""What is written for Europass is read again as it was, whatever people write."""

from datetime import date
from xml.etree.ElementTree import fromstring, register_namespace

from hypothesis import given
from hypothesis import strategies as st

from candidates.engine.europass import Curriculum, Job, Spoken, Study, write_candidate
from candidates.engine.europass_read import read_europass
from tests.support.curriculum import curricula

SPACES = {
    "e": "http://www.europass.eu/1.0",
    "hr": "http://www.hr-xml.org/3",
    "oa": "http://www.openapplications.org/oagis/9",
}


@given(curricula)
def test_a_curriculum_comes_back_as_it_left(cv: Curriculum) -> None:
    reading = read_europass(write_candidate(cv))
    assert reading.curriculum == cv
    assert reading.untaken == ()


@given(st.text(), st.text())
def test_any_text_becomes_one_that_stays(title: str, about: str) -> None:
    cv = Curriculum(about=about, jobs=(Job(title=title, begins=date(2020, 1, 2), description=about, is_paid=False),))
    once = read_europass(write_candidate(cv)).curriculum
    assert read_europass(write_candidate(once)).curriculum == once


def test_the_document_has_what_the_editor_asks_for() -> None:
    cv = Curriculum(
        phone=("39", "3331234567"),
        about="Ciao <mondo>",
        studies=(Study("Licenza media", year=1999, eqf=1),),
        languages=(Spoken("it", "", "B1"), Spoken("", "serere", "C2", is_native=True)),
    )
    root = fromstring(write_candidate(cv))
    assert root.tag == "{http://www.europass.eu/1.0}Candidate"
    assert root.find("e:CandidatePerson/e:PersonName/oa:GivenName", SPACES) is not None
    assert root.findtext("e:CandidatePerson/e:Communication/e:CountryDialing", namespaces=SPACES) == "39"
    profile = root.find("e:CandidateProfile", SPACES)
    assert profile is not None
    assert profile.get("languageCode") == "it"
    assert profile.findtext("hr:ExecutiveSummary", namespaces=SPACES) == "<p>Ciao &lt;mondo&gt;</p>"
    scores = [row.text for row in profile.iter("{http://www.hr-xml.org/3}ScoreText")]
    assert scores == ["B1"] * 5
    order = [row.text for row in root.findall("e:RenderingInformation//e:Section/e:Title", SPACES)]
    assert order == ["about-me", "education-training", "language"]


def test_the_same_curriculum_gives_the_same_bytes() -> None:
    cv = Curriculum(given_name="Amina", skills=("cucinare",))
    first = write_candidate(cv)
    # The printer does so, and the table of prefixes is one for the process.
    register_namespace("", "http://www.w3.org/1999/xhtml")
    assert write_candidate(cv) == first
    assert first.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<Candidate xmlns=\"http://www.europass.eu/1.0\"")
