"""Each desk sees what waits for it and what it has asked."""

import pytest
from django.http import Http404
from django.utils import timezone

from candidates.queries.reorientation import other_desks, question_of, question_to, questions_of, questions_to
from candidates.services.restriction import restrict
from sportello.accounts.enums import Role
from tests.support.pacts import a_case
from tests.support.personas import make_member, make_operator, scope
from tests.support.reorientation import ask_desk
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_a_question_waits_at_the_desk_that_was_asked_and_is_kept_by_the_one_that_asked() -> None:
    case, desk = a_case(), make_desk()
    request = ask_desk(case, desk)
    assert case.responsible_operator
    asked, asker, stranger = scope(make_operator(desk)), scope(case.responsible_operator), scope(make_operator())
    assert [list(questions_to(who)) for who in (asked, asker, stranger)] == [[request], [], []]
    assert [list(questions_of(who)) for who in (asked, asker, stranger)] == [[], [request], []]
    assert question_to(asked, request.pk) == request
    assert question_of(asker, request.pk) == request
    for read, who in ((question_to, asker), (question_of, asked), (question_to, stranger)):
        with pytest.raises(Http404):
            read(who, request.pk)


def test_whose_question_it_is_only_a_grant_tells() -> None:
    case, desk = a_case(), make_desk()
    ask_desk(case, desk)
    asked = scope(make_operator(desk))
    assert [question.is_hidden for question in questions_to(asked)] == [False]
    leader = scope(make_member(Role.COORDINATOR, case.desk.managed_by, case.desk))
    restrict(candidate=case.candidate, motive="M", ends_on=timezone.localdate(), users=[], by=leader)
    assert [question.is_hidden for question in questions_to(asked)] == [True]
    assert case.responsible_operator
    assert list(questions_of(scope(case.responsible_operator))) == []


def test_the_desk_of_the_case_is_not_offered() -> None:
    case, desk = a_case(), make_desk()
    offered = set(other_desks(case))
    assert (desk in offered, case.desk in offered) == (True, False)
