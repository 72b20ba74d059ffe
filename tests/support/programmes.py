"""Courses and their editions for tests."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from sportello.programmes.models import Course, Edition
from sportello.reference.models import Skill
from sportello.territory.enums import AccreditationKind, OrganisationKind
from sportello.territory.models import Accreditation, Organisation
from tests.support.employers import make_skill
from tests.support.territory import make_desk, make_municipality, make_organisation

_numbers = count(1)


def make_training_body(*, is_accredited: bool = True, **accreditation: Any) -> Organisation:
    """A body that teaches, enrolled for training since 2020 unless told otherwise."""
    body = make_organisation(kind=OrganisationKind.TRAINING_BODY)
    if is_accredited:
        values = {"kind": AccreditationKind.TRAINING, "status": "definitive", "valid_from": "2020-01-01"}
        Accreditation.objects.create(organisation=body, register_no="12/2020", **{**values, **accreditation})
    return body


def make_course(skills: Iterable[Skill] | None = None, **fields: Any) -> Course:
    """A free course in a classroom that teaches one skill."""
    values: dict[str, Any] = {
        "title": f"Corso {next(_numbers)}",
        "summary": "Si impara facendo.",
        "hours": 40,
        "mode": "presence",
        **fields,
    }
    values.setdefault("provider", None)
    provider = values.pop("provider") or make_training_body()
    desk = values.pop("desk", None) or make_desk()
    course = Course.objects.create(provider=provider, desk=desk, **values)
    course.skills.set([make_skill()] if skills is None else skills)
    return course


def make_edition(course: Course | None = None, *, days: int = 10, **fields: Any) -> Edition:
    """An edition that begins in `days` days, open until the day before, in a town near Segrate; online where the course is."""
    course = course or make_course()
    starts_on = timezone.localdate() + timedelta(days=days)
    values: dict[str, Any] = {
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=30),
        "schedule": "lunedì e mercoledì, dalle 18 alle 21",
        "seats": 15,
        "enrol_until": starts_on - timedelta(days=1),
        "state": "open",
        "enrol_by": "desk",
        **fields,
    }
    if not course.is_online and "municipality" not in fields:
        values |= {"municipality": make_municipality(), "address": "Via Scuole 2"}
    return Edition.objects.create(course=course, **values)
