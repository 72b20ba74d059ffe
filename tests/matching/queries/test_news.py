"""What is new and strong for who follows the person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import Case, DesiredOccupation
from employers.models import Vacancy
from matching.models import MatchRun, Proposal
from matching.queries.news import NEWS_DAYS, STRONG, new_matches
from matching.services.override import set_aside
from matching.services.referral import refer
from matching.services.run import run_match
from matching.states import OverrideReason
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from tests.support.employers import make_company, make_vacancy
from tests.support.matching import make_person
from tests.support.personas import make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def strong(operator: User, vacancy: Vacancy) -> Proposal:
    """Somebody whom the operator follows and who fits the vacancy."""
    person = make_person(vacancy)
    DesiredOccupation.objects.create(candidate=person, occupation=vacancy.occupation, years=9)
    Case.objects.filter(candidate=person).update(responsible_operator=operator)
    proposal = run_match(vacancy=vacancy, by=BY).proposals.get(candidate=person)
    assert proposal.score >= STRONG
    return proposal


def test_it_is_told_to_who_follows_the_person_until_it_is_proposed() -> None:
    desk = make_desk()
    operator, colleague = make_operator(desk), make_operator(desk)
    proposal = strong(operator, make_vacancy(make_company(desk)))
    assert list(new_matches(scope(operator))) == [proposal]
    assert list(new_matches(scope(colleague))) == []
    refer(vacancy=proposal.run.vacancy, candidate=proposal.candidate, by=BY)
    assert list(new_matches(scope(operator))) == []


def test_who_was_set_aside_for_the_vacancy_is_no_news() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    proposal, other = (strong(operator, make_vacancy(make_company(desk))) for _ in range(2))
    set_aside(
        vacancy=proposal.run.vacancy,
        candidate=proposal.candidate,
        reason=OverrideReason.UNWILLING,
        motive="Non vuole turni.",
        by=BY,
    )
    told = list(new_matches(scope(operator)))
    assert proposal not in told
    assert other in told


def test_what_the_run_before_proposed_is_no_news() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    vacancy = make_vacancy(make_company(desk))
    first = strong(operator, vacancy)
    second = strong(operator, vacancy)
    assert list(new_matches(scope(operator))) == [second]
    assert not second.run.proposals.get(candidate=first.candidate).is_new


def test_the_weak_the_old_and_the_closed_are_not_told() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    weak, old, closed = (strong(operator, make_vacancy(make_company(desk))) for _ in range(3))
    Proposal.objects.filter(pk=weak.pk).update(score=STRONG - 1)
    MatchRun.objects.filter(pk=old.run_id).update(ran_at=timezone.now() - timedelta(days=NEWS_DAYS, minutes=1))
    Vacancy.objects.filter(match_runs=closed.run_id).update(state="paused")
    assert list(new_matches(scope(operator))) == []
    Proposal.objects.filter(pk=weak.pk).update(score=STRONG)
    assert [(proposal.pk, proposal.points) for proposal in new_matches(scope(operator))] == [(weak.pk, STRONG // 1000)]
