"""Declarations of availability are written down once, with the residence of that day."""

from datetime import date
from typing import Any

import pytest

from candidates.models import AvailabilityDeclaration
from candidates.services.status import AlreadyRecorded, confirm_spell, record_declaration, record_spell, remove_spell
from sportello.accounts.scope import Scope
from tests.support.personas import make_candidate
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_event_keeps_its_residence_and_is_recorded_once() -> None:
    desk = make_desk()
    person = make_candidate(desk)
    facts: dict[str, Any] = {"kind": "insert", "provenance": "inps", "declared_on": date(2026, 3, 2)}
    recorded = record_declaration(candidate=person, desk=desk, by=BY, **facts)
    before, person.residence = person.residence, make_municipality()
    person.save()
    assert (recorded.residence, recorded.provenance) == (before, "inps")
    with pytest.raises(AlreadyRecorded):
        record_declaration(candidate=person, desk=desk, by=BY, **facts)
    record_declaration(candidate=person, desk=desk, by=BY, **{**facts, "kind": "revoke"})
    assert AvailabilityDeclaration.objects.count() == 2


def test_days_of_work_are_recorded_once_and_taken_back() -> None:
    person = make_candidate()
    said: dict[str, Any] = {
        "kind": "job",
        "starts_on": date(2026, 3, 2),
        "ends_on": None,
        "yearly_pay": 9000,
        "employer": "Rossi",
    }
    spell = record_spell(candidate=person, provenance="self", by=BY, **said)
    assert (spell.provenance, spell.yearly_pay) == ("self", 9000)
    with pytest.raises(AlreadyRecorded):
        record_spell(candidate=person, provenance="desk", by=BY, **said)
    remove_spell(spell=spell, by=BY)
    assert not person.work_spells.exists()


def test_what_a_notice_proves_takes_the_place_of_what_was_said() -> None:
    person = make_candidate()
    said: dict[str, Any] = {"kind": "job", "starts_on": date(2026, 3, 2), "ends_on": None, "employer": "Rossi"}
    spell = record_spell(candidate=person, provenance="self", by=BY, yearly_pay=9000, **said)
    confirmed = confirm_spell(candidate=person, by=BY, **{**said, "ends_on": date(2026, 4, 1)})
    confirmed.refresh_from_db()
    assert (confirmed.pk, confirmed.provenance, confirmed.ends_on, confirmed.yearly_pay) == (
        spell.pk,
        "notice",
        date(2026, 4, 1),
        9000,
    )
    confirm_spell(candidate=person, by=BY, **{**said, "employer": "Bianchi"})
    assert person.work_spells.count() == 2
