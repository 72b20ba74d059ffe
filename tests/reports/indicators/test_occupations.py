"""What jobs people look for and companies offer, month after month."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.models import Candidate, Case, DesiredOccupation
from employers.models import VacancyTransition
from reports.indicators.events import Window
from reports.indicators.occupations import month_ends
from reports.protect import Cell
from sportello.reference.models import Occupation, TaxonomyVersion
from sportello.territory.enums import Sex
from tests.support.reports import Register, counts_in, moment, window

pytestmark = pytest.mark.django_db

ENDS = [date(2026, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30))]


def occupation(isco08: str) -> Occupation:
    version, _ = TaxonomyVersion.objects.get_or_create(source="curated", version="test")
    return Occupation.objects.get_or_create(
        code=isco08, defaults={"uri": isco08, "isco08": isco08, "label": isco08, "version": version}
    )[0]


def wish(person: Candidate, *groups: str) -> None:
    for group in groups:
        DesiredOccupation.objects.create(candidate=person, occupation=occupation(group))


def numbers(register: Register, key: str) -> dict[str, int]:
    cells = counts_in(register, key)
    return {cell.member: n for cell, n in cells.items() if cell.dimension == "occupation"}


def test_the_months_of_a_semester_end_six_times_and_a_begun_one_on_its_last_day() -> None:
    assert month_ends(window()) == ENDS
    assert month_ends(Window(date(2026, 1, 1), date(2026, 1, 9), 15, 7)) == [date(2026, 1, 9)]
    assert month_ends(Window(date(2024, 11, 1), date(2026, 6, 30), 15, 7)) == ENDS


def test_a_person_counts_in_each_group_once_a_month_while_the_case_is_open() -> None:
    register = Register()
    anna, berta, carla = register.people(3, Sex.FEMALE)
    wish(anna, "5131", "5120", "9112")  # two jobs of one group
    wish(berta, "9112")
    wish(carla, "9112")  # nobody follows her
    register.cases([anna], date(2026, 2, 28))
    (case,) = register.cases([berta], date(2025, 1, 1))
    Case.objects.filter(pk=case.pk).update(state="closed", closing="other", closed_on=date(2026, 3, 31))
    assert numbers(register, "wanted") == {"51": 5, "91": 5 + 2}
    assert counts_in(register, "wanted")[Cell("wanted")] == 12


def test_a_case_that_no_end_of_a_month_saw_names_no_group() -> None:
    register = Register()
    (anna,) = register.people(1, Sex.FEMALE)
    wish(anna, "5131")
    (case,) = register.cases([anna], date(2026, 3, 2))
    Case.objects.filter(pk=case.pk).update(state="closed", closing="other", closed_on=date(2026, 3, 30))
    assert counts_in(register, "wanted") == {Cell("wanted"): 0}


def test_posts_count_on_each_last_day_on_which_the_vacancy_could_be_answered() -> None:
    register = Register()
    firm = register.company()
    first = register.vacancy(firm, date(2026, 1, 31), 3)  # for 60 days: until 1 April
    filled = register.vacancy(firm, date(2026, 2, 1), 5)
    register.vacancy(firm, None, 50)
    for state, day in (("filled", date(2026, 2, 10)), ("published", date(2026, 3, 10))):
        VacancyTransition.objects.create(
            vacancy=filled, from_state="published", to_state=state, actor_label="prova", at=moment(day)
        )
    assert numbers(register, "open_posts") == {"99": 3 * 3 + 5}
    assert first.expires_on == date(2026, 4, 1)


cases = st.lists(st.tuples(st.integers(0, 3), st.integers(-60, 200), st.none() | st.integers(0, 90)), max_size=4)
wishes = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["5131", "5120", "9112", "2310"])), max_size=8)


@pytest.fixture
def four() -> tuple[Register, list[Candidate]]:
    register = Register()
    return register, register.people(4, Sex.FEMALE)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opened=cases, wanted=wishes)
def test_the_database_counts_wishes_as_a_naive_reader_does(
    four: tuple[Register, list[Candidate]], opened: list[Any], wanted: list[tuple[int, str]]
) -> None:
    register, people = four
    start = date(2026, 1, 1).toordinal()
    periods = {who: (begin, begin + length if length is not None else None) for who, begin, length in opened}
    with transaction.atomic():
        for who, (begin, end) in periods.items():
            (case,) = register.cases([people[who]], date.fromordinal(start + begin))
            if end is not None:
                Case.objects.filter(pk=case.pk).update(
                    state="closed", closing="other", closed_on=date.fromordinal(start + end)
                )
        for who, group in set(wanted):
            wish(people[who], group)
        found = numbers(register, "wanted")
        transaction.set_rollback(True)
    expected: dict[str, int] = {}
    for day in (each.toordinal() - start for each in ENDS):
        for who, group in {(who, group[:2]) for who, group in wanted}:
            begin, end = periods.get(who, (999, None))
            if begin <= day and (end is None or end > day):
                expected[group] = expected.get(group, 0) + 1
    assert found == expected
