"""A question between desks is whole: why, when, and an answer with its reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from candidates.models import Case, Reorientation
from tests.support.pacts import a_case
from tests.support.personas import make_user
from tests.support.refusals import refused
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ask(case: Case, **fields: Any) -> Reorientation:
    values = {"desk": make_desk(), "motive": "Abita lì", "asked_by": make_user(), "asked_at": NOW, **fields}
    return Reorientation.objects.create(case=case, **values)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("reorientation_has_a_motive", {"motive": ""}),
        ("answered_reorientation_has_its_time", {"state": "accepted"}),
        ("answered_reorientation_has_its_time", {"answered_at": NOW}),
        ("denied_with_a_reason", {"state": "denied", "answered_at": NOW}),
        ("answered_after_it_was_asked", {"state": "accepted", "answered_at": NOW - timedelta(1)}),
    ],
)
def test_a_question_and_its_answer_are_whole(constraint: str, fields: dict[str, Any]) -> None:
    with refused(constraint):
        ask(a_case(), **fields)


def test_one_question_waits_at_a_time() -> None:
    case = a_case()
    ask(case, state="withdrawn", answered_at=NOW)
    ask(case)
    with refused("one_reorientation_asked_at_a_time"):
        ask(case)
