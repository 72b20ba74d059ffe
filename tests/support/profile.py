"""A profile with as much in it as a test asks for."""

from datetime import date

from candidates.models import (
    AvailabilityWindow,
    Candidate,
    DesiredOccupation,
    Education,
    HeldLicence,
    LanguageSkill,
    SkillStatement,
    WorkExperience,
)
from sportello.reference.models import DrivingLicence, EducationLevel, Language
from sportello.territory.enums import DayBand
from tests.support.employers import make_contract_type, make_occupation, make_skill


def fill_profile(person: Candidate, *, rows: int) -> None:
    """As many rows in each list (3 at most): the first job is over, the others go on and are not paid."""
    for number in range(rows):
        occupation = make_occupation()
        DesiredOccupation.objects.create(candidate=person, occupation=occupation, years=number, position=number)
        WorkExperience.objects.create(
            candidate=person,
            occupation=occupation,
            title=f"Lavoro {number}",
            employer="Bar Sport",
            starts_on=date(2010 + number, 2, 3),
            ends_on=None if number else date(2010, 12, 31),
            is_paid=not number,
            description="Caffè\ne cassa",
        )
        level, _ = EducationLevel.objects.get_or_create(
            code="xdiploma", defaults={"label": "Diploma di prova", "isced": 3, "eqf": 4, "position": 900}
        )
        Education.objects.create(
            candidate=person,
            title=f"Corso {number}",
            provider="AFOL",
            year=None if number else 2000,
            level=None if number else level,
        )
        language, _ = Language.objects.get_or_create(
            code=f"x{number}", defaults={"label": f"lingua {number}", "position": 910 - number}
        )
        LanguageSkill.objects.create(
            candidate=person, language=language, level="C2" if number else "B1", is_native=bool(number)
        )
        licence, _ = DrivingLicence.objects.get_or_create(
            code=f"X{number}", defaults={"label": f"Patente {number}", "position": 910 - number}
        )
        expires_on = None if number else date(2020, 1, 1)
        HeldLicence.objects.create(profile=person.profile, drivinglicence=licence, expires_on=expires_on)
        SkillStatement.objects.create(candidate=person, skill=make_skill(), evidence="in cucina")
        person.profile.contract_types.add(make_contract_type(f"TYPE{number}"))
        for band in (DayBand.MORNING, DayBand.NIGHT)[: number + 1]:
            AvailabilityWindow.objects.create(candidate=person, weekday=2 * number + 1, band=band)
