"""Rows of a profile: what is written, what follows from it, and what stays as it was."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from candidates.enums import EvidenceKind, SkillSource
from candidates.models import Candidate, DesiredOccupation, Education, SkillStatement, WorkExperience
from candidates.services import profile_rows as service
from matching.models import ChangedPerson
from sportello.reference.models import DrivingLicence, EducationLevel, Language
from tests.support.employers import make_occupation, make_skill
from tests.support.personas import make_candidate, make_user, scope
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

JOB: dict[str, Any] = {
    "title": "Assistenza a mia madre",
    "employer": "in famiglia",
    "starts_on": date(2019, 3, 1),
    "ends_on": date(2022, 3, 31),
    "is_paid": False,
    "description": "Cura, spesa, medicine",
}


def level(code: str, eqf: int) -> EducationLevel:
    return EducationLevel.objects.create(code=code, label=code, isced=eqf, eqf=eqf, position=900 + eqf)


def test_unpaid_care_is_a_job_and_the_years_of_the_wish_stay_as_the_person_wrote_them() -> None:
    person, occupation = make_candidate(), make_occupation()
    wish = DesiredOccupation.objects.create(candidate=person, occupation=occupation, years=1)
    by = scope(make_user())
    job = service.save_experience(candidate=person, occupation=occupation, by=by, **JOB)
    kept = WorkExperience.objects.values(*JOB, "candidate", "occupation").get(pk=job.pk)
    assert kept == {**JOB, "candidate": person.pk, "occupation": occupation.pk}
    wish.refresh_from_db()
    assert wish.years == 1


def test_a_job_is_changed_in_place() -> None:
    person, by = make_candidate(), scope(make_user())
    job = service.save_experience(candidate=person, occupation=None, by=by, **JOB)
    service.save_experience(candidate=person, occupation=None, by=by, row=job, **{**JOB, "ends_on": None})
    assert list(person.experiences.values_list("pk", "ends_on")) == [(job.pk, None)]


@pytest.mark.parametrize(
    ("eqf", "year", "becomes"),
    [(5, 2020, "higher"), (4, 2020, "diploma"), (2, 2020, "diploma"), (5, None, "diploma")],
)
def test_a_finished_higher_title_becomes_the_profiles(eqf: int, year: int | None, becomes: str) -> None:
    person, by = make_candidate(), scope(make_user())
    person.profile.education_level = level("diploma", 4)
    person.profile.save()
    service.save_education(
        candidate=person, title="Corso", provider="", year=year, level=level("higher", eqf), field="", by=by
    )
    person.profile.refresh_from_db()
    assert person.profile.education_level is not None
    assert person.profile.education_level.code == becomes


def test_a_course_without_level_leaves_the_title() -> None:
    person, by = make_candidate(), scope(make_user())
    row = service.save_education(
        candidate=person, title="HACCP", provider="AFOL", year=2024, level=None, field="Igiene", by=by
    )
    person.profile.refresh_from_db()
    assert person.profile.education_level is None
    assert list(Education.objects.values_list("pk", "title", "provider", "year", "field")) == [
        (row.pk, "HACCP", "AFOL", 2024, "Igiene")
    ]


def test_a_language_is_stated_once_and_the_own_one_is_mastered() -> None:
    person, by = make_candidate(), scope(make_user())
    wolof = Language.objects.create(code="xw", label="wolof", position=900)
    service.save_language(candidate=person, language=wolof, level="B1", is_native=False, by=by)
    service.save_language(candidate=person, language=wolof, level="", is_native=True, by=by)
    assert list(person.language_skills.values_list("level", "is_native")) == [("C2", True)]
    with refused("native_language_is_mastered"):
        person.language_skills.update(level="B1")


def test_a_licence_is_held_once_and_the_matching_hears_of_it() -> None:
    person, by = make_candidate(), scope(make_user())
    licence = DrivingLicence.objects.create(code="XX", label="Patente XX", position=900)
    ChangedPerson.objects.all().delete()
    service.save_licence(candidate=person, drivinglicence=licence, expires_on=None, by=by)
    assert [changed.candidate_id for changed in ChangedPerson.objects.all()] == [person.pk]
    service.save_licence(candidate=person, drivinglicence=licence, expires_on=date(2030, 1, 2), by=by)
    assert list(person.profile.held_licences.values_list("drivinglicence", "expires_on")) == [
        (licence.pk, date(2030, 1, 2))
    ]


@pytest.mark.parametrize(
    ("kind", "source"),
    [(EvidenceKind.TEST, SkillSource.OPERATOR), (EvidenceKind.CERTIFICATE, SkillSource.CERTIFICATE)],
)
def test_a_confirmation_says_who_when_and_on_what(kind: EvidenceKind, source: SkillSource) -> None:
    person, operator = make_candidate(), make_user()
    statement = SkillStatement.objects.create(candidate=person, skill=make_skill())
    service.confirm_skill(statement=statement, evidence_kind=kind, by=scope(operator))
    service.state_evidence(statement=statement, evidence="in cucina", document=None, by=scope(operator))
    assert SkillStatement.objects.values(
        "source", "evidence_kind", "confirmed_on", "confirmed_by", "evidence"
    ).get() == {
        "source": source,
        "evidence_kind": kind,
        "confirmed_on": timezone.localdate(),
        "confirmed_by": operator.pk,
        "evidence": "in cucina",
    }


def test_a_confirmation_is_taken_back_whole() -> None:
    person, by = make_candidate(), scope(make_user())
    statement = SkillStatement.objects.create(candidate=person, skill=make_skill(), evidence="in cucina")
    service.confirm_skill(statement=statement, evidence_kind=EvidenceKind.TEST, by=by)
    service.confirm_skill(statement=statement, evidence_kind=None, by=by)
    kept = SkillStatement.objects.values("source", "evidence_kind", "confirmed_on", "confirmed_by", "evidence").get()
    assert list(kept.values()) == ["self", "", None, None, "in cucina"]


def test_a_removed_row_is_gone_and_the_others_stay() -> None:
    person, by = make_candidate(), scope(make_user())
    first, second = (service.save_experience(candidate=person, occupation=None, by=by, **JOB) for _ in range(2))
    service.remove_row(row=first, by=by)
    assert list(Candidate.objects.get(pk=person.pk).experiences.all()) == [second]
