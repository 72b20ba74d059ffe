"""What is on file of a person: the whole profile in one query, and the initial values of the forms that change it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from candidates.enums import EmploymentSituation, EvidenceKind, SkillSource
from candidates.models import (
    AvailabilityWindow,
    Candidate,
    DesiredOccupation,
    Education,
    HeldLicence,
    LanguageSkill,
    Profile,
    SkillStatement,
    WorkExperience,
)
from candidates.rules import Told, years_worked
from sportello.reference.models import ContractType, shown_name
from sportello.territory.rules import week_lines


@dataclass(frozen=True)
class WishLine:
    occupation: str
    years: int


@dataclass(frozen=True)
class ExperienceLine:
    """A job; `uri` is that of its occupation in the vocabulary, empty without one."""

    id: UUID
    title: str
    employer: str
    starts_on: date
    ends_on: date | None
    is_paid: bool
    description: str
    occupation: str
    uri: str


@dataclass(frozen=True)
class EducationLine:
    id: UUID
    title: str
    provider: str
    year: int | None
    level: str
    eqf: int | None
    field: str


@dataclass(frozen=True)
class LanguageLine:
    id: UUID
    language: str
    code: str
    level: str
    is_native: bool


@dataclass(frozen=True)
class LicenceLine:
    id: UUID
    licence: str
    code: str
    expires_on: date | None
    has_expired: bool


@dataclass(frozen=True)
class SkillLine:
    """A skill: in whose words, on what evidence; `uri` is that of the vocabulary."""

    id: UUID
    skill: str
    uri: str
    source: str
    evidence: str
    evidence_kind: str
    confirmed_on: date | None
    document_id: UUID | None


@dataclass(frozen=True)
class WholeProfile:
    """Everything that a person said of their work, each list in the order in which it is read."""

    row: Profile
    wishes: tuple[WishLine, ...]
    experiences: tuple[ExperienceLine, ...]
    education: tuple[EducationLine, ...]
    languages: tuple[LanguageLine, ...]
    licences: tuple[LicenceLine, ...]
    skills: tuple[SkillLine, ...]
    contracts: tuple[str, ...]
    availability: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def told(self) -> Told:
        """Which parts have been told; who never worked has no jobs to tell."""
        person = self.row.candidate
        never = person.employment_situation == EmploymentSituation.NEVER_EMPLOYED
        return Told(
            contacts=bool(person.phone or person.email),
            job_wanted=bool(self.wishes),
            experiences=bool(self.experiences) or never,
            education=self.row.education_level is not None,
            skills=bool(self.skills),
            languages=bool(self.languages),
            availability=bool(self.availability),
            about=bool(self.row.about),
        )


def whole_profile(candidate: Candidate) -> WholeProfile:
    """The profile to read or to print, in one query; names are in the reader's language."""
    person = {"candidate": OuterRef("candidate")}
    held = HeldLicence.objects.filter(profile=OuterRef("pk")).order_by("drivinglicence__position")
    row = (
        Profile.objects.select_related("education_level", "candidate__domicile", "candidate__residence")
        .annotate(
            wishes=_lines(
                DesiredOccupation.objects.filter(**person).order_by("position"),
                occupation=shown_name("occupation__"),
                years="years",
            ),
            experiences=_lines(
                WorkExperience.objects.filter(**person).order_by("-starts_on", "pk"),
                **_same("id", "title", "employer", "starts_on", "ends_on", "is_paid", "description"),
                occupation=shown_name("occupation__"),
                uri="occupation__uri",
            ),
            education=_lines(
                Education.objects.filter(**person).order_by(F("year").desc(nulls_first=True), "title", "pk"),
                **_same("id", "title", "provider", "year", "field"),
                level=shown_name("level__"),
                eqf="level__eqf",
            ),
            languages=_lines(
                LanguageSkill.objects.filter(**person).order_by("language__position"),
                **_same("id", "level", "is_native"),
                language=shown_name("language__"),
                code="language__code",
            ),
            held=_lines(
                held,
                **_same("id", "expires_on"),
                licence=shown_name("drivinglicence__"),
                code="drivinglicence__code",
            ),
            skills=_lines(
                SkillStatement.objects.filter(**person).order_by("skill__sort_key", "pk"),
                **_same("id", "source", "evidence", "evidence_kind", "confirmed_on", "document_id"),
                skill=shown_name("skill__"),
                uri="skill__uri",
            ),
            contracts=ArraySubquery(
                ContractType.objects.filter(profile=OuterRef("pk")).order_by("position").values(word=shown_name())
            ),
            windows=_lines(AvailabilityWindow.objects.filter(**person).order_by("weekday"), **_same("weekday", "band")),
        )
        .get(candidate=candidate)
    )
    found: Any = row
    return WholeProfile(
        row=row,
        wishes=tuple(WishLine(**line) for line in found.wishes),
        experiences=tuple(map(_experience, found.experiences)),
        education=tuple(EducationLine(**_told(line)) for line in found.education),
        languages=tuple(LanguageLine(**line) for line in found.languages),
        licences=tuple(map(_licence, found.held)),
        skills=tuple(map(_skill, found.skills)),
        contracts=tuple(found.contracts),
        availability=tuple(week_lines({f"{row['weekday']}-{row['band']}" for row in found.windows})),
    )


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _lines(rows: QuerySet[Any], **columns: Any) -> ArraySubquery:
    """The rows as a list of objects, in their order; a join would multiply the lists by one another."""
    return ArraySubquery(rows.values(line=JSONObject(**columns)))


def _told(line: dict[str, Any]) -> dict[str, Any]:
    """An empty text where an optional word of the vocabulary is missing."""
    return line | {name: line[name] or "" for name in ("level", "occupation", "uri") if name in line}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _experience(line: dict[str, Any]) -> ExperienceLine:
    days = {"starts_on": date.fromisoformat(line["starts_on"]), "ends_on": _day(line["ends_on"])}
    return ExperienceLine(**_told(line) | days)


def _licence(line: dict[str, Any]) -> LicenceLine:
    expires_on = _day(line["expires_on"])
    has_expired = expires_on is not None and expires_on < timezone.localdate()
    return LicenceLine(**line | {"expires_on": expires_on}, has_expired=has_expired)


def _skill(line: dict[str, Any]) -> SkillLine:
    words = {
        "source": str(SkillSource(line["source"]).label),
        "evidence_kind": str(EvidenceKind(line["evidence_kind"]).label) if line["evidence_kind"] else "",
        "confirmed_on": _day(line["confirmed_on"]),
    }
    return SkillLine(**line | words)


def contacts_of(candidate: Candidate) -> dict[str, Any]:
    """Places, addresses and language of messages."""
    return {
        "residence": candidate.residence,
        "domicile": candidate.domicile,
        "address": candidate.address,
        "phone": candidate.phone,
        "email": candidate.email,
        "language": candidate.language,
        "work_permit_until": candidate.profile.work_permit_until,
    }


def wishes_of(candidate: Candidate) -> dict[str, Any]:
    """The work looked for, with the years of each occupation."""
    accepted = ContractType.objects.filter(profile=OuterRef("pk")).order_by("position").values("pk")
    profile = Profile.objects.annotate(accepted=ArraySubquery(accepted)).get(candidate=candidate)
    wishes = list(candidate.desired_occupations.order_by("position"))
    return {
        "employment_situation": candidate.employment_situation,
        "occupations": [str(wish.occupation_id) for wish in wishes],
        "hours_wanted": profile.hours_wanted,
        "max_travel_km": profile.max_travel_km,
        "has_vehicle": profile.has_vehicle,
        "available_from": profile.available_from,
        "contract_types": profile.accepted,
        **{f"years_{wish.occupation_id}": wish.years for wish in wishes},
    }


def years_in_occupations(candidate: Candidate) -> dict[str, int]:
    """Key of each occupation of the work history -> whole years in it, until today; one query."""
    spans: dict[str, list[tuple[date, date | None]]] = {}
    jobs = candidate.experiences.filter(occupation__isnull=False).order_by("starts_on")
    for occupation, starts_on, ends_on in jobs.values_list("occupation_id", "starts_on", "ends_on"):
        spans.setdefault(str(occupation), []).append((starts_on, ends_on))
    today = timezone.localdate()
    return {occupation: years_worked(worked, today) for occupation, worked in spans.items()}
