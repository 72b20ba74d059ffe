"""What came of a case: applications that reached a company, and jobs that nobody refused to believe."""

from datetime import date

import pytest
from django.utils import timezone

from candidates.services.case import close_case
from matching.queries.outcomes import balance_today, outcomes_in
from matching.states import PlacementState, ReferralState
from tests.support.employers import make_company, make_vacancy
from tests.support.matching import make_placement, make_referral
from tests.support.pacts import BY, a_case

pytestmark = pytest.mark.django_db


def test_only_what_reached_a_company_and_was_not_rejected_counts() -> None:
    case = a_case()
    company = make_company(case.desk)
    for state in (ReferralState.SENT, ReferralState.CONSENT_ASKED):
        make_referral(make_vacancy(company), case.candidate, state=state)
    found = make_placement(make_vacancy(company), candidate=case.candidate, starts_on=date(2026, 4, 1))
    make_placement(
        make_vacancy(company),
        candidate=case.candidate,
        starts_on=date(2026, 4, 2),
        state=PlacementState.REJECTED,
        rejection_reason="Nessuna comunicazione",
    )
    make_placement(make_vacancy(company), candidate=case.candidate, starts_on=date(2025, 1, 1))
    assert outcomes_in(case) == {"referrals": 1, "jobs": [[found.employer_name, "2026-04-01"]]}


def test_the_balance_of_today_changes_nothing() -> None:
    case = a_case()
    balance = balance_today(case)
    assert balance is not None
    assert balance.days == (timezone.localdate() - case.opened_on).days + 1
    case.refresh_from_db()
    assert (case.closed_on, case.balance) == (None, None)
    assert balance_today(close_case(case=case, closing="other", by=BY)) is None
