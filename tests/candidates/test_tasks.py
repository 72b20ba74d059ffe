"""What the clock does with registrations."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from candidates.models import RegistrationDraft
from candidates.tasks import forget_drafts


@pytest.mark.django_db
def test_drafts_are_forgotten_at_their_hour_and_not_before() -> None:
    now = timezone.now()
    for minutes in (-1, 0, 1):
        RegistrationDraft.objects.create(data={"1": {}}, expires_at=now + timedelta(minutes=minutes))
    with time_machine.travel(now, tick=False):
        forget_drafts()
        forget_drafts()
    assert RegistrationDraft.objects.get().expires_at == now + timedelta(minutes=1)
