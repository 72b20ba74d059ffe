"""Reads about vacancies: each company its own, the desk what has left the draft."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from employers.models import Company, Vacancy, VacancyTransition
from employers.queries import vacancies as queries
from employers.services.wording import check_vacancy
from employers.states import VacancyState
from sportello.accounts.scope import Scope
from tests.support.employers import make_company, make_company_user, make_skill, make_vacancy
from tests.support.personas import make_operator, scope
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_a_company_finds_its_own_and_no_others() -> None:
    company, other = make_company(), make_company()
    now = timezone.now()
    mine = [make_vacancy(company, created_at=now - timedelta(days=ago)) for ago in (2, 1)]
    theirs = make_vacancy(other, state=VacancyState.DRAFT)
    assert list(queries.own_vacancies(company)) == mine[::-1]
    assert queries.own_vacancy(company, mine[0].pk) == mine[0]
    actor = scope(make_company_user(company))
    assert queries.own_draft(actor, mine[0].pk) == mine[0]
    with pytest.raises(Http404):
        queries.own_vacancy(company, theirs.pk)
    with pytest.raises(Http404):
        queries.own_draft(actor, theirs.pk)


def test_the_queue_holds_what_waits_the_oldest_first() -> None:
    company, now = make_company(), timezone.now()
    waits = [
        make_vacancy(company, state=VacancyState.SUBMITTED, submitted_at=now - timedelta(days=ago)) for ago in (1, 9)
    ]
    for state in set(VacancyState) - {VacancyState.SUBMITTED}:
        make_vacancy(company, state=state)
    assert list(queries.moderation_queue(scope(make_operator()))) == waits[::-1]


def test_the_desk_reads_everything_but_drafts() -> None:
    company = make_company()
    made = {state: make_vacancy(company, state=state) for state in VacancyState}
    actor = scope(make_operator())
    assert set(queries.desk_vacancies(actor)) == set(made.values()) - {made[VacancyState.DRAFT]}
    assert list(queries.desk_vacancies(actor, state="paused")) == [made[VacancyState.PAUSED]]
    assert list(queries.desk_vacancies(actor, state="draft")) == []
    assert queries.visible_vacancy(actor, made[VacancyState.PAUSED].pk) == made[VacancyState.PAUSED]
    with pytest.raises(Http404):
        queries.visible_vacancy(actor, made[VacancyState.DRAFT].pk)


def lists(company: Company, actor: Scope) -> dict[str, Callable[[], Any]]:
    def named(rows: Any) -> Callable[[], Any]:
        return lambda: [(v.company.organisation.name, v.workplace.municipality.name, v.desk.name) for v in rows.all()]

    return {
        "queue": named(queries.moderation_queue(actor)),
        "desk": named(queries.desk_vacancies(actor)),
        "own": lambda: [(v.workplace.municipality.name, str(v.contract_type)) for v in queries.own_vacancies(company)],
    }


@pytest.mark.parametrize("which", ["queue", "desk", "own"])
def test_a_list_is_one_query_however_long(which: str) -> None:
    company = make_company()
    read = lists(company, scope(make_operator(company.desk)))[which]
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_vacancy(company, state=VacancyState.SUBMITTED)
        with queries_of() as asked:
            found = read()
        costs.append(len(asked))
    assert (len(found), costs) == (3, [1, 1])


@pytest.mark.parametrize("count", [1, 3])
def test_a_whole_vacancy_takes_four_queries_whatever_it_asks_for(count: int) -> None:
    vacancy: Vacancy = make_vacancy(skills=[make_skill() for _ in range(count)])
    actor = scope(make_operator(vacancy.desk))
    with queries_of() as asked:
        found = queries.visible_vacancy(actor, vacancy.pk)
        assert len([r.skill.label for r in found.skill_requirements.all()]) == count
        assert (list(found.language_requirements.all()), list(found.licences.all())) == ([], [])
        assert found.desk.managed_by.name
    assert len(asked) == 4


def test_open_remarks_part_what_to_rewrite_from_what_to_explain() -> None:
    vacancy = make_vacancy(title="Commesso", description="Solo donne")
    check_vacancy(vacancy=vacancy, by=Scope.of_process("tests"))
    hard, soft = queries.open_remarks(vacancy)
    assert [[r.words for r in found] for found in (hard, soft)] == [["Solo donne"], ["Commesso"]]
    reviewed = queries.vacancy_to_review(scope(make_operator(vacancy.desk)), vacancy.pk)
    with queries_of() as asked:
        assert [remark.words for remark in reviewed.remarks.all()] == ["Solo donne", "Commesso"]
    assert asked == []
    vacancy.remarks.filter(level="soft").update(motive="Scena")
    assert queries.open_remarks(vacancy)[1] == []


def decided(hours: int, *, to: VacancyState = VacancyState.PUBLISHED, days_ago: int = 1) -> None:
    """A vacancy that waited so many hours for the desk's word."""
    vacancy, at = make_vacancy(), timezone.now() - timedelta(days=days_ago)
    for from_state, to_state, moment in (
        (VacancyState.DRAFT, VacancyState.SUBMITTED, at - timedelta(hours=hours)),
        (VacancyState.SUBMITTED, to, at),
    ):
        VacancyTransition.objects.create(
            vacancy=vacancy, from_state=from_state, to_state=to_state, actor_label="tests", at=moment
        )


def test_half_of_the_vacancies_are_decided_within_the_median() -> None:
    assert queries.time_to_decision() is None
    decided(2)
    decided(5, to=VacancyState.RETURNED)
    decided(90)
    decided(1, to=VacancyState.WITHDRAWN)
    decided(1, days_ago=91)
    assert queries.time_to_decision() == timedelta(hours=5)


def test_a_vacancy_sent_twice_waits_from_the_second_time() -> None:
    vacancy, now = make_vacancy(), timezone.now()
    for hours, from_state, to_state in (
        (50, "draft", "submitted"),
        (49, "submitted", "returned"),
        (10, "returned", "submitted"),
        (7, "submitted", "published"),
    ):
        VacancyTransition.objects.create(
            vacancy=vacancy,
            from_state=from_state,
            to_state=to_state,
            actor_label="tests",
            at=now - timedelta(hours=hours),
        )
    assert queries.time_to_decision() == timedelta(hours=2)
