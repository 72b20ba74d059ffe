"""The rows of a profile, one at a time: jobs, studies, languages, licences, the evidence of a skill."""

from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from candidates.enums import EvidenceKind, SkillSource
from candidates.models import (
    Candidate,
    Education,
    HeldLicence,
    LanguageSkill,
    PersonDocument,
    SkillStatement,
    WorkExperience,
)
from candidates.services.profile import complete, lock
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.enums import LanguageLevel
from sportello.reference.models import DrivingLicence, EducationLevel, Language, Occupation

R = TypeVar("R", WorkExperience, Education, LanguageSkill, HeldLicence, SkillStatement)
Row = WorkExperience | Education | LanguageSkill | HeldLicence
"""What a person can add to the profile and take away again."""


@audit.service("profile.experience")
def save_experience(
    *,
    candidate: Candidate,
    title: str,
    employer: str,
    starts_on: date,
    ends_on: date | None,
    is_paid: bool,
    description: str,
    occupation: Occupation | None,
    by: Scope,
    row: WorkExperience | None = None,
) -> WorkExperience:
    """A job of the person, new or changed; without an end while it goes on. The years of the wishes stay as they are."""
    candidate, _ = lock(candidate)
    row = row or WorkExperience(candidate=candidate)
    return _written(
        row,
        title=title,
        employer=employer,
        starts_on=starts_on,
        ends_on=ends_on,
        is_paid=is_paid,
        description=description,
        occupation=occupation,
    )


@audit.service("profile.education")
def save_education(
    *,
    candidate: Candidate,
    title: str,
    provider: str,
    year: int | None,
    level: EducationLevel | None,
    field: str,
    by: Scope,
    row: Education | None = None,
) -> Education:
    """A school or a course, new or changed. Ended on a level above the profile's, it becomes the profile's title."""
    candidate, profile = lock(candidate)
    row = row or Education(candidate=candidate)
    saved = _written(row, title=title, provider=provider, year=year, level=level, field=field)
    current = profile.education_level
    if level and year and (current is None or level.eqf > current.eqf):
        profile.education_level = level
        profile.save(update_fields=["education_level"])
    return saved


@audit.service("profile.language")
def save_language(*, candidate: Candidate, language: Language, level: str, is_native: bool, by: Scope) -> LanguageSkill:
    """A language at a level of the Common European Framework; stated before, it changes. Their own is C2."""
    candidate, profile = lock(candidate)
    known = candidate.language_skills.filter(language=language).first()
    known = known or LanguageSkill(candidate=candidate, language=language)
    written = _written(known, level=LanguageLevel.C2 if is_native else level, is_native=is_native)
    complete(profile)
    return written


@audit.service("profile.licence")
def save_licence(
    *, candidate: Candidate, drivinglicence: DrivingLicence, expires_on: date | None, by: Scope
) -> HeldLicence:
    """A licence with the last day on which it holds, None when it does not end; stated before, it changes."""
    _, profile = lock(candidate)
    held = profile.held_licences.filter(drivinglicence=drivinglicence).first()
    held = held or HeldLicence(profile=profile, drivinglicence=drivinglicence)
    return _written(held, expires_on=expires_on)


@audit.service("profile.evidence")
def state_evidence(
    *, statement: SkillStatement, evidence: str, document: PersonDocument | None, by: Scope
) -> SkillStatement:
    """How the person learned it, in their words, and the paper that shows it; what an operator confirmed stays confirmed."""
    return _written(statement, evidence=evidence, document=document)


@audit.service("profile.confirm_skill")
def confirm_skill(*, statement: SkillStatement, evidence_kind: EvidenceKind | None, by: Scope) -> SkillStatement:
    """An operator's word, today, that the person can do it, and on what evidence; None takes the word back."""
    if evidence_kind is None:
        return _written(statement, source=SkillSource.SELF, evidence_kind="", confirmed_on=None, confirmed_by_id=None)
    source = SkillSource.CERTIFICATE if evidence_kind == EvidenceKind.CERTIFICATE else SkillSource.OPERATOR
    return _written(
        statement,
        source=source,
        evidence_kind=evidence_kind,
        confirmed_on=timezone.localdate(),
        confirmed_by_id=by.user_id,
    )


@audit.service("profile.remove")
def remove_row(*, row: Row, by: Scope) -> None:
    """Take a row out of the profile; the history keeps it."""
    row.delete()


def _written(row: R, **fields: Any) -> R:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row
