"""The page of a vacancy's matches: two queries, nobody whom the actor may not see."""

import pytest
from django.utils import timezone

from candidates.models import Case, Profile
from employers.models import Vacancy
from employers.queries.vacancies import visible_vacancy
from matching.queries.matches import MatchPage, Search, match_page
from matching.services.run import request_match, run_match
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core.models import Job
from tests.support.employers import make_skill, make_vacancy
from tests.support.matching import make_override, make_person, make_referral
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


def test_the_page_tells_the_week_of_whom_it_keeps_out_and_who_said_nothing() -> None:
    vacancy = make_vacancy(bands=["6-morning", "7-morning"])
    silent, away, free = (make_person(vacancy) for _ in range(3))
    away.availability.create(weekday=6, band="morning")
    for day in (6, 7):
        free.availability.create(weekday=day, band="morning")
    run_match(vacancy=vacancy, by=BY)
    page = page_of(vacancy, scope(make_operator(vacancy.desk)))
    unknown = {row.person.pk: row.person.is_week_unknown for row in page.rows if row.person}  # type: ignore[attr-defined]
    assert unknown == {silent.pk: True, free.pk: False}
    (group,) = page.excluded
    assert (group.is_of_week, group.may_be_lifted, group.people) == (True, True, (away,))
    assert group.people[0].lacking == (("domenica", "mattina"),)  # type: ignore[attr-defined]


def test_what_was_decided_stands_also_where_nothing_was_searched() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    put, hidden = make_override(vacancy, person), make_override(vacancy, make_person(make_vacancy()))
    make_override()  # for another vacancy
    found = visible_vacancy(actor := scope(make_operator(vacancy.desk)), vacancy.pk)
    with queries_of() as asked:
        page = match_page(found, actor)
    assert len(asked) == 2
    assert (page.run, page.rows) == (None, ())
    assert [(d.decision.candidate_id, d.person) for d in page.decisions] == [
        (hidden.candidate_id, None),
        (put.candidate_id, person),
    ]
    assert page.named([]) == {person.pk}


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


def test_who_was_set_aside_leaves_the_rows_and_stands_with_the_decision() -> None:
    vacancy = make_vacancy()
    people = [make_person(vacancy) for _ in range(3)]
    run = run_match(vacancy=vacancy, by=BY)
    aside, again = (proposal.candidate for proposal in run.proposals.all()[:2])
    for person in (aside, again):
        make_override(vacancy, person, kind="set_aside", reason="unwilling", run=run, rank=1)
    make_override(vacancy, again, run=run, rank=2)
    hidden = make_override(vacancy, make_person(make_vacancy()))
    actor = scope(make_operator(vacancy.desk))
    found = page_of(vacancy, actor)
    assert {row.person for row in found.rows} == {*people} - {aside}
    assert found.gone == 0
    assert [(d.decision.candidate_id, d.person, d.decision.is_aside) for d in found.decisions] == [
        (hidden.candidate_id, None, False),
        (again.pk, again, False),
        (again.pk, again, True),
        (aside.pk, aside, True),
    ]
    assert found.named([]) == {again.pk, aside.pk}
    assert {row.person for row in page_of(make_vacancy(), actor).rows} == set()
