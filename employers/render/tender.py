"""Each bidder of a tender with the certificate seen, the verdict and the law: live until confirmed, then as it was frozen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise

from employers.engine.certificate import Standing, best_of, premium
from employers.enums import EqualityEvidence
from employers.models import GenderEqualityCertificate, PremiumAward, TenderCriterion
from employers.queries.certificates import as_paper, papers_by_vat
from employers.render.certificate import STANDINGS
from sportello.core.pdf import SCHEME, Printed, print_page
from sportello.reference.models import RuleParameter
from sportello.reference.rules import parameters

SELF_DECLARED = "tender_premium_self_declared_percent"


@dataclass(frozen=True)
class Check:
    """The verdict on one bidder; `seen` are the facts of the paper it rests on, with days as dates, None without a paper."""

    award: PremiumAward
    standing: Standing
    points: Decimal
    evidence: dict[str, Any]

    @property
    def words(self) -> str | Promise:
        return STANDINGS[self.standing]

    @property
    def earns(self) -> bool:
        return self.points > 0

    @property
    def seen(self) -> dict[str, Any] | None:
        paper = self.evidence["paper"]
        if paper is None:
            return None
        return {name: parse_date(value) if name.endswith("_on") and value else value for name, value in paper.items()}

    @property
    def missed(self) -> list[date | None]:
        return [parse_date(day) for day in self.evidence["missed_surveillances"]]


def checks_of(tender: TenderCriterion) -> list[Check]:
    """Every bidder in the order of entry: frozen rows as they stand, the others reckoned now; at most four queries.

    Raises MissingParameterError for a deadline before the rule.
    """
    awards = list(tender.awards.order_by("added_at", "pk"))
    if tender.confirmed_at:
        return [Check(row, Standing(row.standing), row.points or Decimal(0), row.evidence or {}) for row in awards]
    day = timezone.localdate(tender.deadline)
    rules = parameters(SELF_DECLARED, "equality_certificate_months", "equality_surveillance_months", on=day)
    papers = papers_by_vat(award.vat_number for award in awards)
    return [_check(award, papers.get(award.vat_number, []), tender.points, day, rules) for award in awards]


def _check(
    award: PremiumAward,
    rows: Iterable[GenderEqualityCertificate],
    points: Decimal,
    day: date,
    rules: dict[str, RuleParameter],
) -> Check:
    by_key = {str(row.pk): row for row in rows}
    standing, paper = best_of((as_paper(row) for row in by_key.values()), day)
    row = by_key[paper.key] if paper else None
    worth = premium(standing, points, self_declared_percent=int(rules[SELF_DECLARED].value))
    return Check(award, standing, worth, _evidence(row, day, rules))


def _evidence(row: GenderEqualityCertificate | None, day: date, rules: dict[str, RuleParameter]) -> dict[str, Any]:
    """All that the verdict rests on, as JSON: no later change of the register touches it."""
    turns = row.surveillances.all() if row and row.kind == EqualityEvidence.CERTIFICATE else ()
    return {
        "day": day.isoformat(),
        "paper": row and _paper(row),
        "missed_surveillances": [turn.due_on.isoformat() for turn in turns if not turn.done_on and turn.due_on < day],
        "rules": [
            {"key": rule.key, "value": rule.value, "citation": rule.citation, "valid_from": rule.valid_from.isoformat()}
            for rule in rules.values()
        ],
    }


def _paper(row: GenderEqualityCertificate) -> dict[str, Any]:
    verified_on = timezone.localdate(row.decided_at) if row.decided_at and row.state == "verified" else None
    days = {
        "issued_on": row.issued_on,
        "expires_on": row.expires_on,
        "revoked_on": row.revoked_on,
        "verified_on": verified_on,
    }
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "body": row.body,
        "body_accreditation": row.body_accreditation,
        "number": row.number,
        **{name: value and value.isoformat() for name, value in days.items()},
    }


def print_check_page(tender: TenderCriterion) -> Printed:
    """The confirmed check, to keep with the papers of the tender. The bytes depend on the rows alone."""
    checks = checks_of(tender)
    context = {
        "tender": tender,
        "checks": checks,
        "rules": checks[0].evidence["rules"] if checks else [],
        "stylesheet": f"{SCHEME}css/check-print.css",
    }
    return print_page(render_to_string("employers/pdf/tender_check.html", context))
