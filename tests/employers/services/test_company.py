"""Registering, deciding, visiting."""

from datetime import date

import pytest

from employers.enums import SettlementState, SizeBand, VisitKind
from employers.models import Company, CompanyTransition
from employers.services.company import (
    CompanyKnown,
    CompanyRegistration,
    NotAllowed,
    decide_company,
    log_visit,
    register_company,
    update_company,
)
from employers.states import CompanyState
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from sportello.territory.models import Organisation
from tests.support.employers import closing_of, make_company, make_sector, make_target
from tests.support.personas import make_operator, scope
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

VISITOR = Scope()


def registration(**fields: object) -> CompanyRegistration:
    values: dict[str, object] = {
        "name": "Rossi Logistica srl",
        "vat_number": "12345670017",
        "sector": make_sector(),
        "size_band": SizeBand.SMALL,
        "settlement_state": SettlementState.PRESENT,
        "workplace_name": "Magazzino",
        "municipality": make_municipality(),
        "address": "Via Roma 1",
        "first_name": "Carla",
        "last_name": "Rossi",
        "email": "carla@rossi.example",
    }
    return CompanyRegistration(**{**values, **fields})  # type: ignore[arg-type]


def test_registration_makes_account_body_membership_company_and_workplace() -> None:
    desk = make_desk()
    company = register_company(registration=registration(), password="tre parole lunghe", desk=desk, by=VISITOR)
    membership = Membership.objects.get(user__email="carla@rossi.example")
    assert (membership.role, membership.is_admin, membership.organisation) == (
        Role.COMPANY,
        True,
        company.organisation,
    )
    assert (company.state, company.desk, company.contact_name) == (CompanyState.SUBMITTED, desk, "Carla Rossi")
    assert company.workplaces.get().name == "Magazzino"


@pytest.mark.parametrize("taken", [{"email": "altra@rossi.example"}, {"vat_number": "00743110157"}])
def test_a_known_company_or_address_leaves_nothing_behind(taken: dict[str, str]) -> None:
    desk = make_desk()
    register_company(registration=registration(), password="tre parole lunghe", desk=desk, by=VISITOR)
    before = (User.objects.count(), Organisation.objects.count())
    with pytest.raises(CompanyKnown):
        register_company(registration=registration(**taken), password="tre parole lunghe", desk=desk, by=VISITOR)
    assert (User.objects.count(), Organisation.objects.count(), Company.objects.count()) == (*before, 1)


def test_approval_is_logged_and_told() -> None:
    company = make_company(state=CompanyState.SUBMITTED)
    operator = make_operator(company.desk)
    decided = decide_company(company=company, approved=True, by=scope(operator))
    assert (decided.state, decided.decided_by) == (CompanyState.APPROVED, operator)
    change = CompanyTransition.objects.get(company=company)
    assert (change.from_state, change.to_state, change.actor_id) == ("submitted", "approved", operator.pk)
    message = Message.objects.get(recipient=company.contact_email)
    assert message.subject == "La tua impresa può pubblicare offerte"


def test_a_rejection_says_why_and_the_company_may_come_back() -> None:
    company = make_company(state=CompanyState.SUBMITTED)
    operator = scope(make_operator(company.desk))
    with pytest.raises(NotAllowed):
        decide_company(company=company, approved=False, reason=" ", by=operator)
    decide_company(company=company, approved=False, reason="Sede non trovata", by=operator)
    assert "Sede non trovata" in Message.objects.get(recipient=company.contact_email).body
    again = update_company(company=company, by=VISITOR, description="Siamo in via Po")
    assert (again.state, again.description, again.decision_reason) == (CompanyState.SUBMITTED, "Siamo in via Po", "")


def test_a_rejected_company_holds_no_number_and_corrects_what_was_wrong() -> None:
    held = make_company(state=CompanyState.REJECTED, decision_reason="Non risulta", vat_number="00743110157")
    make_company(vat_number="00743110157")
    with pytest.raises(CompanyKnown):
        update_company(company=held, by=VISITOR, description="Siamo noi")
    right = update_company(company=held, by=VISITOR, name="Forno Rossi srl", vat_number="12345670017")
    right.refresh_from_db()
    assert (right.state, right.vat_number, right.organisation.name) == ("submitted", "12345670017", "Forno Rossi srl")
    with pytest.raises(NotAllowed):
        update_company(company=right, by=VISITOR, name="Altro nome")


@pytest.mark.parametrize("state", CompanyState)
@pytest.mark.parametrize("approved", [True, False])
def test_only_lawful_decisions_pass(state: CompanyState, approved: bool) -> None:
    company = make_company(state=state, decision_reason="Prima", **closing_of(state))
    operator = scope(make_operator(company.desk))
    to = CompanyState.APPROVED if approved else CompanyState.REJECTED
    if state == CompanyState.SUBMITTED:
        assert decide_company(company=company, approved=approved, reason="Ora", by=operator).state == to
        return
    with pytest.raises(NotAllowed):
        decide_company(company=company, approved=approved, reason="Ora", by=operator)
    company.refresh_from_db()
    assert (company.state, company.transitions.count()) == (state, 0)


def test_visits_are_written_with_who_made_them() -> None:
    company = make_company()
    operator = make_operator(company.desk)
    visit = log_visit(
        met=company,
        kind=VisitKind.ON_SITE,
        visited_on=date(2026, 3, 2),
        desk=company.desk,
        municipality=company.desk.municipality,
        notes="Cercano due persone",
        by=scope(operator),
    )
    assert (visit.operator, company.visits.get()) == (operator, visit)


@pytest.mark.parametrize("is_registered", [True, False])
def test_a_visit_to_one_to_be_won_is_on_its_card_until_it_is_registered(is_registered: bool) -> None:
    company = make_company()
    desk = company.desk
    target = make_target(make_operator(desk), desk, company=company if is_registered else None)
    visit = log_visit(
        met=target,
        kind=VisitKind.REMOTE,
        visited_on=date(2026, 3, 2),
        desk=desk,
        municipality=desk.municipality,
        notes="",
        by=scope(make_operator(desk)),
    )
    assert (visit.company, visit.target) == ((company, None) if is_registered else (None, target))
