"""The catalogue, what teaches a skill near a person, what a desk keeps."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from sportello.programmes.models import Course
from sportello.programmes.queries.training import (
    CourseSearch,
    catalogue,
    course_of,
    enrolling_courses,
    is_accredited,
    kept_course,
    kept_courses,
    kept_edition,
    taught,
)
from sportello.territory.models import Municipality
from sportello.territory.rules import Point
from tests.support.employers import make_skill
from tests.support.personas import make_operator, scope
from tests.support.programmes import make_course, make_edition, make_training_body
from tests.support.queries import queries_of
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
HERE = Point(45.48, 9.28)


def town(km_north: float) -> Municipality:
    """A town so far to the north of `HERE`."""
    return make_municipality(latitude=45.48 + km_north / 111.19, longitude=9.28)


def in_town(course: Course, km_north: float, **fields: object) -> None:
    make_edition(course, municipality=town(km_north), address="Via Scuole 2", **fields)  # type: ignore[arg-type]


def test_what_begins_first_stands_on_top_and_what_has_no_date_is_not_shown() -> None:
    later, sooner, past, cancelled, _dateless = (make_course() for _ in range(5))
    make_edition(later, days=20)
    make_edition(later, days=2, state="cancelled", cancel_reason="Pochi iscritti")
    make_edition(sooner, days=5)
    make_edition(sooner, days=40, state="planned")
    make_edition(past, days=-40)
    make_edition(cancelled, state="cancelled", cancel_reason="Pochi iscritti")
    with queries_of() as asked:
        found = list(catalogue(CourseSearch()))
    assert len(asked) == 2
    assert found == [sooner, later]
    assert [len(course.editions.all()) for course in found] == [2, 1]


def test_those_that_take_people_now_are_counted_once() -> None:
    course = make_course()
    make_edition(course)
    make_edition(course, days=40)
    make_edition(state="planned")
    assert list(enrolling_courses()) == [course]


def test_each_condition_narrows() -> None:
    forklift = make_skill("Usare il muletto")
    near, far, paid, online = (
        make_course([forklift], title="Guida del carrello"),
        make_course(title="Cucina"),
        make_course(title="Paghe", cost_cents=5000),
        make_course(title="Fogli di calcolo", mode="online"),
    )
    in_town(near, 3)
    in_town(far, 15, days=50)
    in_town(paid, 30)
    make_edition(online, days=60)

    def found(**asked: object) -> set[Course]:
        return set(catalogue(CourseSearch(**asked)))  # type: ignore[arg-type]

    assert found() == {near, far, paid, online}
    assert found(skill=forklift.pk) == {near}
    assert found(words="muletto") == {near}
    assert found(words="Fogli") == {online}
    assert found(place=town(0), km=10) == {near, online}
    assert found(place=town(0), km=20) == {near, far, online}
    assert found(only_free=True) == {near, far, online}
    assert found(only_soon=True) == {near, paid}
    assert found(only_soon=True, only_free=True, words="xyzzy") == set()


def test_a_course_comes_with_what_its_page_shows() -> None:
    course = make_course([make_skill(), make_skill()])
    over, cancelled, held = (
        make_edition(course, days=-90),
        make_edition(course, days=3, state="cancelled", cancel_reason="Pochi iscritti"),
        make_edition(course, days=9),
    )
    with queries_of() as asked:
        found = course_of(course.pk)
        assert len(found.skills.all()) == 2
        assert list(found.editions.all()) == [cancelled, held]
        assert {found.desk.municipality.name, found.provider.name}
    assert len(asked) == 3
    with pytest.raises(Http404):
        course_of(over.pk)


def test_the_nearest_within_reach_teach_then_those_online_three_at_most() -> None:
    skill, other, untaught = make_skill(), make_skill(), make_skill()
    course, online = make_course([skill, other]), make_course([skill], mode="online")
    for km, days in ((12, 3), (4, 30), (19, 5), (25, 2)):
        in_town(course, km, days=days)
    make_edition(online, days=1)
    in_town(course, 1, state="planned")
    in_town(course, 1, enrol_until=TODAY - timedelta(days=1))
    with queries_of() as asked:
        found = taught([skill.pk, other.pk, untaught.pk], near=HERE, within_km=20)
    assert len(asked) == 1
    assert set(found) == {skill.pk, other.pk}
    assert [round(offer.distance_km or 0) for offer in found[skill.pk]] == [4, 12, 19]
    assert found[other.pk] == found[skill.pk]
    close = taught([skill.pk], near=HERE, within_km=5)[skill.pk]
    assert [(offer.edition.course, offer.distance_km is None) for offer in close] == [(course, False), (online, True)]


def test_who_lives_nobody_knows_where_is_told_by_the_day() -> None:
    skill = make_skill()
    course = make_course([skill])
    in_town(course, 300, days=9)
    in_town(course, 1, days=20)
    offers = taught([skill.pk], near=None, within_km=1)[skill.pk]
    assert [(offer.edition.starts_on - TODAY).days for offer in offers] == [9, 20]
    assert [offer.distance_km for offer in offers] == [None, None]


def test_all_are_seen_and_only_those_of_the_own_desk_are_kept() -> None:
    desk = make_desk()
    own, others, dateless = make_course(desk=desk), make_course(), make_course(desk=desk)
    edition, foreign = make_edition(own), make_edition(others, days=3)
    actor = scope(make_operator(desk))
    assert list(kept_courses(actor, only_own=False)) == [others, own, dateless]
    rows = list(kept_courses(actor, only_own=True))
    assert [(row, row.ahead, row.next_on) for row in rows] == [  # type: ignore[attr-defined]
        (own, 1, edition.starts_on),
        (dateless, 0, None),
    ]
    assert (kept_course(actor, own.pk), kept_edition(actor, edition.pk)) == (own, edition)
    for read in (lambda: kept_course(actor, others.pk), lambda: kept_edition(actor, foreign.pk)):
        with pytest.raises(Http404):
            read()


def test_accreditation_is_of_a_day() -> None:
    body = make_training_body(valid_from=TODAY, valid_to=TODAY + timedelta(days=5))
    assert is_accredited(body.pk)
    assert is_accredited(body.pk, on=TODAY + timedelta(days=5))
    assert not is_accredited(body.pk, on=TODAY + timedelta(days=6))
    assert not is_accredited(body.pk, on=TODAY - timedelta(days=1))
