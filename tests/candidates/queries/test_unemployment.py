"""The rules of the tables and what is on file about a person become a verdict."""

from datetime import date, timedelta

import pytest

from candidates.engine.events import EventKind
from candidates.engine.unemployment import State
from candidates.models import AvailabilityDeclaration, Candidate, WorkSpell
from candidates.queries.unemployment import NEEDED, status_events, status_on, status_rules
from sportello.reference.models import RuleParameter
from sportello.reference.rules import MissingParameterError
from tests.candidates.engine.rules import RULES
from tests.support.personas import make_candidate
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.usefixtures("vocabulary")

D = date(2025, 1, 1)


def declare(person: Candidate, kind: str, day: date, provenance: str = "regional") -> None:
    desk = person.intakes.get().desk
    AvailabilityDeclaration.objects.create(
        candidate=person, kind=kind, provenance=provenance, declared_on=day, desk=desk, residence=person.residence
    )


def test_the_rules_on_file_are_those_the_calculator_was_tried_with() -> None:
    found = status_rules()
    assert {key: [rule.value for rule in found[key]] for key in RULES} == {
        key: [rule.value for rule in versions] for key, versions in RULES.items()
    }
    assert all(rule.citation for versions in found.values() for rule in versions)


def test_a_missing_rule_is_not_guessed() -> None:
    RuleParameter.objects.filter(key=NEEDED[0]).delete()
    with pytest.raises(MissingParameterError, match=NEEDED[0]):
        status_rules()


def test_what_is_on_file_is_read_in_the_order_of_its_days() -> None:
    person, other = make_candidate(make_desk()), make_candidate(make_desk())
    declare(person, "validate", D + timedelta(days=9))
    declare(person, "insert", D, "inps")
    declare(other, "revoke", D)
    WorkSpell.objects.create(candidate=person, kind="job", starts_on=D + timedelta(days=20), provenance="self")
    assert [(e.number, e.kind) for e in status_events(person)] == [
        (1, EventKind.NASPI_CLAIM),
        (2, EventKind.DID_VALIDATION),
        (3, EventKind.JOB),
    ]
    with queries_of() as asked:
        verdict, found = status_on(person, D + timedelta(days=29))
    assert len(asked) == 3
    assert (verdict.state, verdict.seniority_days, verdict.suspended_days) == (State.SUSPENDED, 20, 10)
    assert {answer.rule.key for answer in found} >= {"long_term_unemployed_days", "gol_long_term_unemployed_days"}
