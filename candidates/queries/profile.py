"""What is on file of a person, as the initial values of the forms that change it."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from candidates.models import Candidate, Profile
from sportello.reference.models import ContractType, DrivingLicence, Language, shown_name


def profile_card(candidate: Candidate) -> Profile:
    """The profile to read, in one query; `contracts` and `licence_labels` are lists of words."""
    return (
        Profile.objects.select_related("education_level", "candidate__domicile")
        .annotate(
            contracts=ArraySubquery(ContractType.objects.filter(profile=OuterRef("pk")).values(word=shown_name())),
            licence_labels=ArraySubquery(
                DrivingLicence.objects.filter(profile=OuterRef("pk")).values(word=shown_name())
            ),
        )
        .get(candidate=candidate)
    )


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
    profile = candidate.profile
    wishes = list(candidate.desired_occupations.order_by("position"))
    return {
        "employment_situation": candidate.employment_situation,
        "occupations": [str(wish.occupation_id) for wish in wishes],
        "hours_wanted": profile.hours_wanted,
        "max_travel_km": profile.max_travel_km,
        "available_from": profile.available_from,
        "contract_types": list(profile.contract_types.all()),
        **{f"years_{wish.occupation_id}": wish.years for wish in wishes},
    }


def abilities_of(candidate: Candidate) -> dict[str, Any]:
    """Skills, title, languages, licences."""
    profile = candidate.profile
    levels = dict(candidate.language_skills.values_list("language_id", "level"))
    italian = Language.objects.filter(code="it").values_list("pk", flat=True).first()
    return {
        "skills": [str(pk) for pk in candidate.skill_statements.values_list("skill_id", flat=True)],
        "education_level": profile.education_level_id,
        "italian": levels.get(italian, "") if italian else "",
        "other_languages": [pk for pk in levels if pk != italian],
        "licences": list(profile.licences.all()),
        "has_vehicle": profile.has_vehicle,
    }
