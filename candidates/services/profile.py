"""Changing what is on file of a person, and their word that it is right."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from candidates.models import Candidate, DesiredOccupation, LanguageSkill, Profile, SkillStatement
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.models import ContractType, DrivingLicence, EducationLevel, Language
from sportello.territory.models import Municipality

LEAST_LEVEL = "B1"
"""Level of a language ticked as good enough to work in."""


@audit.service("profile.contacts")
def change_contacts(
    *,
    candidate: Candidate,
    residence: Municipality,
    domicile: Municipality | None,
    address: str,
    phone: str,
    email: str,
    language: str,
    by: Scope,
    work_permit_until: date | None = None,
) -> Candidate:
    """Where the person lives and how to reach them. `email` is where we write, not the name of the account."""
    candidate, profile = _lock(candidate)
    candidate.residence = residence
    candidate.domicile = domicile
    candidate.address = address
    candidate.phone = phone
    candidate.email = email
    candidate.language = language
    candidate.save(update_fields=["residence", "domicile", "address", "phone", "email", "language"])
    profile.work_permit_until = work_permit_until
    profile.save(update_fields=["work_permit_until"])
    return candidate


@audit.service("profile.wishes")
def change_wishes(
    *,
    candidate: Candidate,
    employment_situation: str,
    occupations: Mapping[UUID, int],
    hours_wanted: str,
    max_travel_km: int,
    contract_types: Iterable[ContractType],
    available_from: date | None,
    by: Scope,
) -> Candidate:
    """The work the person looks for; `occupations` are ids with the years in each, the first wished most."""
    candidate, profile = _lock(candidate)
    candidate.employment_situation = employment_situation
    candidate.save(update_fields=["employment_situation"])
    profile.hours_wanted = hours_wanted
    profile.max_travel_km = max_travel_km
    profile.available_from = available_from
    profile.save(update_fields=["hours_wanted", "max_travel_km", "available_from"])
    profile.contract_types.set(contract_types)
    candidate.desired_occupations.exclude(occupation__in=occupations).delete()
    DesiredOccupation.objects.bulk_create(
        [
            DesiredOccupation(candidate=candidate, occupation_id=pk, years=years, position=position)
            for position, (pk, years) in enumerate(occupations.items())
        ],
        update_conflicts=True,
        unique_fields=["candidate", "occupation"],
        update_fields=["years", "position"],
    )
    _complete(profile)
    return candidate


@audit.service("profile.abilities")
def change_abilities(
    *,
    candidate: Candidate,
    skill_ids: Iterable[UUID],
    education_level: EducationLevel,
    italian: str,
    other_languages: Iterable[Language],
    licences: Iterable[DrivingLicence],
    has_vehicle: bool,
    by: Scope,
) -> Candidate:
    """What the person can do. What stays keeps its source and its level; what is new is the person's own word."""
    candidate, profile = _lock(candidate)
    profile.education_level = education_level
    profile.has_vehicle = has_vehicle
    profile.save(update_fields=["education_level", "has_vehicle"])
    profile.licences.set(licences)
    wanted = set(skill_ids)
    candidate.skill_statements.exclude(skill__in=wanted).delete()
    stated = set(candidate.skill_statements.values_list("skill_id", flat=True))
    SkillStatement.objects.bulk_create(
        SkillStatement(candidate=candidate, skill_id=pk) for pk in sorted(wanted - stated)
    )
    spoken = [*other_languages]
    candidate.language_skills.exclude(language__in=spoken).exclude(language__code="it").delete()
    LanguageSkill.objects.bulk_create(
        [LanguageSkill(candidate=candidate, language=language, level=LEAST_LEVEL) for language in spoken],
        ignore_conflicts=True,
    )
    LanguageSkill.objects.bulk_create(
        [LanguageSkill(candidate=candidate, language=Language.objects.get(code="it"), level=italian)],
        update_conflicts=True,
        unique_fields=["candidate", "language"],
        update_fields=["level"],
    )
    _complete(profile)
    return candidate


@audit.service("profile.confirm")
def confirm_profile(*, candidate: Candidate, by: Scope) -> Candidate:
    """The person's word, today, that all of it is right."""
    candidate, _ = _lock(candidate)
    candidate.confirmed_at = timezone.now()
    candidate.save(update_fields=["confirmed_at"])
    return candidate


def _complete(profile: Profile) -> None:
    """A profile begun at the desk is whole once both parts that the matching reads have been told."""
    told = (profile.candidate.desired_occupations, profile.candidate.language_skills)
    if not profile.is_complete and all(part.exists() for part in told):
        profile.is_complete = True
        profile.save(update_fields=["is_complete"])


def _lock(candidate: Candidate) -> tuple[Candidate, Profile]:
    locked = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    return locked, Profile.objects.select_for_update(of=("self",)).get(candidate=locked)
