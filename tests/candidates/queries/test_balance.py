"""A balance counts what was done in the case and reads as it was counted."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from candidates.models import Appointment, PlannedAction
from candidates.queries.balance import count_balance, own_balances, read_balance
from candidates.queries.delivered import Received
from candidates.services.case import close_case, record_contact
from tests.support.pacts import BY, a_case, a_draft
from tests.support.queries import queries_of
from tests.support.services import deliver

pytestmark = pytest.mark.django_db


def test_a_balance_counts_its_own_case() -> None:
    case = a_case()
    operator = case.responsible_operator
    assert operator
    start = timezone.now() - timedelta(days=3)
    for number, state in enumerate(("seen", "seen", "no_show", "revoked")):
        Appointment.objects.create(
            candidate=case.candidate,
            desk=case.desk,
            residence=case.residence,
            operator=operator,
            starts_at=start + timedelta(hours=number),
            ends_at=start + timedelta(hours=number, minutes=30),
            state=state,
            reason="Incontro",
        )
    record_contact(case=case, channel="phone", reason="Aggiornamento", by=BY)
    pact = a_draft(case)
    today = timezone.localdate()
    for state in ("done", "done", "abandoned", "pending"):
        PlannedAction.objects.create(
            pact=pact, text="A", due_on=today, state=state, closed_on=None if state == "pending" else today
        )
    deliver(case, by=BY, minutes=90)
    deliver(a_case(), by=BY, minutes=600)
    with queries_of() as queries:
        counted = count_balance(case, today, {"referrals": 3, "jobs": [["Rossi srl", "2026-05-04"]]})
    assert len(queries) == 4
    case.balance, case.closed_on = counted, today
    balance = read_balance(case)
    assert balance is not None
    assert balance.days == (today - case.opened_on).days + 1
    assert (balance.meetings, balance.missed, balance.contacts) == (2, 1, 1)
    assert (balance.done, balance.abandoned, balance.left) == (2, 1, 1)
    assert (balance.services, balance.minutes, balance.time) == ((Received("Prova_a", 1, 90),), 90, "1 h 30 min")
    assert (balance.referrals, balance.jobs) == (3, (("Rossi srl", date(2026, 5, 4)),))


def test_a_case_that_closed_before_balances_has_none() -> None:
    assert read_balance(a_case()) is None


def test_ones_own_balances() -> None:
    case, other = a_case(), a_case()
    for each in (case, other):
        close_case(case=each, closing="other", by=BY)
    (balance,) = own_balances(case.candidate)
    assert (balance.case, balance.meetings) == (case, 0)
