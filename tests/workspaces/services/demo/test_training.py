"""The courses of the demonstration keep the rules that the services hold."""

from datetime import date

import pytest
import time_machine

from employers.models import Vacancy
from sportello.programmes.models import Course, Edition
from sportello.programmes.queries.training import CourseSearch, catalogue, is_accredited
from sportello.programmes.states import EditionState

pytestmark = pytest.mark.usefixtures("village")


def test_a_dozen_courses_are_held_in_the_weeks_that_follow_and_say_what_they_are() -> None:
    courses = Course.objects.prefetch_related("skills")
    assert len(courses) >= 12
    assert all(course.skills.all() and "dimostrazione" in course.summary for course in courses)
    assert {edition.state for edition in Edition.objects.all()} == {
        EditionState.PLANNED,
        EditionState.OPEN,
        EditionState.CLOSED,
        EditionState.CANCELLED,
    }


def test_what_is_funded_is_held_by_an_accredited_body_and_what_is_online_nowhere(village: date) -> None:
    for edition in Edition.objects.select_related("course"):
        assert edition.course.is_online == (edition.municipality_id is None)
        assert not edition.course.is_funded or is_accredited(edition.course.provider_id, on=edition.starts_on)
        assert (edition.starts_on > village) == (edition.state != EditionState.CLOSED)


def test_the_jobs_of_the_demonstration_company_are_taught() -> None:
    # Its own come first; it may draw others like any company.
    own = (
        Vacancy.objects.published()
        .filter(company__organisation__memberships__user__email="impresa@sportello.example")
        .order_by("number")[:3]
    )
    taught = set(Course.objects.filter(title__startswith="Le basi").values_list("title", flat=True))
    assert taught == {f"Le basi del mestiere: {vacancy.occupation.label}" for vacancy in own}


def test_they_are_found_by_words_and_by_price(village: date) -> None:
    with time_machine.travel(village):
        assert {course.title for course in catalogue(CourseSearch(words="muletto"))} >= {"Guida del carrello elevatore"}
        assert all(course.cost_cents == 0 for course in catalogue(CourseSearch(only_free=True)))
