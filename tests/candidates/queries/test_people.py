"""The work queues, the search, and what makes them quick."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import Appointment, BookingInvitation, Candidate, Case, PlannedAction, Profile
from candidates.queries.people import (
    WORK_QUEUES,
    caseload,
    queue_counts,
    search_people,
    usual_desk,
    waiting_intakes,
)
from candidates.services import plan
from candidates.states import AppointmentState, CaseState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.reference.models import RuleParameter
from sportello.territory.models import Desk
from tests.support.agenda import make_rules
from tests.support.pacts import sign_both
from tests.support.personas import make_candidate, make_case, make_operator, scope, signed_in
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


@pytest.fixture(autouse=True)
def _rule(db: None) -> None:
    make_rules()


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def operator(desk: Desk) -> User:
    return make_operator(desk)


def _signed(case: Case, operator: User, *, due_on: date | None = None) -> None:
    draft = plan.draft_pact(
        case=case,
        kind="local",
        responsible=operator,
        employability_profile="Profilo",
        search_acts="Azioni",
        proof_of_search="Prove",
        contact_every_days=30,
        by=BY,
    )
    action = plan.plan_action(pact=draft, text="Corso", due_on=due_on or timezone.localdate(), by=BY)
    sign_both(draft)
    if due_on is None:
        PlannedAction.objects.filter(pk=action.pk).update(state="done", closed_on=timezone.localdate())


def _meeting(case: Case, operator: User, starts_at: datetime, **fields: Any) -> None:
    Appointment.objects.create(
        candidate=case.candidate,
        desk=case.desk,
        residence=case.residence,
        operator=operator,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        reason="Colloquio",
        **fields,
    )


def test_each_queue_counts_what_its_list_shows(desk: Desk, operator: User) -> None:
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    names = ("no_pact", "all_done", "late", "in_time", "erased", "closed")
    cases = {name: make_case(desk, operator=operator, opened_on=yesterday) for name in names}
    other = make_case(desk, opened_on=today - timedelta(days=40))
    _signed(cases["all_done"], operator)
    _signed(cases["late"], operator, due_on=yesterday)
    _signed(cases["in_time"], operator, due_on=today)
    _signed(other, operator, due_on=today)
    Candidate.objects.filter(pk=cases["erased"].candidate_id).update(erased_at=timezone.now())
    Case.objects.filter(pk=cases["closed"].pk).update(state="closed", closed_on=today, closing="other")
    make_case(make_desk(), operator=operator)
    Profile.objects.filter(candidate=cases["late"].candidate_id).update(is_complete=False)

    found = {view: set(caseload(scope(operator), view=view)) for view in WORK_QUEUES}

    mine = {cases[name] for name in ("no_pact", "all_done", "late", "in_time")}
    assert found == {
        "mine": mine,
        "unassigned": {other},
        "today": set(),
        "waits_us": {cases["no_pact"], cases["all_done"]},
        "waits_person": {cases["late"], cases["in_time"], other},
        "no_pact": {cases["no_pact"]},
        "no_action": {cases["all_done"]},
        "overdue": {cases["late"]},
        "contact_due": set(),
        "expiring": set(),
        "stalled": {other},
        "half_profile": {cases["late"]},
    }
    assert queue_counts(scope(operator)) == {view: len(rows) for view, rows in found.items()}
    assert set(caseload(scope(operator))) == mine | {other}


def test_today_is_the_local_day_and_a_booked_meeting(desk: Desk, operator: User) -> None:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    in_time = [make_case(desk) for _case in range(2)]
    _meeting(in_time[0], operator, midnight)
    _meeting(in_time[1], operator, midnight + timedelta(hours=23))
    _meeting(make_case(desk), operator, midnight - timedelta(minutes=45))
    _meeting(make_case(desk), operator, midnight + timedelta(days=1, hours=2))
    _meeting(make_case(desk), operator, midnight + timedelta(hours=9), state=AppointmentState.REVOKED)
    assert set(caseload(scope(operator), view="today")) == set(in_time)
    assert queue_counts(scope(operator))["today"] == 2


def test_stalled_is_what_the_rule_of_the_day_says(desk: Desk, operator: User) -> None:
    opened = timezone.localdate() - timedelta(days=40)
    case = make_case(desk, operator=operator, opened_on=opened)
    assert set(caseload(scope(operator), view="stalled")) == {case}
    RuleParameter.objects.filter(key="stalled_case_days").update(value=41)
    assert set(caseload(scope(operator), view="stalled")) == set()


def test_arrivals_live_where_they_live_today(desk: Desk, operator: User) -> None:
    far, near = make_municipality(name="Lodi"), make_municipality(name="Segrate")
    desk.serves.set([near])
    first, second = make_candidate(desk, residence=far), make_candidate(desk, residence=far)
    Candidate.objects.filter(pk=second.pk).update(residence=near)
    found = list(waiting_intakes(scope(operator)))
    assert [(i.candidate, i.candidate.residence, i.has_priority) for i in found] == [  # type: ignore[attr-defined]
        (second, near, True),
        (first, far, False),
    ]
    page = signed_in(operator).get(reverse("intakes")).content.decode()
    assert page.count("Lodi") == page.count("Segrate") == 1


def test_whoever_has_been_taken_in_charge_waits_no_more(desk: Desk, operator: User) -> None:
    waiting = make_candidate(desk)
    again = make_case(desk, candidate=make_candidate(desk), opened_on=date(2026, 3, 1))
    taken = [make_case(desk, opened_on=date(2026, 3, 2)) for _case in range(2)]
    for case in (again, taken[0]):
        Case.objects.filter(pk=case.pk).update(state="closed", closed_on=date(2026, 3, 9), closing="other")
    gone = make_candidate(desk)
    Candidate.objects.filter(pk=gone.pk).update(erased_at=timezone.now())
    make_candidate(make_desk())
    assert {intake.candidate for intake in waiting_intakes(scope(operator))} == {waiting, again.candidate}


def test_people_are_found_by_name_tax_code_and_the_end_of_the_phone(desk: Desk, operator: User) -> None:
    wanted = make_candidate(desk, last_name="Colombo", phone="+393401234567", tax_code="CLMMNA80E57F205A")
    make_candidate(desk, last_name="Riva", phone="+393407654321")
    make_candidate(make_desk(), last_name="Colombo", phone="+393401234567")
    who = scope(operator)
    for text in ("colombo ami", "clmmna80e57f205a", "340 1234567", "+39 340 123 4567"):
        assert search_people(who, text) == [wanted]
    for text in ("co", "34567", "000000"):
        assert search_people(who, text) == []


@pytest.mark.parametrize("view", ["", *WORK_QUEUES])
def test_no_queue_reads_every_person_to_leave_out_the_erased(operator: User, view: str) -> None:
    """A join with the people would, on each opening of the page."""
    counted = str(caseload(scope(operator), view=view).order_by().values("pk").query)
    assert '"candidates_candidate" ON' not in counted
    assert '"erased_at" IS NOT NULL' in counted


def test_usual_desk_follows_the_person_then_their_last_arrival_then_the_alphabet() -> None:
    first, registered, followed, other = (make_desk(name=name) for name in ("Assago", "Melzo", "Segrate", "Vignate"))
    person = make_candidate(registered)
    served = Desk.objects.order_by("name")
    assert usual_desk(person, served) == registered
    assert usual_desk(person, served.filter(pk__in=(first.pk, other.pk))) == first
    assert usual_desk(person, served.none()) is None
    case = make_case(followed, candidate=person)
    assert usual_desk(person, served) == followed
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=case.opened_on, closing="other")
    assert usual_desk(person, served) == registered


def test_who_has_a_meeting_or_an_invitation_does_not_wait_for_us(desk: Desk, operator: User) -> None:
    waits, meets, invited, met = (make_case(desk) for _ in range(4))
    _meeting(meets, operator, timezone.now() + timedelta(days=2))
    _meeting(met, operator, timezone.now() - timedelta(days=2))
    BookingInvitation.objects.create(candidate=invited.candidate, desk=desk)
    assert set(caseload(scope(operator), view="waits_us")) == {waits, met}
    assert set(caseload(scope(operator), view="waits_person")) == {invited}


def test_a_contact_is_due_when_the_pacts_rhythm_is_over(desk: Desk, operator: User) -> None:
    today = timezone.localdate()
    late, in_time, never = (make_case(desk, operator=operator) for _ in range(3))
    for case, last in ((late, 31), (in_time, 30), (never, None)):
        _signed(case, operator)
        Case.objects.filter(pk=case.pk).update(last_contact_on=last and today - timedelta(days=last))
    assert set(caseload(scope(operator), view="contact_due")) == {late}


def test_a_pact_is_about_to_expire_within_the_days_of_the_rule(desk: Desk, operator: User) -> None:
    today = timezone.localdate()
    cases = []
    for days in (30, 31):
        case = make_case(desk, operator=operator)
        draft = plan.draft_pact(
            case=case,
            kind="local",
            responsible=operator,
            employability_profile="Profilo",
            search_acts="Azioni",
            proof_of_search="Prove",
            contact_every_days=30,
            expires_on=today + timedelta(days=days),
            by=BY,
        )
        sign_both(draft)
        cases.append(case)
    assert set(caseload(scope(operator), view="expiring")) == {cases[0]}
