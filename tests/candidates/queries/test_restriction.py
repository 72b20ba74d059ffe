"""Who leads a desk keeps its restricted files, and no other desk's."""

import pytest
from django.http import Http404
from django.utils import timezone

from candidates.queries.restriction import led_restriction, restrictions, who_may_be_granted
from candidates.services.restriction import lift, restrict
from sportello.accounts.enums import Role
from tests.support.personas import make_case, make_member, make_operator, scope
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_the_restricted_files_of_the_desks_that_one_leads() -> None:
    desk, elsewhere = make_desk(), make_desk()
    operator = make_operator(desk)
    leader, stranger = (scope(make_member(Role.COORDINATOR, d.managed_by, d)) for d in (desk, elsewhere))
    today = timezone.localdate()
    kept, lifted = (
        restrict(candidate=make_case(desk).candidate, motive="M", ends_on=today, users=[], by=leader) for _ in range(2)
    )
    lift(restriction=lifted, motive="L", by=leader)
    with queries_of() as queries:
        assert list(restrictions(leader)) == [kept]
    assert len(queries) == 2
    assert [list(restrictions(who)) for who in (scope(operator), stranger)] == [[], []]
    assert led_restriction(leader, kept.pk) == kept
    for who, which in ((stranger, kept), (scope(operator), kept), (leader, lifted)):
        with pytest.raises(Http404):
            led_restriction(who, which.pk)


def test_only_people_of_the_desk_may_be_named() -> None:
    desk = make_desk()
    operator, leader = make_operator(desk), make_member(Role.COORDINATOR, desk.managed_by, desk)
    make_operator()
    assert set(who_may_be_granted(scope(leader))) == {operator, leader}
    assert list(who_may_be_granted(scope(operator))) == []
