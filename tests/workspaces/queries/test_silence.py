"""Who is silent since a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import Candidate, Intake
from sportello.workspaces.queries.silence import silent_since
from tests.support.personas import make_candidate, make_case
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_silence_is_no_sign_and_no_open_case_since_the_day() -> None:
    desk, today = make_desk(), timezone.localdate()
    long_ago = timezone.now() - timedelta(days=400)
    silent, followed, confirmed, arrived, erased = (make_candidate(desk) for _person in range(5))
    Candidate.objects.update(created_at=long_ago, confirmed_at=long_ago)
    Intake.objects.update(received_on=today - timedelta(days=400))
    make_case(desk, candidate=followed, opened_on=today - timedelta(days=400))
    Candidate.objects.filter(pk=confirmed.pk).update(confirmed_at=timezone.now())
    Intake.objects.filter(candidate=arrived).update(received_on=today)
    Candidate.objects.filter(pk=erased.pk).update(erased_at=timezone.now())
    assert list(silent_since(today - timedelta(days=365))) == [silent]
    assert list(silent_since(today - timedelta(days=401))) == []
