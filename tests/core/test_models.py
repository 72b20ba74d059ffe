"""Technical rows: what the database refuses of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from sportello.core.models import KEPT, AccessLogEntry, Job, Message
from tests.support.personas import make_candidate
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_key_has_one_open_job() -> None:
    Job.objects.create(path="a.b", key="1")
    with refused("one_open_job_per_key"):
        Job.objects.create(path="a.b", key="1", state="leased", lease_until=timezone.now())
    for fields in ({"key": "2"}, {"key": ""}, {"key": ""}, {"key": "1", "path": "a.c"}):
        Job.objects.create(**{"path": "a.b", **fields})
    with refused("job_progress_is_a_percentage"):
        Job.objects.update(progress=101)
    assert Job.objects.count() == 5


@pytest.mark.parametrize("fields", [{"state": "sent"}, {"sent_at": timezone.now()}])
def test_a_message_that_left_has_its_time(fields: dict[str, Any]) -> None:
    with refused("sent_message_has_its_time"):
        Message.objects.create(kind="prova", recipient="a@example.org", subject="S", body="B", **fields)


def test_a_reading_is_neither_changed_nor_forgotten_before_its_time() -> None:
    person, now = make_candidate(), timezone.now()
    kept, old = (
        AccessLogEntry.objects.create(
            subject_id=person.pk, actor_label="tests", part="case_file", purpose="case", at=at
        )
        for at in (now - KEPT + timedelta(hours=1), now - KEPT - timedelta(hours=1))
    )
    for entry in (kept, old):
        with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
            AccessLogEntry.objects.filter(pk=entry.pk).update(purpose="check")
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
        AccessLogEntry.objects.filter(pk=kept.pk).delete()
    AccessLogEntry.objects.filter(pk=old.pk).delete()
    assert list(AccessLogEntry.objects.values_list("pk", "purpose")) == [(kept.pk, "case")]
