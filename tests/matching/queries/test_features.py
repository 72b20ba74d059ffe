"""From rows to what the engine reads."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from candidates.queries.matching import MatchingProfile
from matching.engine.features import OccupationFeatures
from matching.queries.features import (
    match_inputs,
    occupation_features,
    person_features,
    vacancy_features,
    workplace_point,
)
from sportello.reference.enums import SkillRelation
from sportello.reference.models import EducationLevel, Language, OccupationSkill
from sportello.territory.rules import Point
from tests.support.employers import make_company, make_occupation, make_skill, make_vacancy
from tests.support.matching import make_person
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_skills_of_an_occupation_are_parted_by_what_they_weigh_in_two_queries() -> None:
    essential, optional = make_skill(), make_skill()
    occupation, bare = make_occupation(isco08="4321", skills=[essential]), make_occupation(isco08="5132")
    OccupationSkill.objects.create(occupation=occupation, skill=optional, relation=SkillRelation.OPTIONAL)
    with queries_of() as one:
        occupation_features([occupation.pk])
    with queries_of() as two:
        found = occupation_features([occupation.pk, bare.pk, occupation.pk])
    assert found == {
        occupation.pk: OccupationFeatures(occupation.pk, "4321", frozenset({essential.pk}), frozenset({optional.pk})),
        bare.pk: OccupationFeatures(bare.pk, "5132"),
    }
    assert (len(one), len(two)) == (2, 2)


def test_a_vacancy_asks_what_its_rows_say() -> None:
    skills = sorted((make_skill() for _ in range(2)), key=lambda skill: skill.pk)
    title = EducationLevel.objects.create(code="prova", label="Diploma", isced=3, eqf=4, position=900)
    vacancy = make_vacancy(skills=skills, education_level=title, years_experience=2)
    useful = make_skill()
    vacancy.skill_requirements.create(skill=useful, relation=SkillRelation.OPTIONAL)
    language = Language.objects.create(code="xx", label="prova", position=900)
    vacancy.language_requirements.create(language=language, level="B1")
    occupation = OccupationFeatures(vacancy.occupation_id, "4321")
    found = vacancy_features(vacancy, occupation)
    assert found.essential == tuple(skill.pk for skill in skills)
    assert found.optional == (useful.pk,)
    assert found.languages == {language.pk: 3}
    assert (found.education_eqf, found.years_experience, found.licences) == (4, 2, frozenset())
    assert (found.occupation, found.contract_type) == (occupation, vacancy.contract_type_id)


def test_people_work_at_the_workplace_else_in_its_town() -> None:
    vacancy = make_vacancy()
    town = vacancy.workplace.municipality
    town.latitude, town.longitude = 45.5, 9.5
    assert workplace_point(vacancy) == Point(45.5, 9.5)
    vacancy.workplace.latitude, vacancy.workplace.longitude = 45.0, 9.0
    assert workplace_point(vacancy) == Point(45.0, 9.0)
    vacancy.workplace.latitude = town.latitude = None
    assert workplace_point(vacancy) is None


TODAY = date(2026, 5, 4)


def profile(latitude: float | None = 45.0) -> MatchingProfile:
    return MatchingProfile(
        candidate_id=uuid4(),
        occupations={},
        skills=frozenset(),
        licences=frozenset(),
        languages={},
        education_eqf=None,
        hours_wanted="any",
        contract_types=frozenset(),
        latitude=latitude,
        longitude=9.0,
        max_travel_km=20,
        may_work=True,
        available_from=None,
        confirmed_on=TODAY - timedelta(days=30),
        waiting_since=TODAY - timedelta(days=60),
    )


@pytest.mark.parametrize(
    ("latitude", "workplace", "metres"),
    [
        (45.0, Point(45.0, 9.0), 0),
        (45.0, Point(46.0, 9.0), 111_195),
        (None, Point(45.0, 9.0), None),
        (45.0, None, None),
    ],
)
def test_a_distance_is_known_only_between_two_points(
    latitude: float | None, workplace: Point | None, metres: int | None
) -> None:
    found = person_features(profile(latitude), {}, workplace, TODAY)
    assert found.distance_m is None if metres is None else found.distance_m == pytest.approx(metres, rel=0.002)
    assert (found.days_since_confirmed, found.waiting_since) == (30, TODAY - timedelta(days=60))


def test_the_inputs_take_the_same_queries_for_one_and_three_people() -> None:
    vacancy = make_vacancy(make_company(), skills=[make_skill()])
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_person(vacancy)
        fresh = type(vacancy).objects.select_related("workplace__municipality").get(pk=vacancy.pk)
        with queries_of() as queries:
            asked, people = match_inputs(fresh)
        costs.append(len(queries))
    assert (asked.id, len(people), asked.occupation.id) == (vacancy.pk, 3, vacancy.occupation_id)
    assert costs[0] == costs[1] == 6
