"""Declarations of immediate availability: the desk writes down what other systems hold."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from candidates.models import AvailabilityDeclaration, Candidate, WorkSpell
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk


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


@audit.service("work_spell.remove")
def remove_spell(*, spell: WorkSpell, by: Scope) -> None:
    """Take back what was written by mistake; the history keeps it."""
    spell.delete()
