"""The case: one open at a time, closed with its day and outcome, seen by the desks that serve it."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from candidates.models import Case, CaseAssignment
from tests.support.pacts import a_case
from tests.support.personas import make_candidate, make_case, make_operator, scope
from tests.support.refusals import refused
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

CLOSED: dict[str, Any] = {"state": "closed", "closed_on": date(2026, 3, 9), "closing": "other"}


def test_a_person_has_one_open_case_and_any_number_of_closed_ones() -> None:
    desk = make_desk()
    person = make_candidate(desk)
    for _ in range(2):
        make_case(desk, candidate=person, **CLOSED)
    make_case(desk, candidate=person)
    with refused("one_open_case_per_person"):
        make_case(make_desk(), candidate=person)
    assert (Case.objects.open().count(), Case.objects.count()) == (1, 3)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "closed"}, "closed_case_has_date_and_outcome"),
        ({"state": "closed", "closed_on": date(2026, 4, 1)}, "closed_case_has_date_and_outcome"),
        ({"state": "closed", "closing": "other"}, "closed_case_has_date_and_outcome"),
        ({"closing": "other"}, "closed_case_has_date_and_outcome"),
        ({"closed_on": date(2026, 4, 1)}, "closed_case_has_date_and_outcome"),
        ({**CLOSED, "closed_on": date(2026, 3, 8)}, "case_closes_after_it_opens"),
    ],
)
def test_an_end_is_whole_and_after_the_beginning(fields: dict[str, Any], constraint: str) -> None:
    with refused(constraint):
        make_case(make_desk(), **fields)


def test_one_operator_follows_at_a_time() -> None:
    desk = make_desk()
    first, second = make_operator(desk), make_operator(desk)
    case = make_case(desk, operator=first)
    with refused("one_operator_at_a_time"):
        CaseAssignment.objects.create(case=case, operator=second, starts_on=case.opened_on)
    case.assignments.update(ends_on=case.opened_on)
    CaseAssignment.objects.create(case=case, operator=second, starts_on=case.opened_on)
    assert case.assignments.count() == 2


def test_an_erased_person_has_no_visible_case() -> None:
    desk = make_desk()
    actor = scope(make_operator(desk))
    case = make_case(desk)
    assert list(Case.objects.visible_to(actor)) == [case]
    case.candidate.erased_at = timezone.now()
    case.candidate.save()
    assert list(Case.objects.visible_to(actor)) == []


def test_an_area_decided_on_evidence_and_a_balance_stay() -> None:
    case = a_case()
    Case.objects.filter(pk=case.pk).update(target_area="youth", target_evidence={"a": 1}, balance={"days": 1})
    for change in ({"target_area": "disabled"}, {"target_evidence": None}, {"target_reason": "Altro"}):
        with refused("an area decided at intake does not change"):
            Case.objects.filter(pk=case.pk).update(**change)
    with refused("a closing balance does not change"):
        Case.objects.filter(pk=case.pk).update(balance=None)
