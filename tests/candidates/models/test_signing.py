"""Approvals and codes: the database refuses one's own approval and what is half written."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from candidates.models import PactReview, SigningCode
from tests.support.pacts import a_case, a_draft
from tests.support.personas import make_user
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("nobody_approves_their_own", {"state": "approved", "decided": "asker"}),
        ("review_decided_by_somebody_at_some_time", {"decided_at": None, "decided": "other"}),
        ("answered_review_names_who_answered", {"state": "approved"}),
        ("sent_back_with_a_motive", {"state": "sent_back", "decided": "other"}),
    ],
)
def test_an_answer_is_whole(constraint: str, fields: dict[str, Any]) -> None:
    people = {"asker": make_user(), "other": make_user()}
    now = timezone.now()
    if who := fields.pop("decided", None):
        fields = {"decided_by": people[who], "decided_at": now, **fields}
    with refused(constraint):
        PactReview.objects.create(pact=a_draft(a_case()), asked_by=people["asker"], asked_at=now, **fields)


def test_one_review_of_a_draft_counts() -> None:
    pact, asker, now = a_draft(a_case()), make_user(), timezone.now()
    PactReview.objects.create(pact=pact, asked_by=asker, asked_at=now, state="withdrawn")
    PactReview.objects.create(pact=pact, asked_by=asker, asked_at=now)
    with refused("one_review_of_a_draft_counts"):
        PactReview.objects.create(pact=pact, asked_by=asker, asked_at=now)


def test_a_code_expires_after_it_is_sent() -> None:
    now = timezone.now()
    with refused("code_expires_after_it_is_sent"):
        SigningCode.objects.create(
            pact=a_draft(a_case()), digest="0", sent_at=now, expires_at=now - timedelta(seconds=1)
        )
