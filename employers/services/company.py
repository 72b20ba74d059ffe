"""A company from its registration to the desk's decision, its workplaces and the visits it receives."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.enums import ClosingReason
from employers.models import Company, CompanyTransition, CompanyVisit, TargetCompany, Workplace
from employers.services.interest import require_impartial
from employers.services.messages import send_company_decision, send_company_known, send_company_receipt
from employers.states import COMPANY_TRANSITIONS, CompanyState
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.text import sort_key
from sportello.reference.models import Sector
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Desk, Municipality, Organisation
from sportello.territory.rules import Point


class CompanyKnown(Exception):
    """The VAT number or the e-mail address is on file already."""


class NotAllowed(Exception):
    """The company's state does not permit the change, or a reason is missing."""


@dataclass(frozen=True)
class CompanyRegistration:
    """What a company told of itself, already checked by the forms."""

    name: str
    vat_number: str
    sector: Sector
    size_band: str
    settlement_state: str
    workplace_name: str
    municipality: Municipality
    address: str
    first_name: str
    last_name: str
    email: str
    phone: str = ""


@audit.service("company.register")
def register_company(*, registration: CompanyRegistration, password: str, desk: Desk, by: Scope) -> Company:
    """Account, body, membership, company and first workplace, or none of them. Raises CompanyKnown."""
    r = registration
    try:
        with transaction.atomic():
            user = User.objects.create_user(r.email, password, first_name=r.first_name, last_name=r.last_name)
            organisation = Organisation.objects.create(
                kind=OrganisationKind.COMPANY,
                name=r.name,
                sort_key=sort_key(r.name),
                municipality=r.municipality,
                email=user.email,
                phone=r.phone,
            )
            company = Company.objects.create(
                organisation=organisation,
                vat_number=r.vat_number,
                sector=r.sector,
                size_band=r.size_band,
                settlement_state=r.settlement_state,
                contact_name=user.get_full_name(),
                contact_email=user.email,
                contact_phone=r.phone,
                desk=desk,
            )
    except IntegrityError as error:
        raise CompanyKnown from error
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    Membership.objects.create(user=user, organisation=organisation, role=Role.COMPANY, is_admin=True, decides=True)
    Workplace.objects.create(company=company, name=r.workplace_name, municipality=r.municipality, address=r.address)
    return company


@audit.service("company.send_registration")
def send_registration(*, registration: CompanyRegistration, password: str, desk: Desk, by: Scope) -> Company | None:
    """Register a company and write to who did; the link in the message lets them in.

    None when the number or the address is on file: whoever it belongs to is written to, and nobody else learns it.
    """
    try:
        company = register_company(registration=registration, password=password, desk=desk, by=by)
    except CompanyKnown:
        _write_to_known(registration, by=by)
        return None
    send_company_receipt(company=company, user=User.objects.get(email=registration.email), by=by)
    return company


def _write_to_known(registration: CompanyRegistration, *, by: Scope) -> None:
    known = (
        Company.objects.exclude(state=CompanyState.REJECTED)
        .exclude(closing_reason=ClosingReason.DUPLICATE)
        .select_related("organisation")
        .filter(vat_number=registration.vat_number)
        .first()
    )
    owner = User.objects.filter(email__iexact=registration.email, is_active=True).first()
    if known and known.contact_email:
        send_company_known(to=known.contact_email, company=known, by=by)
    elif known is None and owner:
        send_company_known(to=owner.email, company=None, by=by)


@audit.service("company.decide")
def decide_company(*, company: Company, approved: bool, by: Scope, reason: str = "") -> Company:
    """Approve or reject what was submitted and tell the company. A rejection needs its reason.

    Raises NotAllowed, ConflictOfInterest.
    """
    require_impartial(company.pk, by=by)
    company = lock_company(company)
    if company.state != CompanyState.SUBMITTED or not (approved or reason.strip()):
        raise NotAllowed
    company = move_company(company, CompanyState.APPROVED if approved else CompanyState.REJECTED, by=by, reason=reason)
    company.decided_by_id = by.user_id
    company.decided_at = timezone.now()
    company.decision_reason = reason
    company.save()
    send_company_decision(company=company, by=by)
    return company


@audit.service("company.update")
def update_company(*, company: Company, by: Scope, name: str = "", **fields: Any) -> Company:
    """Change the data the company keeps of itself; one that was rejected goes back to the desk. `fields` are the model's.

    What the desk has approved stays: `name`, the VAT number and the sector change only after a rejection; of one that is closed
    nothing changes. Raises NotAllowed, CompanyKnown.
    """
    company = lock_company(company)
    if company.state == CompanyState.CLOSED:
        raise NotAllowed
    if company.state == CompanyState.REJECTED:
        company = move_company(company, CompanyState.SUBMITTED, by=by)
        company.decision_reason = ""
    elif name or fields.keys() & {"vat_number", "sector"}:
        raise NotAllowed
    for field, value in fields.items():
        setattr(company, field, value)
    try:
        with transaction.atomic():
            company.save()
    except IntegrityError as error:
        raise CompanyKnown from error
    if name:
        company.organisation.name, company.organisation.sort_key = name, sort_key(name)
        company.organisation.save()
    return company


@audit.service("workplace.add")
def add_workplace(
    *, company: Company, name: str, municipality: Municipality, address: str, point: Point | None, by: Scope
) -> Workplace:
    """One more place where people work; without a `point` it is its town. Raises NotAllowed for a company that is closed."""
    if lock_company(company).state == CompanyState.CLOSED:
        raise NotAllowed
    return Workplace.objects.create(
        company=company,
        name=name,
        municipality=municipality,
        address=address,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
    )


@audit.service("workplace.edit")
def edit_workplace(
    *, workplace: Workplace, name: str, municipality: Municipality, address: str, point: Point | None, by: Scope
) -> Workplace:
    """Say better where people work; without a `point` the place is its town. The vacancies of the place follow.

    Raises NotAllowed for a company that is closed.
    """
    if lock_company(workplace.company).state == CompanyState.CLOSED:
        raise NotAllowed
    workplace = Workplace.objects.select_for_update(of=("self",)).get(pk=workplace.pk)
    workplace.name, workplace.municipality, workplace.address = name, municipality, address
    workplace.latitude, workplace.longitude = (point.latitude, point.longitude) if point else (None, None)
    workplace.save()
    return workplace


@audit.service("company.visit")
def log_visit(
    *,
    met: Company | TargetCompany,
    kind: str,
    visited_on: date,
    desk: Desk,
    municipality: Municipality,
    notes: str,
    by: Scope,
) -> CompanyVisit:
    """Write down a meeting with a company; with one to be won, as long as it is not registered, on its card."""
    target = met if isinstance(met, TargetCompany) and met.company_id is None else None
    return CompanyVisit.objects.create(
        company=met.company if isinstance(met, TargetCompany) else met,
        target=target,
        kind=kind,
        visited_on=visited_on,
        desk=desk,
        municipality=municipality,
        notes=notes,
        operator_id=by.user_id,
    )


def lock_company(company: Company) -> Company:
    """The row as it is now, held until the end of the transaction. Whoever holds vacancies too takes the company first."""
    return lock_companies(company)[company.pk]


def lock_companies(*companies: Company) -> dict[UUID, Company]:
    """The same of several, by id: two who hold them at once wait for each other."""
    # Whoever holds a vacancy may write a row that names the company: that asks only that its key stays, and need not wait.
    held = Company.objects.select_for_update(of=("self",), no_key=True).prefetch_related("organisation", "desk")
    # The desk is read after the lock: joined to a row that was waited for, a new one would not be found.
    return {company.pk: company for company in held.filter(pk__in=[c.pk for c in companies]).order_by("pk")}


def move_company(company: Company, to: CompanyState, *, by: Scope, reason: str = "") -> Company:
    """Lock, check, log; the caller saves. Raises NotAllowed."""
    company = lock_company(company)
    if to not in COMPANY_TRANSITIONS[CompanyState(company.state)]:
        raise NotAllowed
    CompanyTransition.objects.create(
        company=company,
        from_state=company.state,
        to_state=to,
        reason=reason,
        actor_id=by.actor_id,
        actor_label=by.actor_label,
    )
    company.state = to
    return company
