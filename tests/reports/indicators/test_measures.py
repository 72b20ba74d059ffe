"""The set-based counts against a hand-computed register and against a naive count in Python."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.enums import ContactChannel
from candidates.models import Appointment, AvailabilityDeclaration, Candidate, Contact, Intake, ServicePact
from candidates.rules import age_on
from reports.indicators import INDICATORS
from reports.indicators.measures import MEASURES, Window, measured
from reports.protect import Cell
from sportello.territory.enums import AgeBand, Sex
from tests.support.personas import make_user
from tests.support.queries import queries_of
from tests.support.reports import Register, moment

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)


def window(*registers: Register) -> Window:
    return Window(frozenset(r.place.pk for r in registers), START, END)


def totals(*registers: Register) -> dict[str, int]:
    return {cell.measure: n for cell, n in measured(window(*registers), MEASURES).items() if not cell.dimension}


def appointment(register: Register, person: Candidate, day: date, state: str) -> Appointment:
    starts = moment(day)
    return Appointment.objects.create(
        candidate=person,
        desk=register.desk,
        residence=register.place,
        operator=make_user(),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        state=state,
        reason="Incontro",
    )


def contact(register: Register, person: Candidate, day: date) -> Contact:
    return Contact.objects.create(
        candidate=person,
        desk=register.desk,
        residence=register.place,
        channel=ContactChannel.PHONE,
        happened_on=day,
        reason="Prova",
    )


def test_a_register_counted_by_hand() -> None:
    register = Register()
    anna, berta, carla = register.people(3, Sex.FEMALE)
    dario, elio = register.people(2, Sex.MALE)
    register.intakes([anna, dario], START)
    register.intakes([anna], END)  # twice registered, one person
    register.intakes([elio], START - timedelta(days=1))  # the semester before
    cases = register.cases([anna, berta], date(2026, 3, 1))
    contact(register, carla, date(2026, 4, 1))
    appointment(register, elio, END, "seen")
    appointment(register, dario, date(2026, 5, 5), "no_show")
    appointment(register, anna, date(2026, 5, 6), "excused")
    appointment(register, berta, date(2026, 5, 7), "revoked")
    for kind in ("insert", "validate"):
        AvailabilityDeclaration.objects.create(
            candidate=anna,
            kind=kind,
            provenance="regional",
            declared_on=END,
            desk=register.desk,
            residence=register.place,
        )
    for version, state in ((1, "superseded"), (2, "signed")):
        ServicePact.objects.create(
            contact_every_days=30,
            case=cases[0],
            kind="psp",
            version=version,
            state=state,
            responsible=make_user(),
            employability_profile="x",
            search_acts="x",
            proof_of_search="x",
            signed_on=END,
            person_signed_at=timezone.now(),
            operator_signed_at=timezone.now(),
            snapshot={},
        )
    register.placements([anna, dario], date(2026, 6, 1))
    register.placements([anna], date(2026, 6, 2))
    register.placements([berta], date(2026, 6, 2), state="declared")
    register.placements([carla], date(2026, 6, 2), code="INTERNSHIP")
    register.placements([carla], date(2026, 6, 3), code="CIVIL_SERVICE")
    firm, other = register.company(), register.company()
    register.visit(firm, START)
    register.visit(firm, END)
    register.vacancy(firm, END, 3)
    register.vacancy(other, START, 4)
    register.vacancy(other, None, 50)
    assert totals(register) == {
        "users": 5,
        "registrations": 2,
        "cases_opened": 2,
        "declarations": 1,
        "service_pacts": 1,
        "contracts": 3,
        "internships": 1,
        "appointments_kept": 1,
        "appointments_missed": 2,
        "companies_met": 1,
        "vacancies": 2,
        "posts": 7,
    }


def test_a_person_of_two_municipalities_counts_once_in_all_and_once_in_each() -> None:
    here, there = Register(), Register()
    (anna,) = here.people(1, Sex.FEMALE)
    here.intakes([anna], START)
    there.intakes([anna], END)
    counts = measured(window(here, there), MEASURES)
    assert counts[Cell("users")] == 1
    assert counts[Cell("users", "sex", "F")] == 1
    assert counts[Cell("users", "municipality", here.place.istat_code)] == 1
    assert counts[Cell("users", "municipality", there.place.istat_code)] == 1


def test_an_evening_of_the_last_day_still_counts_and_the_midnight_after_does_not() -> None:
    register = Register()
    (anna,) = register.people(1, Sex.FEMALE)
    for starts in (moment(END, 23), moment(END + timedelta(days=1), 0)):
        Appointment.objects.create(
            candidate=anna,
            desk=register.desk,
            residence=register.place,
            operator=make_user(),
            starts_at=starts,
            ends_at=starts + timedelta(minutes=30),
            state="seen",
            reason="Incontro",
        )
    assert totals(register)["appointments_kept"] == 1


def test_a_birthday_between_two_registrations_leaves_the_person_in_one_band() -> None:
    register = Register()
    (anna,) = register.people(1, Sex.FEMALE, born=date(2001, 3, 1))
    register.intakes([anna], date(2026, 2, 1))
    register.intakes([anna], date(2026, 4, 1))
    counts = measured(window(register), MEASURES)
    assert {cell.member for cell, n in counts.items() if cell.dimension == "age" and n} == {"15-24"}


def test_the_number_of_queries_does_not_grow_with_the_municipalities() -> None:
    one, others = Register(), [Register() for _ in range(4)]
    with queries_of() as few:
        measured(window(one), MEASURES)
    with queries_of() as many:
        measured(window(one, *others), MEASURES)
    assert (len(few), len(many)) == (len(MEASURES) + 1, len(MEASURES) + 1)


def test_every_figure_is_made_of_known_measures() -> None:
    known = {measure.key for measure in MEASURES} | {"appointments_due", "residents", ""}
    assert {i.numerator for i in INDICATORS} | {i.denominator for i in INDICATORS} <= known
    assert len({i.key for i in INDICATORS}) == len(INDICATORS)


# (person, municipality, days from the start of the year): what a month of confused registers looks like.
Event = tuple[int, int, int]
events = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(-40, 220)), max_size=12)


@pytest.fixture
def three() -> tuple[list[Register], list[Candidate]]:
    registers = [Register() for _ in range(3)]
    people = [
        registers[0].people(1, sex, born=born)[0]
        for sex, born in zip(
            [Sex.FEMALE, Sex.MALE] * 3,
            [
                date(1950, 1, 1),
                date(1962, 4, 9),
                date(1975, 6, 6),
                date(1991, 2, 2),
                date(2001, 3, 3),
                date(2012, 5, 5),
            ],
            strict=True,
        )
    ]
    return registers, people


def naive(kept: list[tuple[Candidate, Register, date]], registers: list[Register], key: str) -> dict[Cell, int]:
    """Distinct people, counted with sets."""
    found = {Cell(key): len({person.pk for person, _, _ in kept})}
    for sex in Sex:
        found[Cell(key, "sex", sex)] = len({person.pk for person, _, _ in kept if person.sex == sex})
    for register in registers:
        found[Cell(key, "municipality", register.place.istat_code)] = len({p.pk for p, r, _ in kept if r is register})
    if key == "registrations":
        first: dict[Any, tuple[Candidate, date]] = {}
        for person, _, day in sorted(kept, key=lambda event: event[2]):
            first.setdefault(person.pk, (person, day))
        ages = [age_on(person.birth_date, day) for person, day in first.values()]
        for band in AgeBand:
            low, _, high = band.rstrip("+").partition("-")
            found[Cell(key, "age", band)] = sum(int(low) <= age <= int(high or 200) for age in ages)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(intakes=events, contacts=events)
def test_the_database_counts_as_a_naive_reader_does(
    three: tuple[list[Register], list[Candidate]], intakes: list[Event], contacts: list[Event]
) -> None:
    registers, people = three
    chosen = registers[:2]

    def happened(events: list[Event], write: Callable[[Register, Candidate, date], object]) -> Any:
        kept = []
        for person, place, offset in events:
            day = START + timedelta(days=offset)
            write(registers[place], people[person], day)
            if registers[place] in chosen and START <= day <= END:
                kept.append((people[person], registers[place], day))
        return kept

    with transaction.atomic():
        registered = happened(intakes, lambda register, person, day: register.intakes([person], day))
        spoken = happened(contacts, contact)
        counts = measured(window(*chosen), MEASURES)
        transaction.set_rollback(True)
    expected = naive(registered, chosen, "registrations") | naive(registered + spoken, chosen, "users")
    assert {cell: n for cell, n in counts.items() if cell.measure in ("registrations", "users")} == expected
    assert Intake.objects.count() == 0
