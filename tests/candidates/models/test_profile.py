"""The profile: nothing is stated twice, and no job ends before it begins."""

from datetime import date

import pytest

from candidates.models import (
    AvailabilityWindow,
    DesiredOccupation,
    Education,
    HeldLicence,
    LanguageSkill,
    SkillStatement,
    WorkExperience,
)
from candidates.models.profile import holds_on
from sportello.reference.models import DrivingLicence, Language
from tests.support.employers import make_occupation, make_skill
from tests.support.personas import make_candidate
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_nothing_is_stated_twice() -> None:
    person, other = make_candidate(), make_candidate()
    occupation, skill = make_occupation(), make_skill()
    language = Language.objects.create(code="xx", label="prova", position=900)
    for who in (person, other):
        DesiredOccupation.objects.create(candidate=who, occupation=occupation)
        SkillStatement.objects.create(candidate=who, skill=skill)
        LanguageSkill.objects.create(candidate=who, language=language, level="B1")
    with refused("occupation_desired_once"):
        DesiredOccupation.objects.create(candidate=person, occupation=occupation)
    with refused("skill_stated_once"):
        SkillStatement.objects.create(candidate=person, skill=skill)
    with refused("language_stated_once"):
        LanguageSkill.objects.create(candidate=person, language=language, level="C2")


def test_experience_fits_into_a_working_life() -> None:
    person = make_candidate()
    DesiredOccupation.objects.create(candidate=person, occupation=make_occupation(), years=60)
    with refused("experience_within_a_working_life"):
        DesiredOccupation.objects.create(candidate=person, occupation=make_occupation(), years=61)


def test_a_job_ends_on_the_day_it_began_at_the_earliest() -> None:
    person, day = make_candidate(), date(2020, 5, 4)
    for ends_on in (day, None):
        WorkExperience.objects.create(candidate=person, title="Barista", starts_on=day, ends_on=ends_on)
    with refused("experience_ends_after_it_starts"):
        WorkExperience.objects.create(candidate=person, title="Barista", starts_on=day, ends_on=date(2020, 5, 3))


def test_availability_is_stated_once_and_on_a_day_of_the_week() -> None:
    person = make_candidate()
    AvailabilityWindow.objects.create(candidate=person, weekday=7, band="night")
    with refused("availability_stated_once"):
        AvailabilityWindow.objects.create(candidate=person, weekday=7, band="night")
    with refused("availability_on_a_day_of_the_week"):
        AvailabilityWindow.objects.create(candidate=person, weekday=8, band="night")


def test_a_licence_is_held_once_until_its_last_day() -> None:
    person, other = make_candidate(), make_candidate()
    licence = DrivingLicence.objects.create(code="XX", label="XX", position=900)
    held = HeldLicence.objects.create(profile=person.profile, drivinglicence=licence, expires_on=date(2026, 3, 9))
    with refused("licence_held_once"):
        HeldLicence.objects.create(profile=person.profile, drivinglicence=licence)
    for_ever = HeldLicence.objects.create(profile=other.profile, drivinglicence=licence)
    assert set(HeldLicence.objects.filter(holds_on(date(2026, 3, 9)))) == {held, for_ever}
    assert set(HeldLicence.objects.filter(holds_on(date(2026, 3, 10)))) == {for_ever}


@pytest.mark.parametrize(
    "half",
    [
        {"confirmed_on": date(2026, 3, 9), "source": "operator"},
        {"evidence_kind": "test", "source": "operator"},
        {"confirmed_on": date(2026, 3, 9), "evidence_kind": "test", "source": "self"},
    ],
)
def test_a_confirmation_is_whole_or_is_none(half: dict[str, object]) -> None:
    person = make_candidate()
    with refused("confirmed_skill_has_its_evidence"):
        SkillStatement.objects.create(candidate=person, skill=make_skill(), **half)


def test_nobody_studied_before_living() -> None:
    for year in (None, 1900, 2100):
        Education.objects.create(candidate=make_candidate(), title="Scuola", year=year)
    with refused("education_in_a_lifetime"):
        Education.objects.create(candidate=make_candidate(), title="Scuola", year=1899)
