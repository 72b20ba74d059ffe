"""A kiosk is in use until somebody ends it, or the desk closes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from candidates.models import Kiosk
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_ended_and_past_kiosks_are_not_in_use() -> None:
    desk, now = make_desk(), timezone.now()
    spans = [(now + timedelta(hours=1), None), (now + timedelta(hours=1), now), (now - timedelta(minutes=1), None)]
    rows = [
        Kiosk.objects.create(
            desk=desk, token_hash=str(n), opened_at=now - timedelta(hours=2), ends_at=ends, ended_at=ended
        )
        for n, (ends, ended) in enumerate(spans)
    ]
    assert list(Kiosk.objects.in_use()) == rows[:1]


def test_a_kiosk_ends_after_it_opens() -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="kiosk_ends_after_it_opens"):
        Kiosk.objects.create(desk=make_desk(), token_hash="x", opened_at=now, ends_at=now)
