"""The queue of the Punto Parità."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from employers.models import ReadinessChecklist
from employers.queries.advice import advice_queue, advice_waiting, checklist_of, requests_of, visible_advice
from tests.support.employers import make_company, make_company_user
from tests.support.equality import make_advice
from tests.support.personas import make_operator, scope

pytestmark = pytest.mark.django_db


def test_who_waits_longest_comes_first_and_meetings_by_their_hour() -> None:
    now = timezone.now()
    new, old = (make_advice(asked_at=now - timedelta(days=days)) for days in (1, 9))
    late, soon = (make_advice(state="confirmed", meets_at=now + timedelta(days=days), place="Qui") for days in (9, 1))
    by = scope(make_operator())
    assert list(advice_queue(by, state="asked")) == [old, new]
    assert list(advice_queue(by, state="confirmed")) == [soon, late]
    assert set(advice_queue(by, state="")) == {new, old, late, soon}
    assert set(advice_waiting(by)) == {new, old}


def test_a_company_reads_its_own() -> None:
    company = make_company()
    before = make_advice(company, state="withdrawn", asked_at=timezone.now() - timedelta(days=1))
    last = make_advice(company)
    assert list(requests_of(company)) == [last, before]
    assert visible_advice(scope(make_company_user(company)), last.pk) == last
    with pytest.raises(Http404):
        visible_advice(scope(make_company_user(make_company())), last.pk)


def test_no_checklist_before_the_first_answer() -> None:
    company = make_company()
    assert checklist_of(company) is None
    checklist = ReadinessChecklist.objects.create(company=company)
    assert checklist_of(company) == checklist
