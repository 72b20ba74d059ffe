"""The end of a company's service, and its return. What hangs from its vacancies ends in `matching.services.closing`."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from employers.enums import CLOSED_BY_THE_DESK, ClosingReason
from employers.models import Company
from employers.services.company import NotAllowed, lock_company, move_company
from employers.services.interest import require_impartial
from employers.services.messages import send_company_closed
from employers.services.vacancy import end_vacancies
from employers.states import CompanyState
from sportello.accounts.models import ApiKey
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import revoke_key
from sportello.core import audit


@audit.service("company.close")
def close_company(*, company: Company, reason: str, closed_on: date, by: Scope, note: str = "") -> Company:
    """Close an approved company: its vacancies leave the board or the desk, its keys open nothing.

    `reason` is a ClosingReason, `note` the desk's own words for the log; the day is not in the future. Raises NotAllowed,
    ConflictOfInterest.
    """
    if reason not in CLOSED_BY_THE_DESK or closed_on > timezone.localdate():
        raise NotAllowed
    require_impartial(company.pk, by=by)
    company = shut_company(company, ClosingReason(reason), closed_on, note=note, by=by)
    words = str(ClosingReason(reason).label)
    end_vacancies(company=company, reason=_("L'impresa è chiusa: %(reason)s") % {"reason": words}, by=by)
    send_company_closed(company=company, by=by)
    return company


def shut_company(company: Company, reason: ClosingReason, closed_on: date, *, note: str, by: Scope) -> Company:
    """Bring it to its end, log why, and close its keys; what becomes of its vacancies is for who calls. Raises NotAllowed."""
    company = lock_company(company)
    words = str(reason.label)
    company = move_company(company, CompanyState.CLOSED, by=by, reason=f"{words}. {note}".strip() if note else words)
    company.closed_on, company.closing_reason = closed_on, reason
    company.save(update_fields=["state", "closed_on", "closing_reason"])
    for key in ApiKey.objects.filter(organisation=company.organisation_id, revoked_at__isnull=True).order_by("pk"):
        revoke_key(key=key, by=by)
    return company


@audit.service("company.reopen")
def reopen_company(*, company: Company, reason: str, by: Scope) -> Company:
    """Serve it again: it writes new vacancies and makes new keys, what was ended stays so. Raises NotAllowed, also without a
    reason and for one whose place another has taken, and ConflictOfInterest.
    """
    if not reason.strip():
        raise NotAllowed
    require_impartial(company.pk, by=by)
    company = lock_company(company)
    if company.closing_reason not in CLOSED_BY_THE_DESK:
        raise NotAllowed
    company = move_company(company, CompanyState.APPROVED, by=by, reason=reason)
    company.closed_on, company.closing_reason = None, ""
    company.save()
    send_company_closed(company=company, by=by)
    return company
