"""What each measure counts, against registers counted by hand."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from candidates.models import AvailabilityDeclaration, Case, ServiceDelivered, ServicePact
from candidates.states import CaseClosing
from employers.models import CompanyVisit, VacancyTransition
from matching.models import Placement, ReferralTransition
from reports.indicators import FROZEN, cells_of
from reports.indicators.counting import counted, dimensions_of, members_of
from reports.indicators.measures import MEASURES
from reports.protect import Cell
from sportello.reference.models import ServiceCatalogueItem
from sportello.territory.enums import Sex
from tests.support.employers import make_target
from tests.support.personas import make_operator, make_user
from tests.support.queries import queries_of
from tests.support.reports import (
    Register,
    appointment,
    contact,
    counts_in,
    lasted_in,
    moment,
    outcomes_in,
    places_of,
    refer,
    window,
)

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)
BY_KEY = {measure.key: measure for measure in MEASURES}


def test_a_register_counted_by_hand() -> None:
    register = Register()
    anna, berta, carla = register.people(3, Sex.FEMALE)
    dario, elio = register.people(2, Sex.MALE)
    register.intakes([anna, dario], START)
    register.intakes([anna], END)  # twice registered, one person
    register.intakes([dario], START - timedelta(days=400))  # and back
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
    whole_week, _unsaid = register.placements([anna, dario], date(2026, 6, 1))
    (short_week,) = register.placements([anna], date(2026, 6, 2))
    Placement.objects.filter(pk=whole_week.pk).update(weekly_hours=30)
    Placement.objects.filter(pk=short_week.pk).update(weekly_hours="29.5")
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
        "conversations": 1,
        "cases_opened": 2,
        "declarations": 1,
        "service_pacts": 1,
        "contracts": 3,
        "people_placed": 2,
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
        "searches": 3,
        "people_referred": 0,
        "served_people": 0,
        "services": 0,
        "wanted": 0,
        "open_posts": 11,
        "followed_6_by_sex": 0,
        "followed_6_by_age": 0,
        "matched_by_sex": 0,
        "matched_by_age": 0,
        "skill_posts": 0,
        "skilled": 0,
        "course_editions": 0,
        "course_seats": 0,
        "vacancies_ended": 0,
        "answers_due": 0,
    }
    assert outcomes_in(counts, "appointments_due") == {"kept": 1, "excused": 1, "no_show": 1}
    assert outcomes_in(counts, "contracts") == {"permanent": 0, "temporary": 3}
    assert outcomes_in(counts, "contracts", "hours") == {"thirty": 1, "other": 2}
    assert outcomes_in(counts, "contracts", "step") == {"long": 0, "short": 3, "fewer": 1, "unknown": 1}
    assert outcomes_in(counts, "people_placed", "sex") == {"F": 1, "M": 1}
    assert outcomes_in(counts, "registrations", "arrival") == {"again": 1, "first": 1}
    assert outcomes_in(counts, "conversations") == {"in_person": 0, "afar": 1}
    assert outcomes_in(counts, "conversations", "step") == {"phone": 1, "video": 0, "email": 0}
    assert outcomes_in(counts, "open_cases", "since") == {"long": 0, "recent": 2}


def test_one_that_was_met_before_it_registered_is_one_company() -> None:
    register = Register()
    firm = register.company()
    owner = make_operator(register.desk)
    linked, alone = make_target(owner, register.desk, company=firm), make_target(owner, register.desk)
    register.visit(firm, END)
    for card in (linked, alone, alone):
        CompanyVisit.objects.create(
            target=card, visited_on=START, kind="desk", desk=register.desk, municipality=register.place
        )
    counts = counts_in(register)
    assert {n for cell, n in counts.items() if cell.measure == "companies_met" and not cell.dimension} == {2}


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
    assert outcomes_in(counts, "open_cases", "since") == {"long": 2, "recent": 0}
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


def test_the_stock_is_told_by_the_area_that_was_decided() -> None:
    register = Register()
    cases = register.cases(register.people(4, Sex.FEMALE), START)
    for case, area in zip(cases, ("disabled", "disabled", "youth", ""), strict=True):
        Case.objects.filter(pk=case.pk).update(target_area=area)
    found = outcomes_in(counts_in(register), "open_cases")
    assert found == {"economic": 0, "disabled": 2, "over_45": 0, "youth": 1, "none": 1}


def test_an_answer_takes_the_days_until_the_desk_spoke_with_the_person() -> None:
    register = Register()
    people = register.people(6, Sex.FEMALE)
    day = date(2026, 3, 2)
    register.intakes(people, day)
    contact(register, people[0], day)
    contact(register, people[1], day + timedelta(days=40))
    appointment(register, people[1], moment(day + timedelta(days=20), 23), "seen")
    contact(register, people[2], day - timedelta(days=1))
    appointment(register, people[3], moment(day, 9), "no_show")
    contact(register, people[4], END + timedelta(days=1))
    contact(register, people[5], END)
    still = (END - day).days
    assert lasted_in(register, "first_contacts") == {(0, True): 1, (20, True): 1, (still, False): 3, (still, True): 1}


def test_a_service_counts_each_time_and_each_person_once_for_each_kind() -> None:
    register, other = Register(), Register()
    people = register.people(2, Sex.FEMALE)
    first, second = register.cases(people, START)
    for case, code, day in (
        (first, "PROFILING", START),
        (first, "PROFILING", END),
        (first, "RECEPTION", END),
        (second, "PROFILING", END),
        (second, "PROFILING", END + timedelta(days=1)),
    ):
        deliver(case, code, day, register)
    deliver(second, "RECEPTION", END, other)  # she had moved
    counts = counts_in(register, "services", "served_people")
    assert {(c.measure, c.member): n for c, n in counts.items() if c.dimension} == {
        ("services", "PROFILING"): 3,
        ("services", "RECEPTION"): 1,
        ("served_people", "PROFILING"): 2,
        ("served_people", "RECEPTION"): 1,
    }


def deliver(case: Case, code: str, day: date, register: Register) -> None:
    service, _ = ServiceCatalogueItem.objects.get_or_create(
        code=code, defaults={"audience": "person", "label": code, "position": len(code)}
    )
    ServiceDelivered.objects.create(case=case, residence=register.place, service=service, delivered_on=day, minutes=30)


def test_a_vacancy_is_filled_by_an_offer_a_start_or_the_word_of_the_company() -> None:
    register = Register()
    firm = register.company()
    out = date(2026, 3, 2)
    vacancies = [register.vacancy(firm, out, 1) for _ in range(7)]
    register.vacancy(firm, START - timedelta(days=1), 1)
    (anna,) = register.people(1, Sex.FEMALE)
    offered = refer(anna, vacancies[0], ["sent", "offer", "hired"])
    for number, move in enumerate(offered.transitions.order_by("at")):
        ReferralTransition.objects.filter(pk=move.pk).update(at=moment(out + timedelta(days=10 + number)))
    (start,) = register.placements([anna], out + timedelta(days=30))
    (rumour,) = register.placements([anna], out + timedelta(days=30), state="declared")
    for placement, vacancy in ((start, vacancies[1]), (rumour, vacancies[2])):
        placement.vacancy = vacancy
        placement.save()
    moved = [("filled", 5), ("expired", 7), ("filled", 9), ("withdrawn", 50), ("filled", 400)]
    for vacancy, (state, days) in zip([*vacancies[3:6], vacancies[1], vacancies[6]], moved, strict=True):
        VacancyTransition.objects.create(
            vacancy=vacancy,
            from_state="published",
            to_state=state,
            withdrawal_reason="other" if state == "withdrawn" else "",
            actor_label="prova",
            at=moment(out + timedelta(days=days), 23),
        )
    VacancyTransition.objects.filter(vacancy=vacancies[5]).update(vacancy=vacancies[4])  # ran out, then filled
    still = (END - out).days
    assert lasted_in(register, "vacancies") == {
        (11, True): 1,
        (30, True): 1,
        (5, True): 1,
        (7, False): 1,
        (still, False): 3,
    }


@pytest.mark.parametrize(
    ("received_on", "counted"),
    [(date(2025, 12, 16), 0), (date(2025, 12, 17), 1), (date(2026, 6, 15), 1), (date(2026, 6, 16), 0)],
)
def test_a_registration_is_judged_in_the_semester_in_which_its_time_runs_out(received_on: date, counted: int) -> None:
    register = Register()
    register.intakes(register.people(1, Sex.FEMALE), received_on)
    assert counts_in(register)[Cell("first_contacts")] == counted


def test_somebody_is_long_in_charge_after_more_than_365_days() -> None:
    register = Register()
    register.cases(register.people(2, Sex.FEMALE), END - timedelta(days=365))
    register.cases(register.people(1, Sex.MALE), END - timedelta(days=366))
    assert outcomes_in(counts_in(register), "open_cases", "since") == {"long": 1, "recent": 2}


@pytest.mark.parametrize(("before", "is_back"), [(START - timedelta(days=1), 1), (START, 0)])
def test_somebody_comes_back_who_had_registered_before_the_semester(before: date, is_back: int) -> None:
    register, elsewhere = Register(), Register()
    people = register.people(2, Sex.FEMALE)
    register.intakes(people, date(2026, 3, 2))
    elsewhere.intakes(people[:1], before)
    found = outcomes_in(counts_in(register), "registrations", "arrival")
    assert found == {"again": is_back, "first": 2 - is_back}


def test_a_measure_is_told_with_earlier_ones() -> None:
    """What one needs of others is protected before it."""
    for number, measure in enumerate(MEASURES):
        earlier = {each.key for each in MEASURES[: number + 1]}
        needed = {measure.only_with, measure.part_of, *(key for whole in measure.leaves.values() for key in whole)}
        assert needed - {""} <= earlier


def test_each_measure_asks_one_query() -> None:
    places = places_of(Register(), Register())
    for measure in MEASURES:
        with queries_of() as asked:
            counted(measure, window(), places)
        assert len(asked) == 1


def test_every_figure_is_made_of_cells_that_are_counted() -> None:
    known = {Cell(key) for key in ("residents", "mismatch", "mismatch_base", "turnover", "turnover_base")}
    for measure in MEASURES:
        dimensions = dimensions_of(measure)
        known |= {Cell(measure.key)} | {Cell(measure.key, d, m) for d in dimensions for m in members_of(measure, d)}
        known |= {Cell(measure.key, "step", step) for steps in measure.refined.values() for step in steps}
        if lasts := measure.duration:
            known |= {Cell(measure.key, "quantile", str(percent)) for percent in lasts.quantiles}
            known |= {Cell(measure.key, "months", months) for months in lasts.marks}
    assert {cell for indicator in FROZEN for cells in cells_of(indicator) for cell in cells} <= known
    assert len({i.key for i in FROZEN}) == len(FROZEN)
