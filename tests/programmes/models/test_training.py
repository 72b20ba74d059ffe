"""What the database refuses of courses and editions, and which editions are near."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sportello.programmes.models import Course, Edition
from tests.support.programmes import make_course, make_edition, make_training_body
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"hours": 0}, "course_lasts_some_hours"),
        ({"summary": ""}, "course_says_what_it_teaches"),
        ({"title": ""}, "course_says_what_it_teaches"),
    ],
)
def test_a_course_says_what_it_is(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_course(**fields)


def test_a_body_names_a_course_once() -> None:
    body = make_training_body()
    make_course(provider=body, title="Saldatura")
    make_course(title="Saldatura")
    with pytest.raises(IntegrityError, match="course_named_once_by_its_provider"), transaction.atomic():
        make_course(provider=body, title="Saldatura")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"ends_on": TODAY}, "edition_ends_after_it_starts"),
        ({"enrol_until": TODAY + timedelta(days=90)}, "edition_enrols_before_its_end"),
        ({"seats": 0}, "edition_has_a_seat"),
        ({"municipality": None, "address": "Via Scuole 2"}, "edition_place_is_whole"),
        ({"address": ""}, "edition_place_is_whole"),
        ({"state": "cancelled"}, "a_cancelled_edition_alone_says_why"),
        ({"cancel_reason": "Pochi iscritti"}, "a_cancelled_edition_alone_says_why"),
        ({"enrol_by": "phone"}, "edition_says_how_to_enrol"),
        ({"enrol_by": "url"}, "edition_says_how_to_enrol"),
    ],
)
def test_an_edition_is_whole(fields: dict[str, Any], name: str) -> None:
    course = make_course()
    if fields.get("address") == "":
        fields = {**fields, "municipality": make_municipality()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_edition(course, **fields)


def test_what_takes_people_and_what_is_ahead() -> None:
    course = make_course()
    open_one = make_edition(course)
    begun = make_edition(course, days=-5, enrol_until=TODAY)
    late = make_edition(course, days=20, enrol_until=TODAY - timedelta(days=1))
    planned, closed = make_edition(course, days=40, state="planned"), make_edition(course, days=50, state="closed")
    make_edition(course, days=60, state="cancelled", cancel_reason="Pochi iscritti")
    make_edition(course, days=-50)
    enrolling = Edition.objects.enrolling(TODAY).order_by("starts_on")
    assert list(enrolling) == [begun, open_one]
    assert [edition.is_enrolling for edition in (open_one, begun, late, planned)] == [True, True, False, False]
    assert [edition.shown_state for edition in (open_one, late, planned)] == ["open", "closed", "planned"]
    ahead = Edition.objects.ahead(TODAY).order_by("starts_on")
    assert list(ahead) == [begun, open_one, late, planned, closed]


def test_cost_place_and_key_follow_from_the_fields() -> None:
    course = make_course(title="L'Inglese, di base", cost_cents=12_050, mode="online")
    assert (course.cost, course.is_online, course.search_key) == (120.5, True, "l inglese di base")
    assert str(make_edition(course, days=0)) == f"L'Inglese, di base, {TODAY}"
    assert not Course(mode="mixed").is_online
