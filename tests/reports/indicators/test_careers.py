"""Whether people work, and how long they looked, against registers counted by hand and a naive reader."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.models import Candidate, Case, Intake
from candidates.states import CaseClosing
from matching.models import Placement
from reports.indicators.careers import MONTHS
from reports.protect import Cell
from sportello.territory.enums import Sex
from tests.support.reports import Register, counts_in, lasted_in, outcomes_in

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)


@pytest.fixture
def six() -> tuple[Register, list[Candidate]]:
    register = Register()
    return register, register.people(6, Sex.FEMALE)


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


jobs = st.lists(st.tuples(st.integers(0, 5), st.integers(-20, 220), st.none() | st.integers(0, 120)), max_size=8)


def naive_cohort(registered: list[tuple[int, int]], worked: list[tuple[int, int, int | None]]) -> dict[str, int]:
    """By days from the start of the year: first registration at least 91 days before a day of the semester, and the jobs since."""
    found = dict.fromkeys(("in_work", "worked", "not_yet"), 0)
    first: dict[int, int] = {}
    for person, day in sorted(registered, key=lambda row: row[1]):
        if -91 <= day <= (END - START).days - 91:
            first.setdefault(person, day)
    for person, day in first.items():
        own = [(begin, begin + length if length is not None else 999) for who, begin, length in worked if who == person]
        own = [(begin, end) for begin, end in own if day <= begin <= day + 91]
        found["in_work" if any(end >= day + 91 for _, end in own) else "worked" if own else "not_yet"] += 1
    return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(intakes=st.lists(st.tuples(st.integers(0, 5), st.integers(-120, 120)), max_size=8), worked=jobs)
def test_the_database_follows_a_cohort_as_a_naive_reader_does(
    six: tuple[Register, list[Candidate]],
    intakes: list[tuple[int, int]],
    worked: list[tuple[int, int, int | None]],
) -> None:
    here, people = six
    with transaction.atomic():
        for person, day in intakes:
            here.intakes([people[person]], START + timedelta(days=day))
        for person, begin, length in worked:
            (placement,) = here.placements([people[person]], START + timedelta(days=begin))
            if length is not None:
                ends_on = placement.starts_on + timedelta(days=length)
                Placement.objects.filter(pk=placement.pk).update(ends_on=ends_on)
        counts = counts_in(here, "followed_3")
        transaction.set_rollback(True)
    expected = naive_cohort(intakes, worked)
    assert outcomes_in(counts, "followed_3") == expected
    assert counts[Cell("followed_3")] == sum(expected.values())


def test_a_search_lasts_from_the_first_registration_of_two_years_to_the_first_job() -> None:
    register = Register()
    people = register.people(7, Sex.FEMALE)
    day = date(2025, 3, 3)
    register.intakes(people[:6], day)
    register.intakes(people[:1], day + timedelta(days=30))
    register.intakes(people[6:], END - timedelta(days=731))
    register.placements(people[:1], day + timedelta(days=91))
    register.placements(people[:1], day + timedelta(days=60), code="INTERNSHIP")
    register.placements(people[1:2], day + timedelta(days=92))
    register.placements(people[2:3], day - timedelta(days=1))
    register.placements(people[3:4], END + timedelta(days=1))
    for case, closing, days in zip(
        register.cases(people[4:6], day), (CaseClosing.GAVE_UP, CaseClosing.PLACED), (50, 50), strict=True
    ):
        Case.objects.filter(pk=case.pk).update(state="closed", closing=closing, closed_on=day + timedelta(days=days))
    register.placements(people[4:6], day + timedelta(days=70))
    still = (END - day).days
    assert lasted_in(register, "searches") == {
        (91, True): 1,
        (92, True): 1,
        (still, False): 2,
        (50, False): 1,
        (70, True): 1,
    }
    counts = counts_in(register)
    assert counts[Cell("searches")] == 6
    assert outcomes_in(counts, "searches") == {
        "found_3": 2,
        "found_6": 1,
        "found_9": 0,
        "found_12": 0,
        "found_18": 0,
        "longer": 3,
    }


def test_the_groups_of_a_cohort_are_told_apart_by_who_has_worked() -> None:
    register = Register()
    day = END - timedelta(days=182)
    women = register.people(3, Sex.FEMALE, born=date(1971, 7, 1))  # 54 until the day after the last
    men = register.people(2, Sex.MALE, born=date(1971, 6, 30))
    young = register.people(1, Sex.MALE, born=date(1991, 7, 1))
    register.intakes([*women, *men, *young], day)
    register.placements(women[:2], day + timedelta(days=10))
    register.placements(men[:1], END)
    register.placements(young, END + timedelta(days=1))
    counts = counts_in(register)
    assert outcomes_in(counts, "followed_6_by_sex") == {"f_worked": 2, "f_not_yet": 1, "m_worked": 1, "m_not_yet": 2}
    assert outcomes_in(counts, "followed_6_by_age") == {
        "young_worked": 0,
        "young_not_yet": 1,
        "middle_worked": 2,
        "middle_not_yet": 1,
        "older_worked": 1,
        "older_not_yet": 1,
    }
    assert counts[Cell("followed_6_by_sex")] == counts[Cell("followed_6_by_age")] == counts[Cell("followed_6")]


# Days before the end: who registered, who began to work, whose case was closed without a job.
days = st.lists(st.tuples(st.integers(0, 5), st.integers(-20, 780)), max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(intakes=days, worked=days, left=st.dictionaries(st.integers(0, 5), st.integers(0, 780), max_size=3))
def test_the_database_follows_a_search_as_a_naive_reader_does(
    six: tuple[Register, list[Candidate]],
    intakes: list[tuple[int, int]],
    worked: list[tuple[int, int]],
    left: dict[int, int],
) -> None:
    here, people = six
    with transaction.atomic():
        for person, before in intakes:
            here.intakes([people[person]], END - timedelta(days=before))
        for person, before in worked:
            here.placements([people[person]], END - timedelta(days=before))
        for person, before in left.items():
            (case,) = here.cases([people[person]], date(2020, 1, 1))
            closed_on = END - timedelta(days=before)
            Case.objects.filter(pk=case.pk).update(state="closed", closing="other", closed_on=closed_on)
        found, counts = lasted_in(here, "searches"), counts_in(here, "searches")
        transaction.set_rollback(True)
    spells = naive_search(intakes, worked, left)
    assert found == spells
    bands = [0, *MONTHS.values()]
    assert outcomes_in(counts, "searches") == {
        **{
            f"found_{months}": sum(
                n for (d, over), n in spells.items() if over and d <= bands[i] and (i == 1 or d > bands[i - 1])
            )
            for i, months in enumerate(MONTHS, start=1)
        },
        "longer": sum(n for (d, over), n in spells.items() if not over or d > bands[-1]),
    }
    assert Intake.objects.count() == 0


def naive_search(
    intakes: list[tuple[int, int]], worked: list[tuple[int, int]], left: dict[int, int]
) -> Counter[tuple[int, bool]]:
    """All in days before the end: the larger, the earlier."""
    found: Counter[tuple[int, bool]] = Counter()
    for person in {person for person, before in intakes if 0 <= before <= 730}:
        began = max(before for who, before in intakes if who == person and 0 <= before <= 730)
        seen_until = left[person] if person in left and left[person] <= began else 0
        jobs = [before for who, before in worked if who == person and before <= began]
        ended = max(jobs, default=-1000)
        found[began - max(ended, seen_until), ended >= seen_until] += 1
    return found
