"""Hard rules, one by one."""

from dataclasses import replace

import pytest

from matching.engine.constraints import LEGAL_BASIS, Rule, first_failed, verdicts
from matching.engine.features import PersonFeatures
from tests.matching.engine.test_scoring import IDS, JOB, NOBODY

FIT = replace(NOBODY, distance_m=5_000)


def test_who_meets_all_is_not_excluded() -> None:
    assert first_failed(JOB, FIT) is None
    assert [verdict.rule for verdict in verdicts(JOB, FIT)] == list(Rule)


@pytest.mark.parametrize(
    ("person", "rule"),
    [
        (replace(FIT, may_work=False), Rule.MAY_WORK),
        (replace(FIT, contract_types=frozenset({IDS[0]})), Rule.CONTRACT),
        (replace(FIT, hours_wanted="part_time"), Rule.HOURS),
        (replace(FIT, distance_m=20_001), Rule.DISTANCE),
    ],
)
def test_each_rule_excludes_by_itself(person: PersonFeatures, rule: Rule) -> None:
    failed = [verdict for verdict in verdicts(JOB, person) if not verdict.passed]
    assert [verdict.rule for verdict in failed] == [rule]
    assert failed[0].legal_basis == LEGAL_BASIS[rule] != ""


def test_every_licence_demanded_is_needed() -> None:
    job = replace(JOB, licences=frozenset({IDS[4], IDS[5]}))
    assert first_failed(job, replace(FIT, licences=frozenset({IDS[4]}))) is not None
    assert first_failed(job, replace(FIT, licences=frozenset({IDS[4], IDS[5], IDS[6]}))) is None


def test_distance_at_the_limit_and_unknown_do_not_exclude() -> None:
    assert first_failed(JOB, replace(FIT, distance_m=20_000)) is None
    unknown = verdicts(JOB, NOBODY)[-1]
    assert (unknown.rule, unknown.passed, unknown.known) == (Rule.DISTANCE, True, False)


def test_the_contract_among_those_accepted_passes() -> None:
    assert first_failed(JOB, replace(FIT, contract_types=frozenset({IDS[10]}))) is None
