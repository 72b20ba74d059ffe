"""What the calculator of the status reads: the dated rules, and a person's declarations and work."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from candidates.engine.events import Event, EventKind
from candidates.engine.long_term import (
    AT_LEAST_DAYS,
    FEWER_DAYS,
    MONTHS_WITHOUT_REGULAR_PAY,
    LongTerm,
    long_term,
)
from candidates.engine.unemployment import (
    CONTACT_DAYS,
    CONTACT_DAYS_AFTER_CLAIM,
    EMPLOYEE_LIMIT,
    SELF_EMPLOYED_LIMIT,
    SUSPENSION_DAYS,
    Rule,
    Rules,
    Verdict,
    judge,
)
from candidates.enums import DeclarationKind, DeclarationProvenance
from candidates.models import Candidate
from sportello.reference.models import RuleParameter
from sportello.reference.rules import MissingParameterError

NEEDED = (SUSPENSION_DAYS, EMPLOYEE_LIMIT, SELF_EMPLOYED_LIMIT, CONTACT_DAYS, CONTACT_DAYS_AFTER_CLAIM)
_KINDS = {
    DeclarationKind.INSERT: EventKind.DID,
    DeclarationKind.VALIDATE: EventKind.DID_VALIDATION,
    DeclarationKind.REVOKE: EventKind.REVOCATION,
}


def status_rules() -> Rules:
    """Every version of every rule of the status, oldest first; one query. Raises MissingParameterError."""
    keys = (*NEEDED, *AT_LEAST_DAYS, *FEWER_DAYS, *MONTHS_WITHOUT_REGULAR_PAY)
    found: dict[str, list[Rule]] = {}
    for row in RuleParameter.objects.filter(key__in=keys).order_by("key", "valid_from"):
        found.setdefault(row.key, []).append(
            Rule(row.key, int(row.value), row.valid_from, row.valid_to, row.citation, row.indicative)
        )
    if missing := [key for key in NEEDED if key not in found]:
        raise MissingParameterError(f"no rule parameter {', '.join(missing)}")
    return found


def status_events(candidate: Candidate) -> list[Event]:
    """The person's declarations and work, numbered in the order of their days; two queries."""
    declared = [
        Event(
            EventKind.NASPI_CLAIM
            if row.kind == DeclarationKind.INSERT and row.provenance == DeclarationProvenance.INPS
            else _KINDS[DeclarationKind(row.kind)],
            row.declared_on,
            row.declared_on,
            provenance=str(row.get_provenance_display()),
        )
        for row in candidate.declarations.all()
    ]
    worked = [
        Event(
            EventKind(row.kind),
            row.starts_on,
            row.ends_on,
            yearly_pay=row.yearly_pay,
            employer=row.employer,
            provenance=str(row.get_provenance_display()),
        )
        for row in candidate.work_spells.all()
    ]
    events = sorted([*declared, *worked], key=lambda event: (event.begins, event.kind.value))
    return [replace(event, number=number) for number, event in enumerate(events, start=1)]


def status_on(candidate: Candidate, day: date) -> tuple[Verdict, Sequence[LongTerm]]:
    """The verdict about a person on a day, and what each programme calls long-term; three queries. Raises MissingParameterError."""
    rules = status_rules()
    verdict = judge(status_events(candidate), day, rules)
    return verdict, long_term(verdict, rules)
