"""Declarations of availability: each event stands once."""

from datetime import date

import pytest

from candidates.models import AvailabilityDeclaration, Candidate, WorkSpell
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


def test_work_stands_once_and_ends_after_it_begins() -> None:
    person = make_candidate()

    def work(kind: str = "job", first: int = 4, last: int | None = None, employer: str = "Rossi") -> None:
        WorkSpell.objects.create(
            candidate=person,
            kind=kind,
            starts_on=date(2026, 5, first),
            ends_on=date(2026, 5, last) if last else None,
            employer=employer,
            provenance="self",
        )

    work()
    with refused("work_spell_recorded_once"):
        work(last=9)
    with refused("work_spell_ends_after_it_starts"):
        work(first=5, last=4)
    work(employer="Bianchi")
    work(kind="internship", last=4)
    assert WorkSpell.objects.count() == 3
