"""What each measure counts, against registers counted by hand."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from candidates.models import AvailabilityDeclaration, ServicePact
from reports.indicators import INDICATORS, cells_of
from reports.indicators.counting import counted, dimensions_of, employers_of, members_of
from reports.indicators.measures import MEASURES
from reports.protect import Cell
from sportello.territory.enums import Sex
from tests.support.personas import make_user
from tests.support.queries import queries_of
from tests.support.reports import Register, appointment, contact, counts_in, moment, places_of, window

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)


def test_a_register_counted_by_hand() -> None:
    register = Register()
    anna, berta, carla = register.people(3, Sex.FEMALE)
    dario, elio = register.people(2, Sex.MALE)
    register.intakes([anna, dario], START)
    register.intakes([anna], END)  # twice registered, one person
    register.intakes([elio], START - timedelta(days=1))  # the semester before
    cases = register.cases([anna, berta], date(2026, 3, 1))
    contact(register, carla, date(2026, 4, 1))
    appointment(register, elio, moment(END), "seen")
    appointment(register, dario, moment(date(2026, 5, 5)), "no_show")
    appointment(register, anna, moment(date(2026, 5, 6)), "excused")
    appointment(register, berta, moment(date(2026, 5, 7)), "revoked")
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
    counts = counts_in(register)
    assert {cell.measure: n for cell, n in counts.items() if not cell.dimension} == {
        "users": 5,
        "registrations": 2,
        "cases_opened": 2,
        "declarations": 1,
        "service_pacts": 1,
        "contracts": 3,
        "internships": 1,
        "appointments_due": 3,
        "companies_met": 1,
        "vacancies": 2,
        "posts": 7,
    }
    outcomes = {cell.member: n for cell, n in counts.items() if cell.dimension == "outcome"}
    assert outcomes == {"kept": 1, "missed": 2}


def test_an_evening_of_the_last_day_still_counts_and_the_midnight_after_does_not() -> None:
    register = Register()
    (anna,) = register.people(1, Sex.FEMALE)
    for starts in (moment(END, 23), moment(END + timedelta(days=1), 0)):
        appointment(register, anna, starts, "seen")
    assert counts_in(register)[Cell("appointments_due")] == 1


def test_each_measure_asks_one_query() -> None:
    places = places_of(Register(), Register())
    for measure in MEASURES:
        with queries_of() as asked:
            counted(measure, window(), places)
        assert len(asked) == 1


def test_every_figure_is_made_of_cells_that_are_counted() -> None:
    known = {Cell("residents")}
    for measure in MEASURES:
        dimensions = dimensions_of(measure)
        known |= {Cell(measure.key)} | {Cell(measure.key, d, m) for d in dimensions for m in members_of(measure, d)}
    assert {cell for indicator in INDICATORS for cell in cells_of(indicator) if cell} <= known
    assert len({i.key for i in INDICATORS}) == len(INDICATORS)


def test_an_employer_without_a_file_goes_by_its_name() -> None:
    register = Register()
    people = register.people(3, Sex.FEMALE)
    placements = register.placements(people, START)
    firm = register.company()
    for placement in placements[:2]:
        placement.company = firm
        placement.save()
    (contracts,) = (measure for measure in MEASURES if measure.key == "contracts")
    found = employers_of(contracts, window(), places_of(register))
    assert found == {register.place.istat_code: {str(firm.pk): 2, placements[2].employer_name: 1}}
    assert employers_of(MEASURES[0], window(), places_of(register)) == {}
