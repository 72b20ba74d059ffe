"""The jobs of a person beside who teaches what they lack."""

import pytest

from candidates.models import DesiredOccupation
from matching.queries.openings import Lacking, openings_for
from matching.services.segment import build_segment
from sportello.workspaces.queries.openings import ToldOpenings, told_openings
from tests.support.employers import make_skill, make_vacancy
from tests.support.matching import make_person
from tests.support.programmes import make_course, make_edition
from tests.support.queries import queries_of
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db


def told(**person: object) -> tuple[ToldOpenings, int]:
    build_segment()
    found = openings_for(person["person"])  # type: ignore[arg-type]
    assert found is not None
    with queries_of() as asked:
        answer = told_openings(found, found.fits)
    return answer, len(asked)


def test_each_missing_skill_stands_beside_who_teaches_it_within_reach() -> None:
    taught, far, useful, untaught_useful = (make_skill() for _ in range(4))
    vacancy = make_vacancy(skills=[taught, far])
    for skill in (useful, untaught_useful):
        vacancy.skill_requirements.create(skill=skill, relation="optional")
    person = make_person(vacancy)
    DesiredOccupation.objects.create(candidate=person, occupation=vacancy.occupation, years=1)
    home = person.residence
    edition = make_edition(make_course([taught, useful]), municipality=home, address="Via Scuole 2")
    distant = make_municipality(latitude=(home.latitude or 0) + 2, longitude=home.longitude)
    make_edition(make_course([far]), municipality=distant, address="Via Lontana 1")
    answer, cost = told(person=person)
    assert cost == 3
    (row,) = answer.rows
    lessons = {lesson.skill: [offer.edition for offer in lesson.offers] for lesson in row.lessons}
    assert lessons == {
        Lacking(taught.pk, taught.label): [edition],
        Lacking(far.pk, far.label): [],
        Lacking(useful.pk, useful.label): [edition],
    }
    assert (row.is_taught, answer.km) == (True, person.profile.max_travel_km)
    advised = {found.advice.skill.id: bool(found.lesson.offers) for found in answer.advised}
    assert advised == {taught.pk: True, far.pk: False}


def test_who_lacks_nothing_has_no_lesson() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    DesiredOccupation.objects.create(candidate=person, occupation=vacancy.occupation, years=1)
    answer, _ = told(person=person)
    assert [(row.lessons, row.is_taught) for row in answer.rows] == [((), False)]
    assert answer.advised == ()
