"""A month of a desk: each thing once, in its month, at the desk where it happened."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from candidates.models import CaseAssignment, ServiceDelivered
from sportello.reference.models import ServiceCatalogueItem
from sportello.reference.rules import MissingParameterError
from sportello.territory.enums import Sex
from sportello.workspaces.queries.month import DeskMonth, Followed, Month, desk_month, own_desks
from tests.support.personas import make_operator, make_user, scope
from tests.support.queries import queries_of
from tests.support.reports import Register, appointment, contact, make_rules, moment, refer
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
JUNE = Month(date(2026, 6, 1))


@pytest.fixture(autouse=True)
def _in_august() -> Iterator[None]:
    with time_machine.travel("2026-08-03 10:00+02:00", tick=True):
        yield


def counted(register: Register, month: Month = JUNE) -> DeskMonth:
    make_rules()
    return desk_month(register.desk, month)


def told(page: DeskMonth) -> dict[str, tuple[int, ...]]:
    """What is not zero in every month."""
    return {key: numbers for key, numbers in page.numbers.items() if any(numbers)}


def test_a_month_has_its_days_its_neighbours_and_a_text() -> None:
    assert (str(JUNE), JUNE.last_day, JUNE.end, JUNE.is_running) == (
        "2026-06",
        date(2026, 6, 30),
        date(2026, 6, 30),
        False,
    )
    assert [str(month) for month in (JUNE.before, JUNE.after, JUNE.year_earlier)] == ["2026-05", "2026-07", "2025-06"]
    december = Month.parse("2025-12")
    assert (str(december.after), str(december.after.before)) == ("2026-01", "2025-12")
    running = Month.parse("2026-08")
    assert (running.end, running.is_running, Month.last_whole()) == (date(2026, 8, 3), True, running.before)


@pytest.mark.parametrize("text", ["2026-09", "1999-12", "2026", "x", "2026-13", "2026-06-01"])
def test_a_month_that_is_none_or_to_come_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Month.parse(text)


def test_arrivals_and_first_contacts_count_in_their_month() -> None:
    register = Register()
    late, quick, *others = register.people(6, Sex.FEMALE)
    register.intakes([late, quick], date(2026, 6, 2))
    register.intakes(others[:1], date(2026, 5, 31))  # its term of fifteen days ends in June
    register.intakes(others[1:], date(2025, 6, 30))
    contact(register, quick, date(2026, 6, 17))
    contact(register, late, date(2026, 6, 18))
    appointment(register, others[0], moment(date(2026, 6, 15)), "seen")
    assert told(counted(register)) == {
        "registrations": (2, 1, 3),
        "first_contacts": (3, 0, 0),
        "first_contacts.in_time": (2, 0, 0),
        "appointments_due": (1, 0, 0),
        "appointments_due.kept": (1, 0, 0),
    }


def test_appointments_count_by_how_they_went() -> None:
    register = Register()
    people = register.people(6, Sex.MALE)
    for person, day, state in zip(
        people,
        (date(2026, 6, 1), date(2026, 6, 30), date(2026, 5, 4), date(2026, 6, 3), date(2026, 6, 4), date(2026, 6, 5)),
        ("seen", "no_show", "excused", "booked", "canceled", "revoked"),
        strict=True,
    ):
        appointment(register, person, moment(day), state)
    appointment(register, people[0], moment(date(2026, 8, 4)), "booked")  # to come
    assert told(counted(register)) == {
        "appointments_due": (2, 1, 0),
        "appointments_due.kept": (1, 0, 0),
        "appointments_due.excused": (0, 1, 0),
        "appointments_due.no_show": (1, 0, 0),
        "appointments_unwritten": (1, 0, 0),
    }
    assert told(counted(register, Month.parse("2026-08"))) == {}


def test_cases_are_opened_closed_and_followed_by_somebody() -> None:
    register = Register()
    one, two, three = register.cases(register.people(3, Sex.FEMALE), date(2026, 5, 10))
    (new,) = register.cases(register.people(1, Sex.FEMALE), date(2026, 6, 30))
    for case, closing in ((one, "placed"), (two, "gave_up")):
        case.state, case.closed_on, case.closing = "closed", date(2026, 6, 15), closing
        case.save()
    anna, bruno = make_user(first_name="Anna", last_name="Alba"), make_user(first_name="Bruno", last_name="Bosco")
    for case, operator, ends_on in (
        (one, bruno, None),
        (three, bruno, date(2026, 6, 20)),
        (three, anna, None),
        (two, bruno, None),
    ):
        starts_on = date(2026, 6, 20) if operator == anna else case.opened_on
        CaseAssignment.objects.create(case=case, operator=operator, starts_on=starts_on, ends_on=ends_on)
    page = counted(register)
    assert told(page) == {
        "cases_opened": (1, 3, 0),
        "closed_cases": (2, 0, 0),
        "closed_cases.placed": (1, 0, 0),
        "open_cases": (2, 3, 0),
    }
    assert page.followed == (
        Followed("Anna Alba", (1, 0, 0)),
        Followed("Bruno Bosco", (0, 3, 0)),
        Followed("", (1, 0, 0)),
    )
    assert new.responsible_operator is None


def test_services_pacts_and_jobs_count() -> None:
    register = Register()
    people = register.people(3, Sex.FEMALE)
    cases = register.cases(people, date(2026, 5, 10))
    kind = ServiceCatalogueItem.objects.create(code="PROVA", label="Prova", audience="person", position=9000)
    for case, minutes in zip(cases, (30, 45, 60), strict=True):
        ServiceDelivered.objects.create(
            case=case, residence=register.place, service=kind, delivered_on=date(2026, 6, 9), minutes=minutes
        )
    register.placements(people[:2], date(2026, 6, 1))
    register.placements(people[2:], date(2026, 6, 1), state="declared")
    register.placements(people[2:], date(2026, 5, 31), code="INTERNSHIP")
    found = told(counted(register))
    assert {key: numbers for key, numbers in found.items() if "case" not in key} == {
        "services": (3, 0, 0),
        "service_minutes": (135, 0, 0),
        "contracts": (2, 0, 0),
        "internships": (0, 1, 0),
    }


def test_steps_of_referrals_count_for_the_desk_that_had_the_person_in_charge() -> None:
    register, other = Register(), Register()
    vacancy = register.vacancy(register.company(), date(2026, 6, 1), posts=2)
    (here,) = register.cases(register.people(1, Sex.FEMALE), date(2026, 5, 10))
    (there,) = other.cases(other.people(1, Sex.FEMALE), date(2026, 5, 10))
    (later,) = register.cases(register.people(1, Sex.FEMALE), date(2026, 7, 1))
    for case in (here, there, later):
        refer(case.candidate, vacancy, ["sent", "viewed", "interview"])
    found = told(counted(register))
    assert {key: numbers for key, numbers in found.items() if key.startswith("referrals")} == {
        "referrals.sent": (1, 0, 0),
        "referrals.viewed": (1, 0, 0),
        "referrals.interview": (1, 0, 0),
    }


def test_what_happened_at_another_desk_does_not_count() -> None:
    register, other = Register(), Register()
    people = other.people(2, Sex.MALE)
    other.intakes(people, date(2026, 6, 2))
    other.cases(people, date(2026, 6, 3))
    other.placements(people, date(2026, 6, 4))
    page = counted(register)
    assert (told(page), page.followed) == ({}, ())


@pytest.mark.parametrize("items", [1, 3])
def test_the_cost_does_not_depend_on_the_number(items: int) -> None:
    make_rules()
    register = Register()
    people = register.people(items, Sex.MALE)
    for case in register.cases(people, date(2026, 5, 1)):
        CaseAssignment.objects.create(case=case, operator=make_user(), starts_on=date(2026, 5, 1) + timedelta(days=1))
    with queries_of() as asked:
        page = desk_month(register.desk, JUNE)
    assert (len(asked), len(page.followed)) == (5, items)


def test_without_the_rule_there_is_no_page() -> None:
    with pytest.raises(MissingParameterError):
        desk_month(make_desk(), JUNE)


def test_the_desks_of_who_asks() -> None:
    desk = make_desk()
    make_desk()
    assert own_desks(scope(make_operator(desk))) == [desk]
