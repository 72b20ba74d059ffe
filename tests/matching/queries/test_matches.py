"""The page of a vacancy's matches: two queries, nobody whom the actor may not see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import Case, Profile
from employers.models import Vacancy
from employers.queries.vacancies import visible_vacancy
from matching.models import Proposal
from matching.queries.matches import MatchPage, Search, last_proposal, match_page
from matching.services.run import request_match, run_match
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core.models import Job
from tests.support.employers import make_skill, make_vacancy
from tests.support.matching import make_person, make_referral
from tests.support.personas import make_operator, scope
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def page_of(vacancy: Vacancy, actor: Scope) -> MatchPage:
    return match_page(visible_vacancy(actor, vacancy.pk), actor)


def test_a_vacancy_never_searched_has_an_empty_page() -> None:
    vacancy = make_vacancy()
    assert page_of(vacancy, scope(make_operator(vacancy.desk))) == MatchPage(None, None)


def test_the_rows_tell_the_score_part_by_part_in_two_queries() -> None:
    skill = make_skill("Usare il muletto")
    vacancy = make_vacancy(skills=[skill])
    actor = scope(make_operator(vacancy.desk))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_person(vacancy)
        run_match(vacancy=vacancy, by=BY)
        found = visible_vacancy(actor, vacancy.pk)
        with queries_of() as asked:
            page = match_page(found, actor)
        costs.append(len(asked))
    assert costs == [2, 2]
    assert [row.rank for row in page.rows] == [1, 2, 3]
    assert page.named(page.rows) == set(Case.objects.values_list("candidate", flat=True))
    for row in page.rows:
        assert row.missing == ("Usare il muletto",)
        assert sum(part.points for part in row.segments) == row.points
        assert [part.x for part in row.segments] == [
            sum(part.points for part in row.segments[:number]) for number in range(len(row.segments))
        ]
        assert row.score == row.points // 1000


def test_whom_a_rule_excludes_since_the_search_is_not_shown() -> None:
    vacancy = make_vacancy()
    changed, same, excluded = (make_person(vacancy) for _ in range(3))
    Profile.objects.filter(candidate=excluded).update(hours_wanted="part_time")
    run_match(vacancy=vacancy, by=BY)
    actor = scope(make_operator(vacancy.desk))
    before = page_of(vacancy, actor)
    assert (before.gone, before.named(before.rows)) == (0, {changed.pk, same.pk, excluded.pk})
    Profile.objects.filter(candidate=changed).update(hours_wanted="part_time")
    Profile.objects.filter(candidate=excluded).update(hours_wanted="any")
    after = page_of(vacancy, actor)
    assert (after.gone, after.named(after.rows)) == (1, {same.pk})


def test_people_of_other_desks_have_no_name() -> None:
    vacancy = make_vacancy()
    make_person(vacancy)
    run_match(vacancy=vacancy, by=BY)
    page = page_of(vacancy, scope(make_operator()))
    assert [row.person for row in page.rows] == [None]
    assert page.named(page.rows) == set()


def test_a_proposed_person_carries_the_state_of_the_referral() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    make_referral(make_vacancy(), person)
    run_match(vacancy=vacancy, by=BY)
    actor = scope(make_operator(vacancy.desk))
    assert [row.referral_state for row in page_of(vacancy, actor).rows] == [None]
    make_referral(vacancy, person, state=ReferralState.INTERVIEW)
    assert [row.referral_state for row in page_of(vacancy, actor).rows] == [ReferralState.INTERVIEW]


def test_a_search_is_shown_until_it_answers_and_a_failed_one_until_another_does() -> None:
    vacancy = make_vacancy()
    make_person(vacancy)
    actor = scope(make_operator(vacancy.desk))
    request_match(vacancy=vacancy, by=actor)
    Job.objects.update(progress=40)
    assert page_of(vacancy, actor).search == Search(40, False)
    Job.objects.update(state="failed", finished_at=timezone.now())
    assert page_of(vacancy, actor).search == Search(40, True)
    run = run_match(vacancy=vacancy, by=BY)
    assert (page_of(vacancy, actor).search, page_of(vacancy, actor).run) == (None, run)


def test_the_newest_proposal_of_a_person_is_the_last() -> None:
    vacancy = make_vacancy()
    person, other = make_person(vacancy), make_person(vacancy)
    first = run_match(vacancy=vacancy, by=BY)
    type(first).objects.filter(pk=first.pk).update(ran_at=timezone.now() - timedelta(days=1))
    second = run_match(vacancy=vacancy, by=BY)
    assert last_proposal(vacancy, person) == Proposal.objects.get(run=second, candidate=person)
    assert last_proposal(make_vacancy(), other) is None
