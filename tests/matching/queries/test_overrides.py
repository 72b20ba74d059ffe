"""Where a person stands, and what somebody decided otherwise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import Case, Profile
from matching.engine.constraints import Rule
from matching.models import MatchRun
from matching.queries.overrides import overrides, standing_of, tally
from matching.services.run import run_match
from matching.states import OverrideKind, OverrideReason
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from tests.support.employers import make_vacancy
from tests.support.matching import make_override, make_person, make_referral
from tests.support.personas import make_member, make_operator, scope
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def ago(run: MatchRun) -> MatchRun:
    MatchRun.objects.filter(pk=run.pk).update(ran_at=timezone.now() - timedelta(days=1))
    return run


def test_the_rank_is_that_of_the_newest_run() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    assert (standing_of(vacancy, person).run, standing_of(vacancy, person).is_outside) == (None, False)
    first = ago(run_match(vacancy=vacancy, by=BY))
    assert (standing_of(vacancy, person).run, standing_of(vacancy, person).rank) == (first, 1)
    newer = run_match(vacancy=vacancy, by=BY, limit=0)
    found = standing_of(vacancy, person)
    assert (found.run, found.rank, found.rule, found.is_outside) == (newer, None, None, True)


@pytest.mark.parametrize(
    ("change", "rule", "is_unlawful"),
    [
        ({"hours_wanted": "part_time"}, Rule.HOURS, False),
        ({"work_permit_until": timezone.localdate() - timedelta(days=1)}, Rule.MAY_WORK, True),
    ],
)
def test_the_rules_are_those_of_this_moment(change: dict[str, object], rule: Rule, is_unlawful: bool) -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    run_match(vacancy=vacancy, by=BY)
    Profile.objects.filter(candidate=person).update(**change)
    found = standing_of(vacancy, person)
    assert (found.rank, found.rule, found.is_outside, found.is_unlawful) == (1, rule, True, is_unlawful)


def test_the_parts_of_the_week_that_lack_are_told_when_they_are_the_rule() -> None:
    vacancy = make_vacancy(bands=["1-morning", "2-morning"])
    person = make_person(vacancy)
    person.availability.create(weekday=1, band="morning")
    found = standing_of(vacancy, person)
    assert (found.rule, found.lacking, found.is_unlawful) == (Rule.WEEK, (("martedì", "mattina"),), False)
    Profile.objects.filter(candidate=person).update(hours_wanted="part_time")
    assert (standing_of(vacancy, person).rule, standing_of(vacancy, person).lacking) == (Rule.HOURS, ())


def test_nobody_stands_outside_without_a_case() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    Case.objects.filter(candidate=person).delete()
    assert (standing_of(vacancy, person).rule, standing_of(vacancy, person).is_outside) == (None, False)


def test_the_newest_decision_counts() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    run = run_match(vacancy=vacancy, by=BY)
    make_override(vacancy, person, kind="set_aside", reason="unwilling", run=run, rank=1)
    assert (standing_of(vacancy, person).is_aside, standing_of(vacancy, person).is_outside) == (True, True)
    make_override(vacancy, person, run=run, rank=1)
    assert (standing_of(vacancy, person).is_aside, standing_of(vacancy, person).is_outside) == (False, False)
    assert not standing_of(make_vacancy(), person).is_aside


def test_it_takes_three_queries() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    run_match(vacancy=vacancy, by=BY)
    with queries_of() as queries:
        standing_of(vacancy, person)
    assert len(queries) == 3


def test_they_are_counted_by_reason_and_rule_beside_all_that_was_proposed() -> None:
    vacancy = make_vacancy()
    actor = scope(make_member(Role.COORDINATOR, vacancy.desk.managed_by, vacancy.desk))
    run = run_match(vacancy=vacancy, by=BY)
    put = make_override(vacancy, reason="accepts", rule="hours")
    make_override(vacancy, reason="accepts", rule="distance")
    aside = make_override(vacancy, kind="set_aside", reason="unwilling", run=run, rank=1, rule="hours")
    make_override()  # of another desk
    old = timezone.now() - timedelta(days=31)
    make_override(vacancy, decided_at=old)
    referred = make_referral(vacancy)
    referred.referred_by = make_operator(vacancy.desk)
    referred.save()
    make_referral(vacancy)  # the person's own initiative
    counted = tally(actor, 30)
    assert counted.by_reason == [
        (OverrideKind.PUT_FORWARD, OverrideReason.ACCEPTS, 2),
        (OverrideKind.SET_ASIDE, OverrideReason.UNWILLING, 1),
    ]
    assert [n for _label, n in counted.by_rule] == [1, 1]
    assert (counted.put_forward, counted.set_aside, counted.referred) == (2, 1, 1)
    assert [found.pk for found in overrides(actor, 30)][-1] == put.pk
    assert overrides(actor, 30)[0] == aside
    assert overrides(actor, 90).count() == 4
