"""The best people are shown as they are now, whatever the columns still say."""

import pytest
from django.utils import timezone

from candidates.models import Candidate, Case, Profile
from matching.engine.constraints import Rule
from matching.queries.features import vacancy_features
from matching.queries.ranking import MARGIN, best_people
from matching.services.segment import ready_pool
from tests.support.employers import make_vacancy
from tests.support.matching import make_person

pytestmark = pytest.mark.django_db


def test_who_left_after_the_columns_were_written_is_not_among_the_best() -> None:
    vacancy = make_vacancy()
    people = [make_person(vacancy) for _ in range(5)]
    pool = ready_pool().pool
    Candidate.objects.filter(pk=people[0].pk).update(erased_at=timezone.now())
    Case.objects.filter(candidate=people[1]).update(state="closed", closed_on=timezone.localdate(), closing="placed")
    Profile.objects.filter(candidate=people[2]).update(hours_wanted="part_time")
    answer = best_people(pool, vacancy_features(vacancy), most=5, most_excluded=5)
    assert {scored.person.id for scored in answer.best} == {people[3].pk, people[4].pk}
    assert [(s.person.id, s.excluded_by) for s in answer.near_misses] == [(people[2].pk, Rule.HOURS)]
    assert answer.ranking.eligible == 5


def test_more_are_fetched_while_too_many_fall_out() -> None:
    vacancy = make_vacancy()
    people = [make_person(vacancy) for _ in range(MARGIN + 6)]
    pool = ready_pool().pool
    order = [s.person.id for s in best_people(pool, vacancy_features(vacancy), most=len(people)).best]
    Candidate.objects.filter(pk__in=order[: MARGIN + 2]).update(erased_at=timezone.now())
    answer = best_people(pool, vacancy_features(vacancy), most=2)
    assert [scored.person.id for scored in answer.best] == order[MARGIN + 2 : MARGIN + 4]


def test_nobody_is_an_answer() -> None:
    vacancy = make_vacancy()
    assert best_people(ready_pool().pool, vacancy_features(vacancy), most=5).best == []
