"""Courses and their editions: kept by the desk that follows them; what is funded is held by accredited bodies alone."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.programmes.models import Course, Edition
from sportello.programmes.queries.training import is_accredited
from sportello.programmes.states import EDITION_TRANSITIONS, EditionState
from sportello.reference.models import Skill


class NotAccredited(Exception):
    """The body may not hold funded courses on that day."""


class AlreadyCourse(Exception):
    """The body has a course of this title."""


class WrongPlace(Exception):
    """A course in a classroom has no place, or one that is online has."""


class NotAllowed(Exception):
    """The state does not permit the step, or its reason is missing."""


class EnrolmentOver(Exception):
    """The last day on which one can enrol has passed."""


@audit.service("course.write")
def write_course(*, by: Scope, skills: Collection[UUID], course: Course | None = None, **fields: Any) -> Course:
    """A course, or what is now true of `course`; `fields` are the model's.

    Raises NotAccredited, AlreadyCourse; WrongPlace where an edition ahead would be left without its place, or with one too many.
    """
    course = _lock_course(course) if course else Course()
    for name, value in fields.items():
        setattr(course, name, value)
    if course.is_funded and not is_accredited(course.provider_id):
        raise NotAccredited
    if course.pk and any(_is_misplaced(course, edition) for edition in course.editions.exclude(state="cancelled")):
        raise WrongPlace
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError as error:
        raise AlreadyCourse from error
    course.skills.set(Skill.objects.filter(pk__in=skills))
    return course


@audit.service("edition.write")
def write_edition(*, by: Scope, course: Course, edition: Edition | None = None, **fields: Any) -> Edition:
    """An edition of a course, planned at first, or what is now true of `edition`.

    Raises WrongPlace; NotAllowed for one that was cancelled; NotAccredited when it begins outside the body's accreditation.
    """
    course = _lock_course(course)
    edition = _lock(edition) if edition else Edition(course=course)
    if edition.state == EditionState.CANCELLED:
        raise NotAllowed
    for name, value in fields.items():
        setattr(edition, name, value)
    _check_body(course, edition.starts_on)
    if _is_misplaced(course, edition):
        raise WrongPlace
    edition.save()
    return edition


@audit.service("edition.move")
def move_edition(*, edition: Edition, to: str, by: Scope, reason: str = "") -> Edition:
    """Open, close or cancel; who cancels says why, and people read it. Raises NotAllowed, NotAccredited, EnrolmentOver."""
    course = _lock_course(edition.course)
    edition = _lock(edition)
    if to not in EDITION_TRANSITIONS[EditionState(edition.state)]:
        raise NotAllowed
    if (to == EditionState.CANCELLED) != bool(reason.strip()):
        raise NotAllowed
    if to == EditionState.OPEN:
        _check_body(course, edition.starts_on)
        if edition.enrol_until < timezone.localdate():
            raise EnrolmentOver
    edition.state, edition.cancel_reason = to, reason.strip()
    edition.save()
    return edition


def _check_body(course: Course, day: date) -> None:
    if course.is_funded and not is_accredited(course.provider_id, on=day):
        raise NotAccredited


def _is_misplaced(course: Course, edition: Edition) -> bool:
    return course.is_online == (edition.municipality_id is not None)


def _lock_course(course: Course) -> Course:
    return Course.objects.select_for_update(of=("self",)).get(pk=course.pk)


def _lock(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
