"""The search that a worker makes."""

import pytest

from matching.models import MatchRun
from matching.services.run import request_match
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
