"""Declarations of availability: each event stands once."""

from datetime import date

import pytest

from candidates.models import AvailabilityDeclaration, Candidate
from tests.support.personas import make_candidate
from tests.support.refusals import refused
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_an_event_of_a_day_stands_once_whoever_reports_it() -> None:
    desk = make_desk()
    person, other = make_candidate(desk), make_candidate(desk)

    def declare(who: Candidate, kind: str, day: int, provenance: str = "inps") -> None:
        AvailabilityDeclaration.objects.create(
            candidate=who,
            kind=kind,
            provenance=provenance,
            declared_on=date(2026, 5, day),
            desk=desk,
            residence=desk.municipality,
        )

    declare(person, "insert", 4)
    with refused("declaration_recorded_once"):
        declare(person, "insert", 4, "regional")
    declare(person, "revoke", 4)
    declare(person, "insert", 5)
    declare(other, "insert", 4)
    assert AvailabilityDeclaration.objects.count() == 4
