"""The pipeline of companies to be won, and its balance."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.queries.targets import TargetBalance, target_balance, target_counts, targets
from employers.states import TargetState
from tests.support.employers import make_company, make_target
from tests.support.personas import make_operator
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_what_is_due_first_stands_on_top_and_the_list_is_narrowed() -> None:
    desk, today = make_desk(), timezone.localdate()
    me, other = make_operator(desk), make_operator(desk)
    later = make_target(me, desk, next_step="B", next_step_on=today + timedelta(days=3))
    late = make_target(other, desk, next_step="A", next_step_on=today - timedelta(days=3), state="contacted")
    none = make_target(me, desk)
    assert list(targets()) == [late, later, none]
    assert list(targets(owner=me.pk)) == [later, none]
    assert list(targets(state=TargetState.CONTACTED)) == [late]
    assert target_counts()["identified"] == 2
    assert target_counts(owner=other.pk) == {**dict.fromkeys(TargetState.values, 0), "contacted": 1}


def test_three_targets_one_hired() -> None:
    desk = make_desk()
    me = make_operator(desk)
    chosen = [
        make_target(me, desk),
        make_target(me, desk, state="dropped"),
        make_target(me, desk, state="hired", company=make_company(desk)),
    ]
    make_target(me, desk, state="hired", company=make_company(desk))  # of no project
    assert target_balance([row.pk for row in chosen]) == TargetBalance(targets=3, hired=1)
    assert target_balance([]) == TargetBalance(targets=0, hired=0)
