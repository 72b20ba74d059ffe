"""The door of the matching: whom it lets through, and with what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from candidates.models import Candidate, DesiredOccupation, LanguageSkill, Profile, SkillStatement
from candidates.queries.matching import MatchingProfile, matching_profiles, profiles_beside
from sportello.reference.models import DrivingLicence, Language
from tests.support.employers import make_contract_type, make_occupation, make_skill
from tests.support.personas import make_candidate, make_case
from tests.support.queries import queries_of
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db


def test_only_people_in_charge_pass() -> None:
    desk = make_desk()
    followed = make_case(desk).candidate
    make_candidate(desk)
    make_case(desk, state="closed", closed_on=date(2026, 4, 1), closing="other")
    erased = make_case(desk).candidate
    Candidate.objects.filter(pk=erased.pk).update(erased_at=timezone.now())
    assert [profile.candidate_id for profile in matching_profiles()] == [followed.pk]
    assert matching_profiles([erased.pk]) == []
    other = make_case(desk).candidate
    assert [profile.candidate_id for profile in matching_profiles([other.pk])] == [other.pk]


def whole(desk: Any) -> tuple[Candidate, MatchingProfile]:
    """A person with two of everything, and how they must read."""
    person = make_case(desk).candidate
    occupations, skills = [make_occupation(), make_occupation()], [make_skill(), make_skill()]
    languages = [
        Language.objects.get_or_create(code=code, defaults={"label": code, "position": 900})[0] for code in ("xa", "xb")
    ]
    licences = [
        DrivingLicence.objects.get_or_create(code=code, defaults={"label": code, "position": 900})[0]
        for code in ("X1", "X2")
    ]
    for years, occupation in enumerate(occupations):
        DesiredOccupation.objects.create(candidate=person, occupation=occupation, years=years)
    for skill in skills:
        SkillStatement.objects.create(candidate=person, skill=skill)
    for language in languages:
        LanguageSkill.objects.create(candidate=person, language=language, level="B1")
    person.profile.licences.set(licences)
    person.availability.create(weekday=6, band="night")
    person.availability.create(weekday=1, band="morning")
    contracts = [make_contract_type("PERMANENT"), make_contract_type("FIXED_TERM")]
    person.profile.contract_types.set(contracts)
    return person, MatchingProfile(
        candidate_id=person.pk,
        occupations={occupations[0].pk: 0, occupations[1].pk: 1},
        skills=frozenset(skill.pk for skill in skills),
        licences=frozenset(licence.pk for licence in licences),
        languages={language.pk: "B1" for language in languages},
        education_eqf=None,
        hours_wanted=person.profile.hours_wanted,
        contract_types=frozenset(contract.pk for contract in contracts),
        windows=frozenset({"1-morning", "6-night"}),
        latitude=person.residence.latitude,
        longitude=person.residence.longitude,
        max_travel_km=person.profile.max_travel_km,
        may_work=True,
        available_from=None,
        confirmed_on=timezone.localdate(person.confirmed_at),
        waiting_since=date(2026, 3, 9),
    )


def test_the_projection_is_whole_and_one_query_however_many_people() -> None:
    desk = make_desk()
    expected = dict([whole(desk)])
    with queries_of() as one:
        assert matching_profiles() == list(expected.values())
    expected |= dict([whole(desk), whole(desk)])
    with queries_of() as three:
        assert matching_profiles() == sorted(expected.values(), key=lambda profile: profile.candidate_id)
    assert (len(one), len(three)) == (1, 1)


def test_who_lives_elsewhere_is_measured_from_there() -> None:
    person = make_case(make_desk()).candidate
    person.domicile = make_municipality(latitude=45.1, longitude=9.9)
    person.save()
    profile = matching_profiles()[0]
    assert (profile.latitude, profile.longitude) == (45.1, 9.9)


@pytest.mark.parametrize(("days", "may"), [(None, True), (1, True), (0, True), (-1, False)])
def test_a_permit_is_good_until_its_last_day(days: int | None, may: bool) -> None:
    make_case(make_desk())
    until = None if days is None else timezone.localdate() + timedelta(days=days)
    Profile.objects.update(work_permit_until=until)
    assert matching_profiles()[0].may_work == may


def test_what_a_page_asks_besides_comes_in_the_same_query() -> None:
    person = make_case(make_desk()).candidate
    with queries_of() as asked:
        found = profiles_beside([person.pk], "first_name", "last_name")
    assert len(asked) == 1
    assert [(profile.candidate_id, names) for profile, names in found] == [
        (person.pk, (person.first_name, person.last_name))
    ]


def test_a_half_profile_is_not_taken_for_data() -> None:
    person = make_case(make_desk()).candidate
    assert [p.candidate_id for p in matching_profiles()] == [person.pk]
    Profile.objects.update(is_complete=False)
    assert matching_profiles() == []
