"""Skills asked by open jobs beside those that jobseekers have."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.models import Candidate, Case, SkillStatement
from employers.models import Vacancy, VacancySkill
from reports.indicators import skills as module
from reports.indicators.occupations import month_ends
from reports.rules import LEAST_ASKED
from sportello.reference.enums import SkillRelation
from sportello.reference.models import Skill
from sportello.territory.enums import Sex
from tests.support.employers import make_skill
from tests.support.reports import Register, counts_in, window

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)


def have(person: Candidate, *skills: Skill) -> None:
    SkillStatement.objects.bulk_create(SkillStatement(candidate=person, skill=skill) for skill in skills)


def ask(vacancy: Vacancy, relation: SkillRelation, *skills: Skill) -> None:
    VacancySkill.objects.bulk_create(VacancySkill(vacancy=vacancy, skill=s, relation=relation) for s in skills)


def close(case: Case, day: date) -> None:
    Case.objects.filter(pk=case.pk).update(state="closed", closing="other", closed_on=day)


def numbers(register: Register, key: str) -> dict[str, int]:
    return {cell.member: n for cell, n in counts_in(register, key).items() if cell.dimension == "skill" and n}


def test_posts_are_counted_on_each_last_day_once_for_each_essential_skill() -> None:
    register = Register()
    firm = register.company()
    drive, weld, rare = make_skill(), make_skill(), make_skill()
    first = register.vacancy(firm, date(2026, 1, 31), 3)  # until 1 April
    second = register.vacancy(firm, date(2026, 6, 1), 4)  # until 31 July
    early = register.vacancy(firm, date(2025, 10, 1), 50)
    ask(first, SkillRelation.ESSENTIAL, drive, weld)
    ask(second, SkillRelation.ESSENTIAL, drive)
    ask(second, SkillRelation.OPTIONAL, weld, rare)
    ask(early, SkillRelation.ESSENTIAL, rare)
    # Three posts ask for welding, fewer than are looked at, and nobody can do it.
    assert numbers(register, "skill_posts") == {drive.code: 3 * 3 + 4}
    have(register.people(1, Sex.FEMALE)[0], weld)
    assert numbers(register, "skill_posts") == {drive.code: 3 * 3 + 4, weld.code: 3 * 3}


def test_who_is_followed_on_the_last_day_counts_once_for_each_skill() -> None:
    register = Register()
    cook, serve = make_skill(), make_skill()
    anna, berta, carla, dora = register.people(4, Sex.FEMALE)
    for person in (anna, berta, carla, dora):
        have(person, cook)
    have(anna, serve)
    cases = register.cases([anna, berta, carla], START - timedelta(days=9))
    close(cases[1], END)
    close(cases[2], END + timedelta(days=1))
    register.cases([dora], END + timedelta(days=1))
    assert numbers(register, "skilled") == {cook.code: 2, serve.code: 1}


def test_skills_that_few_ask_and_few_have_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_HELD", 1)
    register = Register()
    common, asked, rare = make_skill(), make_skill(), make_skill()
    anna, berta = register.people(2, Sex.FEMALE)
    register.cases([anna, berta], START)
    have(anna, common, asked, rare)
    have(berta, common)
    ask(register.vacancy(register.company(), END, LEAST_ASKED), SkillRelation.ESSENTIAL, asked)
    ask(register.vacancy(register.company(), END, LEAST_ASKED - 1), SkillRelation.ESSENTIAL, rare)
    assert numbers(register, "skilled") == {common.code: 2, asked.code: 1}
    assert numbers(register, "skill_posts") == {asked.code: LEAST_ASKED}


vacancies = st.lists(
    st.tuples(st.integers(-70, 190), st.integers(1, 9), st.sets(st.integers(0, 2)), st.booleans()), max_size=5
)
people = st.lists(
    st.tuples(st.integers(-90, 190), st.none() | st.integers(0, 200), st.sets(st.integers(0, 2))), max_size=4
)


@pytest.fixture
def known() -> tuple[Register, list[Skill], Any]:
    register = Register()
    return register, [make_skill() for _ in range(3)], register.company()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offered=vacancies, followed=people)
def test_the_database_counts_as_a_naive_reader_does(
    known: tuple[Register, list[Skill], Any], offered: list[Any], followed: list[Any]
) -> None:
    register, skills, firm = known
    with transaction.atomic():
        for offset, posts, which, is_essential in offered:
            vacancy = register.vacancy(firm, START + timedelta(days=offset), posts)
            relation = SkillRelation.ESSENTIAL if is_essential else SkillRelation.OPTIONAL
            ask(vacancy, relation, *(skills[n] for n in which))
        for opened, length, which in followed:
            (person,) = register.people(1, Sex.MALE)
            (case,) = register.cases([person], START + timedelta(days=opened))
            have(person, *(skills[n] for n in which))
            if length is not None:
                close(case, case.opened_on + timedelta(days=length))
        found = numbers(register, "skill_posts"), numbers(register, "skilled")
        transaction.set_rollback(True)
    asked: Counter[str] = Counter()
    of_semester: Counter[int] = Counter()
    for offset, number, which, is_essential in offered:
        first = START + timedelta(days=offset)
        last = first + timedelta(days=60)
        for n in which if is_essential else ():
            of_semester[n] += number if first <= END and last >= START else 0
            asked[skills[n].code] += number * sum(first <= day <= last for day in month_ends(window()))
    held: Counter[str] = Counter()
    for opened, length, which in followed:
        first = START + timedelta(days=opened)
        if first <= END and (length is None or first + timedelta(days=length) > END):
            held.update(skills[n].code for n in which)
    has = {n for _opened, _length, which in followed for n in which}
    compared = {skills[n].code for n in range(3) if of_semester[n] >= LEAST_ASKED or n in has}
    assert found == tuple({code: n for code, n in each.items() if n and code in compared} for each in (asked, held))
