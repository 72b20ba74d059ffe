"""A stored run: who, in which order, blind to who they are."""

import itertools
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from django.utils import timezone

from candidates.models import Candidate, Case, DesiredOccupation, Profile, SkillStatement
from employers.models import Vacancy
from matching.engine.features import OccupationFeatures
from matching.models import MatchRun
from matching.queries import pool
from matching.queries.features import read_people, read_vocabulary, vacancy_features
from matching.queries.matches import BUILD
from matching.services import run as runs
from matching.services.override import set_aside
from matching.services.referral import refer
from matching.services.run import KEPT_RUNS, REMATCH, rematch, request_rematch, run_match
from matching.states import OverrideReason
from sportello.accounts.scope import Scope
from sportello.core.models import Job
from sportello.reference.enums import SkillRelation
from sportello.reference.models import Occupation, OccupationSkill
from sportello.territory.enums import Sex
from sportello.territory.models import Desk
from tests.matching.engine.oracle import Oracle, Weighed
from tests.support.employers import make_company, make_occupation, make_skill, make_vacancy
from tests.support.personas import make_case
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def make_crowd(desk: Desk, size: int, *, seed: int = 7) -> Vacancy:
    """People of one desk with drawn skills, jobs and hours, and a vacancy that some of them fit."""
    random = Random(seed)
    skills = [make_skill() for _ in range(6)]
    occupations = [
        make_occupation(f"mestiere {code}", isco08=code, skills=skills[:3]) for code in ("4321", "4322", "9333")
    ]
    for _ in range(size):
        case = make_case(desk, opened_on=date(2026, 1, 1) + timedelta(days=random.randrange(20)))
        DesiredOccupation.objects.create(
            candidate=case.candidate, occupation=random.choice(occupations), years=random.randrange(6)
        )
        SkillStatement.objects.bulk_create(
            SkillStatement(candidate=case.candidate, skill=skill) for skill in random.sample(skills, 3)
        )
        Profile.objects.filter(candidate=case.candidate).update(
            hours_wanted=random.choice(["any", "full_time", "part_time"])
        )
    return make_vacancy(
        make_company(desk), occupation=occupations[0], skills=skills[:4], years_experience=3, bands=["1-morning"]
    )


def everybody(vacancy: Vacancy) -> tuple[list[Weighed], list[Weighed], dict[str, int]]:
    """What the oracle says of all who have an open case."""
    links = OccupationSkill.objects.values_list("occupation", "skill", "relation")
    occupations = [
        OccupationFeatures(
            job.pk,
            job.isco08,
            frozenset(skill for pk, skill, relation in links if pk == job.pk and relation == SkillRelation.ESSENTIAL),
            frozenset(skill for pk, skill, relation in links if pk == job.pk and relation != SkillRelation.ESSENTIAL),
        )
        for job in Occupation.objects.all()
    ]
    oracle = Oracle(occupations, list(read_vocabulary().skills))
    return oracle.rank(vacancy_features(vacancy), read_people(), timezone.localdate())


def answer(run: MatchRun) -> list[tuple[object, ...]]:
    return list(run.proposals.order_by("rank").values_list("rank", "candidate", "score", "parts"))


def test_run_keeps_the_question_the_counts_and_the_best() -> None:
    vacancy = make_crowd(make_desk(), 12)
    run = run_match(vacancy=vacancy, by=BY, limit=5)
    expected, excluded, counts = everybody(vacancy)
    assert (run.considered, run.eligible, run.excluded) == (12, len(expected), counts)
    assert 5 < len(expected) < 12
    assert counts == {"hours": 12 - len(expected)}
    assert [(w.person.id, w.score) for w in expected[:5]] == list(
        run.proposals.order_by("rank").values_list("candidate", "score")
    )
    assert run.near_misses == [{"candidate": str(w.person.id), "rule": w.failed, "score": w.score} for w in excluded]
    assert run.weights["occupation"] == 30
    assert len(run.requirements["essential"]) == 4


def test_only_people_with_an_open_case_are_weighed() -> None:
    desk = make_desk()
    vacancy = make_crowd(desk, 2)
    closed = make_case(desk)
    Case.objects.filter(pk=closed.pk).update(state="closed", closed_on=timezone.localdate(), closing="placed")
    erased = make_case(desk).candidate
    Candidate.objects.filter(pk=erased.pk).update(erased_at=timezone.now())
    assert run_match(vacancy=vacancy, by=BY).considered == 2


def test_who_the_person_is_moves_nothing() -> None:
    vacancy = make_crowd(make_desk(), 50)
    before = answer(run_match(vacancy=vacancy, by=BY))
    assert len(before) > 20
    numbers = itertools.count(10)
    for person in Candidate.objects.order_by("pk"):
        number = next(numbers)
        person.first_name, person.last_name = f"Nome{number}", f"Altro{number}"
        person.sex = Sex.MALE
        person.birth_date = date(1950 + number % 50, 1 + number % 12, 3)
        person.citizenship = "XX"
        person.tax_code = f"RSSMRA{number:02d}T10A562S"[:16]
        person.save()
    assert answer(run_match(vacancy=vacancy, by=BY)) == before


def test_the_newest_runs_stay_and_those_that_led_to_a_referral() -> None:
    vacancy = make_crowd(make_desk(), 3)
    other = run_match(vacancy=make_vacancy(), by=BY)
    runs = [run_match(vacancy=vacancy, by=BY)]
    proposal = runs[0].proposals.order_by("rank").first()
    assert proposal
    refer(vacancy=vacancy, candidate=proposal.candidate, by=BY)
    runs += [run_match(vacancy=vacancy, by=BY) for _ in range(KEPT_RUNS + 2)]
    kept = set(MatchRun.objects.values_list("pk", flat=True))
    assert kept == {run.pk for run in [other, runs[0], *runs[-KEPT_RUNS:]]}


def test_a_run_against_which_somebody_decided_stays() -> None:
    vacancy = make_crowd(make_desk(), 3)
    first = run_match(vacancy=vacancy, by=BY)
    for proposal in first.proposals.all()[:1]:
        set_aside(
            vacancy=vacancy,
            candidate=proposal.candidate,
            reason=OverrideReason.UNWILLING,
            motive="Non vuole turni.",
            by=BY,
        )
    for _ in range(KEPT_RUNS + 1):
        run_match(vacancy=vacancy, by=BY)
    assert MatchRun.objects.filter(pk=first.pk).exists()
    assert vacancy.match_runs.count() == KEPT_RUNS + 1


def test_a_search_over_worn_columns_asks_for_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    vacancy = make_crowd(make_desk(), 3)
    run_match(vacancy=vacancy, by=BY)
    assert not Job.objects.filter(path=BUILD).exists()
    monkeypatch.setattr(pool, "NEVER_WORN", 0)
    for _ in range(2):
        run_match(vacancy=vacancy, by=BY)
    assert Job.objects.get(path=BUILD).key == "segment"


def test_a_rematch_covers_the_published_once_and_keeps_only_other_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "RANGE", 2)
    desk = make_desk()
    vacancy = make_crowd(desk, 4)
    published = {vacancy.pk, *(make_vacancy(make_company(desk)).pk for _ in range(2))}
    make_vacancy(make_company(desk), state="closed")
    assert request_rematch(by=BY) == 2
    ranges = list(Job.objects.filter(path=REMATCH).values_list("args", flat=True))
    spans = [(UUID(str(first)), UUID(str(last))) for first, last in ranges]
    assert sum(rematch(first=first, last=last, by=BY) for first, last in spans) == 3
    assert set(MatchRun.objects.values_list("vacancy", flat=True)) == published
    assert sum(rematch(first=first, last=last, by=BY) for first, last in spans) == 0
    Candidate.objects.filter(proposals__run__vacancy=vacancy).update(confirmed_at="2020-01-01T00:00Z")
    assert sum(rematch(first=first, last=last, by=BY) for first, last in spans) > 0
    assert vacancy.match_runs.count() == 2
