"""Changing what is on file of a person, and their word that it is right."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from candidates.models import AvailabilityWindow, Candidate, DesiredOccupation, Profile, SkillStatement
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.models import ContractType, EducationLevel
from sportello.territory.models import Municipality


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
    candidate, profile = lock(candidate)
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
    has_vehicle: bool,
    contract_types: Iterable[ContractType],
    available_from: date | None,
    by: Scope,
) -> Candidate:
    """The work the person looks for; `occupations` are ids with the years in each, the first wished most."""
    candidate, profile = lock(candidate)
    candidate.employment_situation = employment_situation
    candidate.save(update_fields=["employment_situation"])
    profile.hours_wanted = hours_wanted
    profile.max_travel_km = max_travel_km
    profile.has_vehicle = has_vehicle
    profile.available_from = available_from
    profile.save(update_fields=["hours_wanted", "max_travel_km", "has_vehicle", "available_from"])
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
    complete(profile)
    return candidate


@audit.service("profile.about")
def change_about(*, candidate: Candidate, birth_place: str, about: str, by: Scope) -> Candidate:
    """Where the person was born and what they say of themself."""
    candidate, profile = lock(candidate)
    candidate.birth_place = birth_place
    candidate.save(update_fields=["birth_place"])
    profile.about = about
    profile.save(update_fields=["about"])
    return candidate


@audit.service("profile.availability")
def change_availability(*, candidate: Candidate, windows: Collection[tuple[int, str]], by: Scope) -> Candidate:
    """When the person can work: (ISO weekday, band) pairs, none of them for "at any time". What stays is not written again."""
    candidate, _ = lock(candidate)
    wanted = set(windows)
    rows = {(row.weekday, row.band): row.pk for row in candidate.availability.all()}
    candidate.availability.filter(pk__in=[pk for key, pk in rows.items() if key not in wanted]).delete()
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(candidate=candidate, weekday=weekday, band=band)
        for weekday, band in sorted(wanted - rows.keys())
    )
    return candidate


@audit.service("profile.skills")
def change_skills(*, candidate: Candidate, skill_ids: Iterable[UUID], by: Scope) -> Candidate:
    """What the person can do. What stays keeps its source and its evidence; what is new is the person's own word."""
    candidate, _ = lock(candidate)
    wanted = set(skill_ids)
    candidate.skill_statements.exclude(skill__in=wanted).delete()
    stated = set(candidate.skill_statements.values_list("skill_id", flat=True))
    SkillStatement.objects.bulk_create(
        SkillStatement(candidate=candidate, skill_id=pk) for pk in sorted(wanted - stated)
    )
    return candidate


@audit.service("profile.education_level")
def change_education_level(*, candidate: Candidate, education_level: EducationLevel, by: Scope) -> Candidate:
    """The highest title, the one that the matching reads."""
    candidate, profile = lock(candidate)
    profile.education_level = education_level
    profile.save(update_fields=["education_level"])
    return candidate


@audit.service("profile.confirm")
def confirm_profile(*, candidate: Candidate, by: Scope) -> Candidate:
    """The person's word, today, that all of it is right."""
    candidate, _ = lock(candidate)
    candidate.confirmed_at = timezone.now()
    candidate.save(update_fields=["confirmed_at"])
    return candidate


def complete(profile: Profile) -> None:
    """A profile begun at the desk is whole once both parts that the matching reads have been told."""
    told = (profile.candidate.desired_occupations, profile.candidate.language_skills)
    if not profile.is_complete and all(part.exists() for part in told):
        profile.is_complete = True
        profile.save(update_fields=["is_complete"])


def lock(candidate: Candidate) -> tuple[Candidate, Profile]:
    """The person and their profile, held until the end of the transaction: who changes them waits for whoever does."""
    locked = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    return locked, Profile.objects.select_for_update(of=("self",)).get(candidate=locked)
