"""Contracts that began and the people behind them, against registers counted by hand and a naive reader."""

import calendar
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.models import Candidate
from matching.models import Placement
from reports.indicators import cells_of
from reports.indicators.contracts import EMPLOYMENT, HOURS, OTHER_HOURS
from reports.indicators.counting import counted, employers_of
from reports.indicators.measures import MEASURES
from reports.protect import Cell
from sportello.territory.enums import Sex
from tests.support.reports import Register, counts_in, outcomes_in, places_of, window

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)
BY_KEY = {measure.key: measure for measure in MEASURES}
BY_FIGURE = {indicator.key: indicator for indicator in EMPLOYMENT}


def test_contracts_without_an_end_are_permanent() -> None:
    register = Register()
    people = register.people(5, Sex.FEMALE)
    register.placements(people[:2], END, code="PERMANENT")
    register.placements(people[2:], END)
    register.placements(people[:1], END, code="INTERNSHIP")
    assert outcomes_in(counts_in(register), "contracts") == {"permanent": 2, "temporary": 3}


def lasting(register: Register) -> dict[str, int]:
    """By how long the contracts last."""
    return {key: n for key, n in told_by(register, "step", "outcome").items() if key not in OTHER_HOURS}


def told_by(register: Register, *tables: str) -> dict[str, int]:
    cells = counts_in(register, "contracts")
    return {cell.member: n for cell, n in cells.items() if cell.dimension in tables}


def test_a_contract_lasts_six_months_from_its_first_to_its_last_day() -> None:
    register = Register()
    placements = register.placements(register.people(5, Sex.FEMALE), START)
    ends = [date(2026, 6, 30), date(2026, 6, 29), date(2027, 6, 30), START, None]
    for placement, ends_on in zip(placements, ends, strict=True):
        Placement.objects.filter(pk=placement.pk).update(ends_on=ends_on)
    (last,) = register.placements(register.people(1, Sex.MALE), date(2026, 3, 31))
    Placement.objects.filter(pk=last.pk).update(ends_on=date(2026, 9, 29))  # six months on is 30 September
    register.placements(register.people(2, Sex.MALE), END, code="PERMANENT")
    broken_off, _goes_on = register.placements(register.people(2, Sex.MALE), START, code="APPRENTICESHIP")
    Placement.objects.filter(pk=broken_off.pk).update(ends_on=date(2026, 6, 29))
    assert lasting(register) == {"permanent": 2, "temporary": 8, "long": 4, "short": 4}


hours = st.none() | st.decimals(1, 48, places=1)
contracts = st.lists(st.tuples(st.integers(0, 180), st.none() | st.integers(0, 400), st.booleans(), hours), max_size=6)


@pytest.fixture
def six() -> tuple[Register, list[Candidate]]:
    register = Register()
    return register, register.people(6, Sex.FEMALE)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=contracts)
def test_the_database_tells_how_long_contracts_are_as_a_naive_reader_does(
    six: tuple[Register, list[Candidate]], drawn: list[tuple[int, int | None, bool, Decimal | None]]
) -> None:
    register, people = six
    expected = dict.fromkeys(("permanent", "temporary", "long", "short", *HOURS, *OTHER_HOURS), 0)
    with transaction.atomic():
        for person, (offset, length, is_permanent, weekly) in zip(people, drawn, strict=False):
            begins = START + timedelta(days=offset)
            ends = None if length is None or is_permanent else begins + timedelta(days=length)
            (placement,) = register.placements([person], begins, code="PERMANENT" if is_permanent else "FIXED_TERM")
            Placement.objects.filter(pk=placement.pk).update(ends_on=ends, weekly_hours=weekly)
            year, month = divmod(begins.month + 5, 12)
            last = calendar.monthrange(begins.year + year, month + 1)[1]
            after = date(begins.year + year, month + 1, min(begins.day, last))
            step = "long" if ends and ends + timedelta(days=1) >= after else "short"
            week = ["other", "unknown"] if weekly is None else ["thirty"] if weekly >= 30 else ["other", "fewer"]
            for outcome in [*week, "permanent"] if is_permanent else [*week, "temporary", step]:
                expected[outcome] += 1
        found = told_by(register, "step", "outcome", "hours")
        transaction.set_rollback(True)
    assert found == expected


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
    (again,) = register.placements(people[:1], END)  # of the people the employer has no more
    Placement.objects.filter(pk=again.pk).update(company=firm)
    number = [employers_of(BY_KEY[key], window(), places_of(register)) for key in ("contracts", "people_placed")]
    assert [found[register.place.istat_code][str(firm.pk)] for found in number] == [3, 2]
    assert employers_of(MEASURES[0], window(), places_of(register)) == {}


def test_the_shares_of_the_hours_make_up_all_contracts() -> None:
    shares = [BY_FIGURE[f"contracts_{hours}_rate"] for hours in ("thirty", *OTHER_HOURS)]
    hours = [Cell("contracts", "hours", "thirty"), *(Cell("contracts", "step", hours) for hours in OTHER_HOURS)]
    assert [cells_of(share)[0] for share in shares] == [(cell,) for cell in hours]
    assert {cells_of(share)[1] for share in shares} == {(Cell("contracts"),)}


def test_who_began_several_jobs_is_one_person_in_each_place_and_in_all() -> None:
    here, there = Register(), Register()
    anna, berta = here.people(2, Sex.FEMALE)
    (dario,) = here.people(1, Sex.MALE)
    here.placements([anna, berta, dario], START)
    here.placements([anna], END)
    there.placements([anna], END)
    here.placements([dario], END, code="INTERNSHIP")
    here.placements([dario], END + timedelta(days=1))
    places = places_of(here, there)
    found = counted(BY_KEY["people_placed"], window(), places)
    assert [cells[Cell("people_placed")] for cells in found.values()] == [3, 3, 1]
    assert [cells[Cell("people_placed", "sex", "F")] for cells in found.values()] == [2, 2, 1]
