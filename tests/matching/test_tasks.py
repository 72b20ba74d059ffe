"""The searches that a worker makes, and the columns of each day."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from matching.engine.segment import open_segment
from matching.models import ChangedPerson, MatchRun
from matching.services.run import request_match
from matching.tasks import begin_day, build_segment
from sportello.core import jobs
from tests.matching.services.test_run import make_crowd
from tests.support.personas import make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_the_search_is_of_the_person_who_asked() -> None:
    desk = make_desk()
    vacancy = make_crowd(desk, 3)
    operator = make_operator(desk)
    first = request_match(vacancy=vacancy, by=scope(operator))
    assert request_match(vacancy=vacancy, by=scope(make_operator(desk))) == first
    assert jobs.run(first.pk)
    run = MatchRun.objects.get()
    assert (run.vacancy, run.considered, run.actor_id) == (vacancy, 3, operator.pk)
    assert run.actor_label == scope(operator).actor_label


def test_a_day_begins_with_columns_of_its_own_and_forgets_old_changes() -> None:
    make_crowd(make_desk(), 2)
    ChangedPerson.objects.update(at=timezone.now() - timedelta(days=3))
    build_segment()
    before = open_segment(settings.MATCHING_DIR).name
    begin_day()
    after = open_segment(settings.MATCHING_DIR)
    assert after.name != before
    assert (after.origin.day, after.people.size) == (timezone.localdate().isoformat(), 2)
    assert not ChangedPerson.objects.exists()
