"""The arrival: its receipt, and the notice that was in force."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.models import Candidate, Case, Intake, PrivacyNotice
from sportello.accounts.scope import Scope
from sportello.core import audit
from tests.support.personas import make_candidate, make_case
from tests.support.races import while_it_waits
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_every_arrival_has_a_receipt_of_its_own() -> None:
    desk = make_desk()
    for year in (2025, 2026):
        make_candidate(desk)
        Intake.objects.filter(received_on__year=2026).update(received_on=date(year, 3, 2))
    receipts = {intake.received_on.year: intake.receipt for intake in Intake.objects.all()}
    numbers = {year: int(receipt.removeprefix(f"SL-{year}-")) for year, receipt in receipts.items()}
    assert numbers[2026] > numbers[2025]
    assert Intake(number=42, received_on=date(2026, 1, 2)).receipt == "SL-2026-000042"


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2025, 12, 31), None), (date(2026, 1, 1), "1"), (date(2026, 6, 30), "1"), (date(2026, 7, 1), "2b")],
)
def test_the_notice_in_force_is_the_newest_that_has_begun(day: date, version: str | None) -> None:
    for name, begins in (("1", date(2026, 1, 1)), ("2a", date(2026, 7, 1)), ("2b", date(2026, 7, 1))):
        PrivacyNotice.objects.create(version=name, valid_from=begins, text="Testo")
    found = PrivacyNotice.objects.in_force(day)
    assert (found.version if found else None) == version


BY = Scope.of_process("tests")
DAY = date(2026, 3, 2)
days = st.integers(0, 4).map(lambda number: DAY + timedelta(days=number))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("arrive"), days),
        st.tuples(st.just("open"), days),
        st.tuples(st.just("close"), days),
        st.tuples(st.just("reopen"), days),
        st.tuples(st.just("correct"), days),
        st.tuples(st.just("move"), days),
        st.tuples(st.just("delete"), days),
    ),
    max_size=12,
)


def act(step: str, day: date, people: list[Candidate]) -> None:
    """One thing that services do with arrivals and cases; what the constraints would refuse is left undone."""
    person = people[0]
    open_case = Case.objects.open().filter(candidate=person).first()
    closed = Case.objects.filter(candidate=person, state="closed").first()
    match step:
        case "arrive":
            first = person.intakes.get(pk=person.intakes.order_by("number")[0].pk)
            Intake.objects.create(
                candidate=person, channel="desk", desk=first.desk, residence=first.residence, received_on=day
            )
        case "open" if not open_case:
            make_case(person.intakes.order_by("number")[0].desk, candidate=person, opened_on=day)
        case "close" if open_case:
            Case.objects.filter(pk=open_case.pk).update(
                state="closed", closed_on=DAY + timedelta(days=9), closing="other"
            )
        case "reopen" if closed and not open_case:
            Case.objects.filter(pk=closed.pk).update(state="open", closed_on=None, closing="")
        case "correct":
            Case.objects.filter(candidate=person).update(opened_on=day)
            Intake.objects.filter(candidate=person).order_by().update(received_on=day)
        case "move":
            Case.objects.filter(candidate=people[1]).delete()
            Case.objects.filter(candidate=person).update(candidate=people[1])
        case "delete" if closed:
            closed.delete()


@given(steps)
@settings(max_examples=40)
def test_an_arrival_waits_until_a_case_takes_it_in_charge(done: list[tuple[str, date]]) -> None:
    desk = make_desk()
    people = [make_candidate(desk) for _person in range(2)]
    Intake.objects.update(received_on=DAY)
    for step, day in done:
        act(step, day, people)
    cases = list(Case.objects.values("candidate", "state", "opened_on"))
    assert {intake.pk: intake.is_waiting for intake in Intake.objects.all()} == {
        intake.pk: not any(
            case["candidate"] == intake.candidate_id
            and (case["state"] == "open" or case["opened_on"] >= intake.received_on)
            for case in cases
        )
        for intake in Intake.objects.all()
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["case", "arrival"])
def test_a_case_and_an_arrival_of_the_same_moment_see_each_other(first: str) -> None:
    desk = make_desk()
    person = make_candidate(desk)
    residence = person.residence

    def arrive() -> None:
        with audit.acting(BY, "tests"):
            Intake.objects.create(
                candidate=person, channel="desk", desk=desk, residence=residence, received_on=date(2026, 3, 1)
            )

    def take() -> None:
        with audit.acting(BY, "tests"):
            make_case(desk, candidate=person, opened_on=date(2026, 3, 9))

    held, waiting = (take, arrive) if first == "case" else (arrive, take)
    while_it_waits(held, waiting)
    assert list(Intake.objects.values_list("is_waiting", flat=True)) == [False, False]


def test_waiting_leaves_no_version_behind() -> None:
    desk = make_desk()
    person = make_candidate(desk)
    history = Intake.pgh_event_model.objects  # type: ignore[attr-defined]
    before = history.count()
    make_case(desk, candidate=person)
    assert Intake.objects.get().is_waiting is False
    assert history.count() == before
