"""Rows of a profile, added, changed and taken away by the person or by the operator."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candidates.models import HeldLicence, PersonDocument, SkillStatement, WorkExperience
from sportello.reference.models import DrivingLicence, EducationLevel, Language, Occupation, Skill
from tests.candidates.views.test_profile import Who, address, who
from tests.support.mail import PDF
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.profile import fill_profile
from tests.support.queries import queries_of
from tests.support.territory import make_desk

__all__ = ["who"]

pytestmark = pytest.mark.usefixtures("vocabulary")

JOB = {
    "title": "badante",
    "is_paid": "no",
    "employer": "in famiglia",
    "starts_on_day": "1",
    "starts_on_month": "2",
    "starts_on_year": "2019",
    "description": "Cura di mia madre",
}


def at(named: dict[str, Any], part: str, row: object, *, remove: bool = False) -> str:
    base = address("add", named, part).removesuffix("aggiungi/")
    return f"{base}{row}/togli/" if remove else f"{base}{row}/"


def test_a_job_is_searched_added_changed_and_removed(who: Who) -> None:
    client, person, named = who
    url = address("add", named, "esperienza")
    carer = Occupation.objects.get(code="home-care-aide")
    found = client.post(url, {**JOB, "search": "1"})
    page = found.content.decode()
    assert found.status_code == 200
    assert all(text in page for text in (str(carer.pk), "Cura di mia madre", 'value="2019"'))
    assert not person.experiences.exists()
    answer = client.post(url, {**JOB, "occupation": str(carer.pk)})
    assert answer.url == address("show", named)  # type: ignore[attr-defined]
    job = WorkExperience.objects.get()
    assert (job.candidate, job.occupation, job.is_paid, job.ends_on) == (person, carer, False, None)
    shown = client.get(address("show", named)).content.decode()
    assert all(text in shown for text in ("badante", "non pagato", "febbraio 2019"))
    wrong = client.post(at(named, "esperienza", job.pk), {**JOB, "title": ""})
    assert (wrong.status_code, "Cura di mia madre" in wrong.content.decode()) == (422, True)
    client.post(at(named, "esperienza", job.pk), {**JOB, "title": "Assistenza", "is_paid": "yes"})
    job.refresh_from_db()
    assert (job.title, job.is_paid) == ("Assistenza", True)
    assert client.post(at(named, "esperienza", job.pk, remove=True)).status_code == 302
    assert not person.experiences.exists()


def test_a_study_raises_the_title_of_the_profile(who: Who) -> None:
    client, person, named = who
    level = EducationLevel.objects.get(code="upper-secondary-technical")
    typed = {"title": "Perito", "provider": "ITIS", "year": "2004", "level": str(level.pk), "field": "Meccanica"}
    assert client.post(address("add", named, "corso"), typed).status_code == 302
    person.profile.refresh_from_db()
    assert person.profile.education_level == level
    study = person.education.get()
    client.post(at(named, "corso", study.pk), {**typed, "field": ""})
    study.refresh_from_db()
    assert study.field == ""
    client.post(at(named, "corso", study.pk, remove=True))
    assert not person.education.exists()


def test_languages_and_licences_are_stated_changed_and_removed(who: Who) -> None:
    client, person, named = who
    wolof, licence = Language.objects.get(code="wo"), DrivingLicence.objects.get(code="FORKLIFT")
    client.post(address("add", named, "lingua"), {"language": str(wolof.pk), "is_native": "on"})
    known = person.language_skills.get()
    assert (known.language, known.level, known.is_native) == (wolof, "C2", True)
    client.post(at(named, "lingua", known.pk), {"language": str(wolof.pk), "level": "B2"})
    known.refresh_from_db()
    assert (known.level, known.is_native) == ("B2", False)
    until = {"expires_on_day": "1", "expires_on_month": "2", "expires_on_year": "2020"}
    client.post(address("add", named, "patente"), {"drivinglicence": str(licence.pk), **until})
    held = HeldLicence.objects.get(profile__candidate=person)
    assert "scaduta il 1 febbraio 2020" in client.get(address("show", named)).content.decode()
    client.post(at(named, "patente", held.pk), {"drivinglicence": str(licence.pk)})
    held.refresh_from_db()
    assert held.expires_on is None
    for part, row in (("lingua", known), ("patente", held)):
        assert client.post(at(named, part, row.pk, remove=True)).status_code == 302
    assert not (person.language_skills.exists() or person.profile.held_licences.exists())


def test_a_skill_gets_its_story_and_its_paper_and_the_desk_alone_confirms_it(who: Who) -> None:
    client, person, named = who
    statement = SkillStatement.objects.create(candidate=person, skill=Skill.objects.get(code="accounting"))
    url = at(named, "competenza", statement.pk)
    client.post(
        url, {"evidence": "in ufficio", "evidence_kind": "test", "file": SimpleUploadedFile("attestato.pdf", PDF)}
    )
    statement.refresh_from_db()
    paper = PersonDocument.objects.get()
    assert (statement.evidence, statement.document) == ("in ufficio", paper)
    assert (paper.candidate, paper.kind, paper.name) == (person, "certificate", "Contabilità generale")
    today = timezone.localdate()
    confirmed = (statement.source, statement.evidence_kind, statement.confirmed_on)
    assert confirmed == (("operator", "test", today) if named else ("self", "", None))
    wrong = client.post(url, {"evidence": "in ufficio", "file": SimpleUploadedFile("attestato.pdf", b"ciao")})
    assert wrong.status_code == 422


def test_a_confirmation_keeps_its_date_when_only_the_words_change() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    person = make_case(desk, operator=operator).candidate
    statement = SkillStatement.objects.create(
        candidate=person,
        skill=Skill.objects.get(code="accounting"),
        source="operator",
        evidence_kind="test",
        confirmed_on="2026-01-02",
    )
    url = at({"candidate": person.pk}, "competenza", statement.pk)
    signed_in(operator).post(url, {"evidence": "in ufficio", "evidence_kind": "test"})
    statement.refresh_from_db()
    assert (str(statement.confirmed_on), statement.evidence) == ("2026-01-02", "in ufficio")
    signed_in(operator).post(url, {"evidence": "in ufficio", "evidence_kind": ""})
    statement.refresh_from_db()
    assert (statement.confirmed_on, statement.source) == (None, "self")


def test_another_persons_row_does_not_exist(who: Who) -> None:
    client, _person, named = who
    other = make_candidate()
    fill_profile(other, rows=1)
    rows = {
        "esperienza": other.experiences.get(),
        "corso": other.education.get(),
        "lingua": other.language_skills.get(),
        "patente": other.profile.held_licences.get(),
        "competenza": other.skill_statements.get(),
    }
    for part, row in rows.items():
        assert client.get(at(named, part, row.pk)).status_code == 404
        assert client.post(at(named, part, row.pk, remove=True)).status_code == 404
    assert client.get(address("add", named, "altro")).status_code == 404
    assert client.get(address("add", named, "competenza")).status_code == 404


def test_a_file_is_opened_with_a_reason() -> None:
    person = make_case(make_desk()).candidate
    assert signed_in(make_user()).get(at({"candidate": person.pk}, "esperienza", person.pk)).status_code == 404


def test_pages_stay_within_ten_queries(who: Who) -> None:
    client, person, named = who
    fill_profile(person, rows=3)
    urls = [address("add", named, part) for part in ("esperienza", "corso", "lingua", "patente")]
    rows = {
        "esperienza": person.experiences.first(),
        "corso": person.education.first(),
        "lingua": person.language_skills.first(),
        "patente": person.profile.held_licences.first(),
        "competenza": person.skill_statements.first(),
    }
    urls += [at(named, part, row.pk) for part, row in rows.items() if row]
    assert len(urls) == 9
    for url in urls:
        with queries_of() as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= 10, (url, queries)
