"""Declarations of immediate availability: the desk writes down what other systems hold."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from candidates.enums import SpellKind, SpellProvenance
from candidates.models import AvailabilityDeclaration, Candidate, WorkSpell
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk

REMOVABLE = {
    SpellProvenance.SELF: frozenset({SpellProvenance.SELF}),
    SpellProvenance.DESK: frozenset({SpellProvenance.SELF, SpellProvenance.DESK}),
}
"""Whose words each may take back: the person their own, the desk both; what a mandatory notice says stays."""


class AlreadyRecorded(Exception):
    """The same event of that day is on file."""


@audit.service("declaration.record")
def record_declaration(
    *, candidate: Candidate, desk: Desk, kind: str, provenance: str, declared_on: date, by: Scope
) -> AvailabilityDeclaration:
    """Write down one event of a declaration (art. 19 D.Lgs. 150/2015), with the residence of today. Raises AlreadyRecorded."""
    try:
        with transaction.atomic():
            return AvailabilityDeclaration.objects.create(
                candidate=candidate,
                desk=desk,
                residence_id=candidate.residence_id,
                kind=kind,
                provenance=provenance,
                declared_on=declared_on,
            )
    except IntegrityError as error:
        raise AlreadyRecorded from error


@audit.service("work_spell.record")
def record_spell(*, candidate: Candidate, provenance: str, by: Scope, **said: Any) -> WorkSpell:
    """Write down days of work, or of a suspension: kind, first and last day, yearly pay, employer. Raises AlreadyRecorded."""
    try:
        with transaction.atomic():
            return WorkSpell.objects.create(candidate=candidate, provenance=provenance, **said)
    except IntegrityError as error:
        raise AlreadyRecorded from error


@audit.service("work_spell.confirm")
def confirm_spell(
    *, candidate: Candidate, kind: SpellKind, starts_on: date, ends_on: date | None, employer: str, by: Scope
) -> WorkSpell:
    """Write down work that a mandatory notice proves; what was said of the same work is confirmed, and its pay stays."""
    spell, is_new = WorkSpell.objects.get_or_create(
        candidate=candidate,
        kind=kind,
        starts_on=starts_on,
        employer=employer,
        defaults={"ends_on": ends_on, "provenance": SpellProvenance.NOTICE},
    )
    if not is_new:
        spell.ends_on = ends_on
        spell.provenance = SpellProvenance.NOTICE
        spell.save(update_fields=["ends_on", "provenance"])
    return spell


@audit.service("work_spell.remove")
def remove_spell(*, spell: WorkSpell, by: Scope) -> None:
    """Take back what was written by mistake; the history keeps it."""
    spell.delete()
