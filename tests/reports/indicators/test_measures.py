"""What each measure counts, against registers counted by hand."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from candidates.models import AvailabilityDeclaration, Candidate, Case, DisclosureRequest, ServicePact
from candidates.states import CaseClosing
from matching.models import Placement, Referral, ReferralTransition
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
        "open_cases": 2,
        "closed_cases": 0,
        "first_contacts": 3,
        "followed_3": 3,
        "followed_6": 0,
        "followed_12": 0,
        "referrals": 0,
    }
    assert outcomes_in(counts, "appointments_due") == {"kept": 1, "excused": 1, "no_show": 1}
    assert outcomes_in(counts, "contracts") == {"permanent": 0, "temporary": 3}


def outcomes_in(counts: dict[Cell, int], measure: str) -> dict[str, int]:
    return {cell.member: n for cell, n in counts.items() if cell.measure == measure and cell.dimension == "outcome"}


def test_contracts_without_an_end_are_permanent() -> None:
    register = Register()
    people = register.people(5, Sex.FEMALE)
    register.placements(people[:2], END, code="PERMANENT")
    register.placements(people[2:], END)
    register.placements(people[:1], END, code="INTERNSHIP")
    assert outcomes_in(counts_in(register), "contracts") == {"permanent": 2, "temporary": 3}


def test_the_stock_is_who_is_followed_when_the_last_day_ends() -> None:
    register = Register()
    people = register.people(5, Sex.FEMALE)
    before, after = START - timedelta(days=400), END + timedelta(days=1)
    cases = register.cases(people, before)
    for case, closed_on in zip(cases, [None, START, END, after, before], strict=True):
        if closed_on:
            closing = CaseClosing.PLACED if closed_on == END else CaseClosing.MOVED
            Case.objects.filter(pk=case.pk).update(state="closed", closed_on=closed_on, closing=closing)
    register.cases(register.people(1, Sex.MALE), after)
    counts = counts_in(register)
    assert (counts[Cell("open_cases")], counts[Cell("closed_cases")]) == (2, 2)
    assert outcomes_in(counts, "closed_cases") == {"placed": 1, "other": 1}


def test_an_answer_is_in_time_until_the_last_of_its_days() -> None:
    register = Register()
    people = register.people(6, Sex.FEMALE)
    day = date(2026, 3, 2)
    register.intakes(people, day)
    contact(register, people[0], day)
    contact(register, people[1], day + timedelta(days=15))
    contact(register, people[2], day + timedelta(days=16))
    contact(register, people[3], day - timedelta(days=1))
    appointment(register, people[4], moment(day + timedelta(days=15), 22), "seen")
    appointment(register, people[5], moment(day, 9), "no_show")
    assert outcomes_in(counts_in(register), "first_contacts") == {"in_time": 3, "late": 3}


@pytest.mark.parametrize(
    ("received_on", "counted"),
    [(date(2025, 12, 16), 0), (date(2025, 12, 17), 1), (date(2026, 6, 15), 1), (date(2026, 6, 16), 0)],
)
def test_a_registration_is_judged_in_the_semester_in_which_its_time_runs_out(received_on: date, counted: int) -> None:
    register = Register()
    register.intakes(register.people(1, Sex.FEMALE), received_on)
    assert counts_in(register)[Cell("first_contacts")] == counted


@pytest.mark.parametrize(("months", "days"), [(3, 91), (6, 182), (12, 365)])
def test_a_cohort_is_read_on_the_day_and_until_it(months: int, days: int) -> None:
    register = Register()
    people = register.people(8, Sex.FEMALE)
    day = date(2026, 4, 1)
    registered = day - timedelta(days=days)
    register.intakes(people, registered)
    register.intakes(people[:2], registered + timedelta(days=20))  # again: the first registration counts
    yesterday, tomorrow = day - timedelta(days=1), day + timedelta(days=1)

    def works(person: Candidate, first: date, last: date | None, **options: str) -> None:
        (placement,) = register.placements([person], first, **options)
        Placement.objects.filter(pk=placement.pk).update(ends_on=last)

    works(people[0], registered, None)
    works(people[1], day, day)
    works(people[2], registered, yesterday)
    works(people[2], tomorrow, None)
    works(people[3], registered - timedelta(days=1), None)  # worked already
    works(people[4], tomorrow, None)
    works(people[5], registered, None, code="INTERNSHIP")
    works(people[6], registered, None, state="declared")
    outside = register.people(2, Sex.MALE)
    for person, received_on in zip(outside, (START, END + timedelta(days=1)), strict=True):
        register.intakes([person], received_on - timedelta(days=days + (received_on == START)))
    counts = counts_in(register)
    assert counts[Cell(f"followed_{months}")] == 8
    assert outcomes_in(counts, f"followed_{months}") == {"in_work": 2, "worked": 1, "not_yet": 5}


def test_a_referral_counts_by_the_furthest_step() -> None:
    register = Register()
    firm = register.company()
    vacancies = [register.vacancy(firm, START, 1) for _ in range(6)]
    (anna,) = register.people(1, Sex.FEMALE)
    disclosure = DisclosureRequest.objects.create(candidate=anna, organisation=firm.organisation, regarding="Offerta")
    paths = [
        ["consent_asked"],
        ["consent_asked", "declined"],
        ["sent", "withdrawn"],
        ["sent", "viewed", "refused"],
        ["sent", "interview", "refused"],
        ["sent", "offer", "hired"],
    ]
    for vacancy, path in zip(vacancies, paths, strict=True):
        referral = Referral.objects.create(
            vacancy=vacancy,
            candidate=anna,
            disclosure=disclosure,
            state=path[-1],
            created_at=moment(END),
            refusal_reason="skills" if path[-1] == "refused" else "",
        )
        for before, after in pairwise(["consent_asked", *path]):
            ReferralTransition.objects.create(referral=referral, from_state=before, to_state=after, actor_label="prova")
    found = outcomes_in(counts_in(register), "referrals")
    assert found == {"proposed": 2, "agreed": 2, "interview": 1, "hired": 1}


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
    assert {cell for indicator in INDICATORS for cells in cells_of(indicator) for cell in cells} <= known
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
