"""Hires, also two at once, and their check."""

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from candidates.models import WorkSpell
from employers.models import Vacancy
from employers.states import VacancyState
from matching.models import Placement, PlacementCheck, Referral
from matching.queries.placements import placements
from matching.services import placement as services
from matching.services.referral import NotAllowed, express_interest, move_referral, withdraw_referral
from matching.states import REFERRAL_TRANSITIONS, PlacementState, ReferralState, RefusalReason
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_contract_type, make_vacancy
from tests.support.matching import make_placement, make_referral
from tests.support.personas import make_candidate, make_case, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
START = date(2026, 4, 1)


def hire(referral: Referral, **fields: object) -> Placement:
    contract_type = referral.vacancy.contract_type
    assert contract_type
    return services.hire(referral=referral, contract_type=contract_type, starts_on=START, by=BY, **fields)  # type: ignore[arg-type]


def test_a_hire_is_declared_with_the_residence_of_the_day() -> None:
    referral = make_referral()
    placement = hire(referral)
    assert (placement.state, placement.desk) == (PlacementState.DECLARED, referral.vacancy.desk)
    assert (placement.residence, placement.employer_name) == (
        referral.candidate.residence,
        referral.vacancy.company.organisation.name,
    )
    referral.refresh_from_db()
    assert referral.state == ReferralState.HIRED


@pytest.mark.parametrize("followed", [True, False])
def test_without_an_open_case_the_desk_that_knows_the_person_checks(followed: bool) -> None:
    arrived, later, vacancy = make_desk(), make_desk(), make_vacancy()
    person = make_candidate(arrived)
    if followed:
        make_case(
            arrived,
            candidate=person,
            opened_on=date(2025, 1, 7),
            state="closed",
            closed_on=date(2025, 3, 1),
            closing="other",
        )
        make_case(
            later,
            candidate=person,
            opened_on=date(2026, 1, 7),
            state="closed",
            closed_on=date(2026, 2, 1),
            closing="other",
        )
    placement = hire(make_referral(vacancy, person))
    assert placement.desk == (later if followed else arrived)
    reader = scope(make_operator(vacancy.desk))
    assert not placements(reader).exists()


def test_the_persons_other_open_referrals_fall_and_closed_ones_stay() -> None:
    referral = make_referral()
    person = referral.candidate
    open_one = make_referral(candidate=person, state=ReferralState.INTERVIEW)
    closed = make_referral(candidate=person, state=ReferralState.REFUSED)
    others = make_referral()
    hire(referral)
    states = dict(Referral.objects.values_list("pk", "state"))
    assert states == {
        referral.pk: "hired",
        open_one.pk: "obsolete",
        closed.pk: "refused",
        others.pk: "sent",
    }


@pytest.mark.parametrize("state", [VacancyState.PUBLISHED, VacancyState.PAUSED])
def test_the_last_post_fills_the_vacancy(state: VacancyState) -> None:
    vacancy = make_vacancy(posts=2, state=state)
    first, second, third = (make_referral(vacancy) for _ in range(3))
    hire(first)
    vacancy.refresh_from_db()
    assert vacancy.state == state
    hire(second)
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.FILLED
    with pytest.raises(services.NoPostLeft):
        hire(third)


def test_a_rejected_placement_gives_its_post_back() -> None:
    vacancy = make_vacancy(posts=2)
    make_placement(vacancy, state=PlacementState.REJECTED, rejection_reason="Mai iniziato")
    hire(make_referral(vacancy))
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.PUBLISHED


@pytest.mark.parametrize("state", ReferralState)
def test_only_lawful_hires_pass(state: ReferralState) -> None:
    referral = make_referral(state=state)
    if ReferralState.HIRED in REFERRAL_TRANSITIONS[state]:
        assert hire(referral).referral == referral
        return
    with pytest.raises(NotAllowed):
        hire(referral)
    assert not Placement.objects.exists()


def test_the_same_beginning_is_not_recorded_twice() -> None:
    referral = make_referral()
    make_placement(make_vacancy(referral.vacancy.company), candidate=referral.candidate, starts_on=START)
    with pytest.raises(services.AlreadyPlaced):
        hire(referral)


def _at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each act in its own thread and connection; what came of each, sorted."""
    barrier, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
            outcomes.append("done")
        except (services.NoPostLeft, NotAllowed) as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_two_hires_on_one_post_leave_one() -> None:
    vacancy = make_vacancy(posts=1)
    first, second = make_referral(vacancy), make_referral(vacancy)
    assert _at_once(lambda: hire(first), lambda: hire(second)) == ["NoPostLeft", "done"]
    assert (Placement.objects.count(), Vacancy.objects.get().state) == (1, VacancyState.FILLED)


@pytest.mark.django_db(transaction=True)
def test_two_companies_hiring_one_person_leave_one() -> None:
    first = make_referral()
    second = make_referral(candidate=first.candidate)
    assert _at_once(lambda: hire(first), lambda: hire(second)) == ["NotAllowed", "done"]
    assert sorted(Referral.objects.values_list("state", flat=True)) == ["hired", "obsolete"]


def _held_until_waited_for(act: Callable[[], object], began: threading.Event) -> Callable[[], None]:
    """`act` in a transaction that stays open until another connection waits for its locks."""

    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            act()
            began.set()
            for _attempt in range(200):
                cursor.execute(
                    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
                )
                if cursor.fetchone()[0]:
                    return
                time.sleep(0.05)
            raise AssertionError("nobody waits")

    return run


def _after(began: threading.Event, act: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        began.wait(timeout=20)
        act()

    return run


@pytest.mark.django_db(transaction=True)
def test_a_hire_waits_for_a_refusal_of_the_same_person_and_leaves_it() -> None:
    hired = make_referral()
    refused = make_referral(candidate=hired.candidate)
    began = threading.Event()

    def refuse() -> None:
        move_referral(referral=refused, to=ReferralState.REFUSED, reason=RefusalReason.SKILLS, by=BY)

    assert _at_once(_held_until_waited_for(refuse, began), _after(began, lambda: hire(hired))) == ["done", "done"]
    assert sorted(Referral.objects.values_list("state", flat=True)) == ["hired", "refused"]


@pytest.mark.django_db(transaction=True)
def test_the_post_that_a_rejection_frees_is_taken_once() -> None:
    vacancy = make_vacancy(posts=1)
    first, second, third = (make_referral(vacancy) for _ in range(3))
    placement, began = hire(first), threading.Event()
    checker = scope(make_operator(placement.desk))

    def reject() -> None:
        services.reject_placement(placement=placement, reason="Ore sbagliate", by=checker)

    outcomes = _at_once(
        _held_until_waited_for(reject, began),
        *(_after(began, lambda referral=referral: hire(referral)) for referral in (first, second, third)),  # type: ignore[misc]
    )
    assert outcomes == ["NoPostLeft", "NoPostLeft", "done", "done"]
    assert sorted(Placement.objects.values_list("state", flat=True)) == ["declared", "rejected"]
    assert Vacancy.objects.get().state == VacancyState.FILLED


def test_another_operator_of_the_desk_verifies_with_the_notice() -> None:
    placement = make_placement()
    operator = make_operator(placement.desk)
    verified = services.verify_placement(placement=placement, notice_code=" COB-1 ", by=scope(operator))
    assert (verified.state, verified.notice_code, verified.verified_by) == (
        PlacementState.VERIFIED,
        "COB-1",
        operator,
    )


def test_the_notice_of_a_hire_counts_for_the_status_of_unemployment() -> None:
    placement = make_placement()
    said = {"kind": "job", "starts_on": placement.starts_on, "employer": placement.employer_name}
    WorkSpell.objects.create(candidate=placement.candidate, provenance="self", yearly_pay=9000, **said)
    services.verify_placement(placement=placement, notice_code="COB-1", by=scope(make_operator(placement.desk)))
    assert list(
        placement.candidate.work_spells.values("kind", "starts_on", "employer", "provenance", "yearly_pay")
    ) == [{**said, "provenance": "notice", "yearly_pay": 9000}]


@pytest.mark.parametrize(
    "code, kinds",
    [
        ("INTERNSHIP", ["internship"]),
        ("SELF_EMPLOYED", ["self_employment"]),
        ("AGENCY", ["job"]),
        ("CIVIL_SERVICE", []),
    ],
)
def test_a_contract_is_what_it_is_for_the_status(code: str, kinds: list[str]) -> None:
    placement = make_placement(contract_type=make_contract_type(code))
    services.verify_placement(placement=placement, notice_code="COB-1", by=scope(make_operator(placement.desk)))
    assert list(placement.candidate.work_spells.values_list("kind", flat=True)) == kinds


def test_a_notice_verifies_one_placement() -> None:
    verified = make_placement(state=PlacementState.VERIFIED, notice_code="COB-1", verified_at=timezone.now())
    placement = make_placement(verified.vacancy)
    operator = scope(make_operator(placement.desk))
    with pytest.raises(services.NoticeUsed):
        services.verify_placement(placement=placement, notice_code="cob-1 ", by=operator)
    placement.refresh_from_db()
    assert placement.state == PlacementState.DECLARED
    services.verify_placement(placement=placement, notice_code="COB-2", by=operator)


def test_a_check_says_why_it_failed() -> None:
    placement = make_placement()
    operator = scope(make_operator(placement.desk))
    with pytest.raises(NotAllowed):
        services.reject_placement(placement=placement, reason=" ", by=operator)
    rejected = services.reject_placement(placement=placement, reason="Mai iniziato", by=operator)
    assert (rejected.state, rejected.rejection_reason) == (PlacementState.REJECTED, "Mai iniziato")


def test_nobody_checks_their_own_declaration_or_another_desks() -> None:
    placement = make_placement()
    author = make_operator(placement.desk)
    Placement.objects.filter(pk=placement.pk).update(declared_by=author)
    for by in (scope(author), scope(make_operator())):
        with pytest.raises(services.NotYours):
            services.verify_placement(placement=placement, notice_code="COB-1", by=by)
        with pytest.raises(services.NotYours):
            services.reject_placement(placement=placement, reason="No", by=by)
    placement.refresh_from_db()
    assert placement.state == PlacementState.DECLARED


@pytest.mark.parametrize("state", [PlacementState.VERIFIED, PlacementState.REJECTED])
def test_a_check_is_made_once(state: PlacementState) -> None:
    placement = make_placement(
        state=state, notice_code="COB-0", verified_at="2026-04-02T10:00Z", rejection_reason="Prima"
    )
    operator = scope(make_operator(placement.desk))
    with pytest.raises(NotAllowed):
        services.verify_placement(placement=placement, notice_code="COB-1", by=operator)


def rejected(placement: Placement) -> Placement:
    operator = scope(make_operator(placement.desk))
    return services.reject_placement(placement=placement, reason="Le ore non sono quelle", by=operator)


def test_after_a_rejection_the_company_declares_the_same_day_again_corrected() -> None:
    referral = make_referral()
    wrong = rejected(hire(referral, weekly_hours=20))
    referral.refresh_from_db()
    referral.vacancy.refresh_from_db()
    assert (referral.state, referral.vacancy.state) == (ReferralState.OFFER, VacancyState.PUBLISHED)
    right = hire(referral, weekly_hours=40)
    assert (right.starts_on, right.referral, wrong.referral) == (wrong.starts_on, referral, referral)
    referral.vacancy.refresh_from_db()
    assert referral.vacancy.state == VacancyState.FILLED


def test_the_company_reads_why_a_hire_is_not_confirmed() -> None:
    referral = make_referral()
    rejected(hire(referral))
    message = Message.objects.get(recipient=referral.vacancy.company.contact_email)
    assert "Le ore non sono quelle" in message.body
    assert referral.candidate.last_name not in message.subject + message.body


@pytest.mark.parametrize(
    ("before", "days_left", "after"),
    [
        (VacancyState.PUBLISHED, 5, VacancyState.PUBLISHED),
        (VacancyState.PAUSED, 5, VacancyState.PAUSED),
        (VacancyState.PUBLISHED, -1, VacancyState.EXPIRED),
    ],
)
def test_the_vacancy_goes_back_to_where_it_was_when_filled(
    before: VacancyState, days_left: int, after: VacancyState
) -> None:
    vacancy = make_vacancy(state=before)
    placement = hire(make_referral(vacancy))
    today = timezone.localdate()
    Vacancy.objects.update(published_on=today - timedelta(days=30), expires_on=today + timedelta(days=days_left))
    rejected(placement)
    vacancy.refresh_from_db()
    assert vacancy.state == after


def test_who_hid_the_name_meanwhile_is_not_offered_again() -> None:
    referral = make_referral()
    placement = hire(referral)
    withdraw_referral(referral=referral, by=BY)
    rejected(placement)
    referral.refresh_from_db()
    assert referral.state == ReferralState.WITHDRAWN


def test_what_fell_with_a_hire_may_be_made_again() -> None:
    referral = make_referral()
    fallen = make_referral(candidate=referral.candidate)
    rejected(hire(referral))
    again = express_interest(vacancy=fallen.vacancy, candidate=referral.candidate, by=BY)
    assert again.state == ReferralState.SENT


def verified(**fields: Any) -> tuple[Placement, Scope]:
    """A placement that counts, and somebody of its desk."""
    placement = make_placement(state="verified", notice_code="COB1", verified_at=timezone.now(), **fields)
    return placement, scope(make_operator(placement.desk))


def test_work_that_goes_on_leaves_the_placement_as_it_is() -> None:
    placement, by = verified()
    check = services.follow_up(placement=placement, months=3, outcome="working", source="company", by=by)
    placement.refresh_from_db()
    assert (check.months, check.checked_by_id, placement.ends_on) == (3, by.user_id, None)
    assert not WorkSpell.objects.exists()


@pytest.mark.parametrize("outcome", ["ended", "elsewhere"])
def test_work_that_ended_ends_here_and_in_the_status_of_unemployment(outcome: str) -> None:
    placement, by = verified()
    last = START + timedelta(days=50)
    services.follow_up(placement=placement, months=3, outcome=outcome, source="person", ended_on=last, by=by)
    placement.refresh_from_db()
    assert placement.ends_on == last
    assert [(spell.starts_on, spell.ends_on) for spell in placement.candidate.work_spells.all()] == [(START, last)]


def test_two_who_ask_after_the_same_term_are_told_apart() -> None:
    placement, by = verified()
    services.follow_up(placement=placement, months=3, outcome="working", source="person", by=by)
    with pytest.raises(services.AlreadyFollowed):
        services.follow_up(placement=placement, months=3, outcome="unknown", source="person", by=by)
    assert PlacementCheck.objects.get().outcome == "working"


@pytest.mark.parametrize(
    ("outcome", "ended_on"),
    [
        ("ended", None),
        ("working", START + timedelta(days=3)),
        ("ended", START - timedelta(days=1)),
        ("ended", timezone.localdate() + timedelta(days=1)),
    ],
)
def test_a_missing_or_impossible_last_day_is_refused(outcome: str, ended_on: date | None) -> None:
    placement, by = verified()
    with pytest.raises(NotAllowed):
        services.follow_up(placement=placement, months=3, outcome=outcome, source="person", ended_on=ended_on, by=by)
    assert not PlacementCheck.objects.exists()


def test_only_a_verified_placement_of_the_own_desk_is_followed() -> None:
    declared = make_placement()
    with pytest.raises(NotAllowed):
        services.follow_up(
            placement=declared, months=3, outcome="working", source="person", by=scope(make_operator(declared.desk))
        )
    with pytest.raises(services.NotYours):
        services.follow_up(
            placement=verified()[0], months=3, outcome="working", source="person", by=scope(make_operator())
        )
