"""From rows to what the engine reads."""

from datetime import date, timedelta
from math import isqrt
from uuid import uuid4

import pytest

from candidates.queries.matching import MatchingProfile
from employers.models import Vacancy
from matching.queries.features import (
    person_features,
    read_people,
    read_vacancies,
    read_vocabulary,
    taxonomy,
    taxonomy_beside,
    told_taxonomy,
    vacancy_features,
    workplace_point,
)
from sportello.reference.enums import SkillRelation
from sportello.reference.models import EducationLevel, Language, Occupation, OccupationSkill, TaxonomyVersion
from tests.support.employers import make_occupation, make_skill, make_vacancy
from tests.support.matching import make_person
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_the_vocabulary_has_every_word_in_six_queries() -> None:
    essential, optional = make_skill(), make_skill()
    make_occupation(isco08="4321", skills=[essential])
    occupation, bare = make_occupation(isco08="4321", skills=[essential]), make_occupation(isco08="5132")
    OccupationSkill.objects.create(occupation=occupation, skill=optional, relation=SkillRelation.OPTIONAL)
    with queries_of() as asked:
        found = read_vocabulary()
    assert len(asked) == 6
    assert set(found.occupations) == set(Occupation.objects.values_list("pk", flat=True))
    assert {essential.pk, optional.pk} <= set(found.skills)
    position = found.occupations.index
    assert found.proximity[position(occupation.pk), position(bare.pk)] == 0
    # Essential counts twice: 2 * 2 over the lengths of (2 * weight, weight) and (2 * weight).
    heavy, light = (int(found.weights[found.skills.index(pk)]) for pk in (essential.pk, optional.pk))
    other = next(pk for pk in found.occupations if pk not in (occupation.pk, bare.pk))
    cosine = isqrt(10**6 * 4 * heavy * heavy // (4 * heavy * heavy + light * light))
    assert found.proximity[position(occupation.pk), position(other)] == 650 + 250 * cosine // 1000


def test_the_edition_in_use_is_named() -> None:
    make_skill()
    TaxonomyVersion.objects.create(source="esco", version="1.0.8", is_current=False)
    assert taxonomy() == "curated test"
    TaxonomyVersion.objects.create(source="esco", version="1.2.1", is_current=True)
    beside = TaxonomyVersion.objects.annotate(editions=taxonomy_beside()).values_list("editions", flat=True)
    assert told_taxonomy(beside[0]) == taxonomy() == "curated test, esco 1.2.1"


def test_a_vacancy_asks_what_its_rows_say() -> None:
    skills = sorted((make_skill() for _ in range(2)), key=lambda skill: skill.pk)
    title = EducationLevel.objects.create(code="prova", label="Diploma", isced=3, eqf=4, position=900)
    vacancy = make_vacancy(skills=skills, education_level=title, years_experience=2, bands=["1-morning", "6-night"])
    useful = make_skill()
    vacancy.skill_requirements.create(skill=useful, relation=SkillRelation.OPTIONAL)
    language = Language.objects.create(code="xx", label="prova", position=900)
    vacancy.language_requirements.create(language=language, level="B1")
    found = vacancy_features(vacancy)
    assert read_vacancies(Vacancy.objects.all()) == [found]
    assert found.essential == tuple(skill.pk for skill in skills)
    assert found.optional == (useful.pk,)
    assert found.languages == {language.pk: 3}
    assert found.bands == {"1-morning", "6-night"}
    assert (found.education_eqf, found.years_experience, found.licences) == (4, 2, frozenset())
    assert (found.occupation, found.contract_type) == (vacancy.occupation_id, vacancy.contract_type_id)


def test_people_work_at_the_workplace_else_in_its_town() -> None:
    vacancy = make_vacancy()
    town = vacancy.workplace.municipality
    town.latitude, town.longitude = 45.5, 9.5
    assert workplace_point(vacancy) == (45.5, 9.5)
    vacancy.workplace.latitude, vacancy.workplace.longitude = 45.0, 9.0
    assert workplace_point(vacancy) == (45.0, 9.0)
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
        windows=frozenset({"1-morning"}),
        latitude=latitude,
        longitude=9.0,
        max_travel_km=20,
        may_work=True,
        available_from=None,
        confirmed_on=TODAY - timedelta(days=30),
        waiting_since=TODAY - timedelta(days=60),
    )


@pytest.mark.parametrize(("latitude", "point"), [(45.0, (45.0, 9.0)), (None, None)])
def test_a_person_is_what_the_projection_says(latitude: float | None, point: tuple[float, float] | None) -> None:
    found = person_features(profile(latitude))
    assert found.point == point
    assert found.windows == {"1-morning"}
    assert (found.confirmed_on, found.waiting_since) == (TODAY - timedelta(days=30), TODAY - timedelta(days=60))


def test_people_are_read_in_one_query_all_or_those_named() -> None:
    vacancy = make_vacancy()
    costs = []
    for more in (1, 2):
        people = [make_person(vacancy) for _ in range(more)]
        with queries_of() as queries:
            found = read_people()
        costs.append(len(queries))
    assert costs == [1, 1]
    assert len(found) == 3
    assert {person.id for person in read_people([people[0].pk])} == {people[0].pk}
