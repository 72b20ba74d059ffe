"""The profile: nothing is stated twice, and no job ends before it begins."""

from datetime import date

import pytest

from candidates.models import DesiredOccupation, LanguageSkill, SkillStatement, WorkExperience
from sportello.reference.models import Language
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
