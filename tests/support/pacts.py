"""Service pacts: a whole draft, one that the operator has signed, one that both have."""

from datetime import date
from typing import Any

from candidates.engine.unemployment import (
    CONTACT_DAYS,
    CONTACT_DAYS_AFTER_CLAIM,
    EMPLOYEE_LIMIT,
    SELF_EMPLOYED_LIMIT,
    SUSPENSION_DAYS,
)
from candidates.enums import SignatureWay
from candidates.models import Case, ServicePact
from candidates.services import plan, signing
from sportello.accounts.scope import Scope
from sportello.reference.models import RuleParameter
from tests.support.employers import make_rule
from tests.support.personas import make_case, make_operator
from tests.support.territory import make_desk

BY = Scope.of_process("tests")
WHOLE: dict[str, Any] = {
    "employability_profile": "Esperienza di magazzino",
    "search_acts": "Tre candidature alla settimana",
    "contact_every_days": 15,
    "proof_of_search": "Elenco delle candidature",
}
RULES = {
    SUSPENSION_DAYS: 180,
    EMPLOYEE_LIMIT: 8174,
    SELF_EMPLOYED_LIMIT: 5500,
    CONTACT_DAYS: 30,
    CONTACT_DAYS_AFTER_CLAIM: 15,
}


def make_status_rules() -> None:
    """Every rule on which the verdict about the status rests."""
    known = set(RuleParameter.objects.filter(key__in=RULES).values_list("key", flat=True))
    for key in RULES.keys() - known:
        make_rule(key, RULES[key])


def a_case(**desk: Any) -> Case:
    """An open case at a desk of its own, followed by its operator."""
    place = make_desk(**desk)
    return make_case(place, operator=make_operator(place))


def a_draft(case: Case, *, by: Scope = BY, **fields: Any) -> ServicePact:
    """A whole draft, or the one there is, changed."""
    values = {"kind": "local", "responsible": case.responsible_operator, **WHOLE, **fields}
    return plan.draft_pact(case=case, by=by, **values)


def frozen(pact: ServicePact, *, by: Scope = BY) -> ServicePact:
    """Signed by the operator."""
    make_status_rules()
    return signing.freeze_pact(pact=pact, by=by)


def sign_both(pact: ServicePact, *, on: date | None = None) -> ServicePact:
    """Signed by both, on paper."""
    return signing.sign_pact(pact=frozen(pact), how=SignatureWay.PAPER, on=on, by=BY)
