"""Courses and editions are written with their rules: the body's accreditation, the place, the lawful steps."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sportello.accounts.scope import Scope
from sportello.programmes.models import Course, Edition
from sportello.programmes.services.training import (
    AlreadyCourse,
    EnrolmentOver,
    NotAccredited,
    NotAllowed,
    WrongPlace,
    move_edition,
    write_course,
    write_edition,
)
from sportello.programmes.states import EDITION_TRANSITIONS, EditionState
from tests.support.employers import make_skill
from tests.support.programmes import make_course, make_edition, make_training_body
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
TODAY = timezone.localdate()


def fields(**changed: Any) -> dict[str, Any]:
    return {"title": "Muletto", "summary": "Si guida.", "hours": 12, "mode": "presence", **changed}


def when(**changed: Any) -> dict[str, Any]:
    starts_on = TODAY + timedelta(days=20)
    return {
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=5),
        "schedule": "sabato mattina",
        "seats": 8,
        "enrol_until": starts_on,
        "enrol_by": "desk",
        **changed,
    }


def test_a_course_is_written_and_corrected_with_its_skills() -> None:
    body, desk, skills = make_training_body(), make_desk(), [make_skill() for _ in range(3)]
    course = write_course(by=BY, provider=body, desk=desk, skills=[s.pk for s in skills[:2]], **fields())
    assert set(course.skills.all()) == set(skills[:2])
    again = write_course(by=BY, course=course, skills=[skills[2].pk], hours=16)
    assert (again.pk, again.hours, list(again.skills.all())) == (course.pk, 16, [skills[2]])
    with pytest.raises(AlreadyCourse):
        write_course(by=BY, provider=body, desk=desk, skills=[], **fields())
    assert Course.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"is_accredited": False},
        {"kind": "work"},
        {"status": "suspended"},
        {"status": "revoked"},
        {"valid_to": TODAY - timedelta(days=1)},
        {"valid_from": TODAY + timedelta(days=1)},
    ],
)
def test_only_an_accredited_body_holds_funded_courses(body: dict[str, Any]) -> None:
    provider = make_training_body(**body)
    with pytest.raises(NotAccredited):
        write_course(by=BY, provider=provider, desk=make_desk(), skills=[], **fields(is_funded=True))
    assert write_course(by=BY, provider=provider, desk=make_desk(), skills=[], **fields()).is_funded is False


def test_a_funded_edition_begins_while_the_body_is_accredited() -> None:
    course = make_course(provider=make_training_body(valid_to=TODAY + timedelta(days=20)), is_funded=True)
    place: dict[str, Any] = {"municipality": make_municipality(), "address": "Via Scuole 2"}
    late = TODAY + timedelta(days=21)
    with pytest.raises(NotAccredited):
        write_edition(by=BY, course=course, **place, **when(starts_on=late, ends_on=late, enrol_until=TODAY))
    made = write_edition(by=BY, course=course, **place, **when())
    assert made.state == EditionState.PLANNED
    course.provider.accreditations.update(status="suspended")
    with pytest.raises(NotAccredited):
        move_edition(edition=made, to="open", by=BY)
    with pytest.raises(NotAccredited):
        write_edition(by=BY, course=course, edition=made, seats=9)
    assert move_edition(edition=made, to="cancelled", reason="Ente sospeso", by=BY).state == EditionState.CANCELLED


def test_who_sits_in_a_classroom_knows_where_and_who_is_online_goes_nowhere() -> None:
    course, online = make_course(), make_course(mode="online")
    place: dict[str, Any] = {"municipality": make_municipality(), "address": "Via Scuole 2"}
    with pytest.raises(WrongPlace):
        write_edition(by=BY, course=course, **when())
    with pytest.raises(WrongPlace):
        write_edition(by=BY, course=online, **place, **when())
    write_edition(by=BY, course=course, **place, **when())
    write_edition(by=BY, course=online, **when())
    for one, mode in ((course, "online"), (online, "mixed")):
        with pytest.raises(WrongPlace):
            write_course(by=BY, course=one, skills=[], mode=mode)
    assert write_course(by=BY, course=course, skills=[], mode="mixed").mode == "mixed"
    Edition.objects.update(state="cancelled", cancel_reason="Pochi iscritti")
    assert write_course(by=BY, course=course, skills=[], mode="online").mode == "online"


@pytest.mark.parametrize("state", EditionState)
@pytest.mark.parametrize("to", EditionState)
def test_only_lawful_steps_pass_and_who_cancels_says_why(state: EditionState, to: EditionState) -> None:
    said = "Pochi iscritti" if state == EditionState.CANCELLED else ""
    made = make_edition(state=state, cancel_reason=said)
    reason = "Pochi iscritti" if to == EditionState.CANCELLED else ""
    if to not in EDITION_TRANSITIONS[state]:
        with pytest.raises(NotAllowed):
            move_edition(edition=made, to=to, reason=reason, by=BY)
        return
    with pytest.raises(NotAllowed):  # without its reason, or with one that nobody would read
        move_edition(edition=made, to=to, reason=" " if reason else "Motivo", by=BY)
    moved = move_edition(edition=made, to=to, reason=reason, by=BY)
    assert (moved.state, moved.cancel_reason) == (to, reason)


def test_what_nobody_can_enrol_in_any_more_is_not_opened() -> None:
    made = make_edition(state="closed", enrol_until=TODAY - timedelta(days=1))
    with pytest.raises(EnrolmentOver):
        move_edition(edition=made, to="open", by=BY)
    again = write_edition(by=BY, course=made.course, edition=made, enrol_until=TODAY)
    assert move_edition(edition=again, to="open", by=BY).is_enrolling


def test_what_was_cancelled_is_not_corrected() -> None:
    made = make_edition(state="cancelled", cancel_reason="Pochi iscritti")
    with pytest.raises(NotAllowed):
        write_edition(by=BY, course=made.course, edition=made, seats=20)
    made.refresh_from_db()
    assert made.seats == 15
