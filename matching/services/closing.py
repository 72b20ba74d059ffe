"""The end of a company's service with all that hung from it."""

from datetime import date

from employers.models import Company
from employers.services.closing import close_company
from matching.models import Referral
from matching.services.referral import close_with_company, lock_referrals
from sportello.accounts.scope import Scope
from sportello.core import audit


@audit.service("company.end")
def end_company(*, company: Company, reason: str, closed_on: date, by: Scope, note: str = "") -> Company:
    """Close the company and end every application to it, each person told kindly. As `close_company`. Raises its NotAllowed."""
    # Company, vacancies, referrals in this order: who applies in this moment came before, or finds the vacancy closed.
    company = close_company(company=company, reason=reason, closed_on=closed_on, note=note, by=by)
    for referral in lock_referrals(Referral.objects.open().filter(vacancy__company=company)):
        close_with_company(referral=referral, by=by)
    return company
