"""What a conversation about one person needs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from candidates.models import Appointment, Case
from candidates.services import plan
from candidates.states import AppointmentState
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.workspaces.queries.person import MISSED_DAYS, latest_case, person_page
from tests.support.employers import make_company, make_vacancy
from tests.support.matching import make_referral
from tests.support.pacts import a_draft, sign_both
from tests.support.personas import make_candidate, make_case, make_operator
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_the_open_case_is_the_latest_else_the_last_that_was() -> None:
    desk = make_desk()
    person = make_candidate(desk)
    assert latest_case(person) is None
    closed: dict[str, Any] = {"state": "closed", "closed_on": date(2026, 5, 1), "closing": "other"}
    make_case(desk, candidate=person, opened_on=date(2025, 1, 1), **closed)
    last = make_case(desk, candidate=person, opened_on=date(2026, 1, 1), **closed)
    assert latest_case(person) == last


def test_what_is_agreed_due_missed_and_asked_comes_in_four_queries() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    case: Case = make_case(desk, operator=operator)
    draft = a_draft(case)
    late = plan.plan_action(pact=draft, text="Iscriversi al corso", due_on=timezone.localdate(), by=BY)
    sign_both(draft)
    now = timezone.now()
    for days, state in ((3, "booked"), (-2, "no_show"), (-MISSED_DAYS - 1, "no_show"), (-4, "seen")):
        Appointment.objects.create(
            candidate=case.candidate,
            desk=desk,
            residence=case.residence,
            operator=operator,
            starts_at=now + timedelta(days=days),
            ends_at=now + timedelta(days=days, minutes=30),
            reason="Colloquio",
            state=AppointmentState(state),
        )
    asked, sent = (
        make_referral(make_vacancy(make_company(desk)), case.candidate, state=state)
        for state in (ReferralState.CONSENT_ASKED, ReferralState.SENT)
    )
    with queries_of() as queries:
        page = person_page(case.candidate)
    assert len(queries) == 4
    assert (page.case, page.pact and page.pact.pk) == (case, draft.pk)
    assert late.text in [action.text for action in page.actions]
    assert (len(page.appointments), len(page.missed)) == (1, 1)
    assert set(page.referrals) == {asked, sent}
    assert page.questions == [asked]
