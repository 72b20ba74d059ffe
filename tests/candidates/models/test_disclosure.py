"""A question about a name: once per reason, and an answer has its time."""

from datetime import UTC, datetime

import pytest

from candidates.models import DisclosureRequest
from tests.support.personas import make_candidate
from tests.support.refusals import refused
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


def test_the_same_question_is_put_once() -> None:
    person, body = make_candidate(), make_organisation()
    DisclosureRequest.objects.create(candidate=person, organisation=body, regarding="OL-000001")
    with refused("disclosure_asked_once_per_reason"):
        DisclosureRequest.objects.create(candidate=person, organisation=body, regarding="OL-000001")
    DisclosureRequest.objects.create(candidate=person, organisation=body, regarding="OL-000002")
    DisclosureRequest.objects.create(candidate=person, organisation=make_organisation(), regarding="OL-000001")
    assert person.disclosures.count() == 3


@pytest.mark.parametrize(
    ("state", "answered_at"), [("asked", NOW), ("granted", None), ("denied", None), ("withdrawn", None)]
)
def test_an_answer_and_its_time_go_together(state: str, answered_at: datetime | None) -> None:
    with refused("answered_disclosure_has_its_time"):
        DisclosureRequest.objects.create(
            candidate=make_candidate(), organisation=make_organisation(), state=state, answered_at=answered_at
        )
