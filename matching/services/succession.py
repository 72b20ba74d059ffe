"""A company takes the place of another, and whoever applied there goes on."""

from datetime import date

from candidates.models import DisclosureRequest
from candidates.services.disclosure import ask_anew
from candidates.states import DisclosureState
from employers.enums import SuccessionKind
from employers.models import Company, CompanySuccession
from employers.services.succession import succeed_company
from matching.models import Referral
from matching.services.messages import tell_new_employer
from matching.services.passage import move_placements
from matching.services.referral import lock_referrals
from matching.states import GOING_ON
from sportello.accounts.scope import Scope
from sportello.core import audit


@audit.service("company.pass_on")
def pass_on_company(
    *, company: Company, successor: Company, kind: str, since: date, motive: str, by: Scope
) -> CompanySuccession:
    """As `succeed_company`; every application goes on where it was, and each person who waits or was hired is told.

    A yes to be seen was given to one employer. Where another takes its place the yes ends, and the new one is not handed it:
    it reads the profile without a name, and the person is asked anew. A question not yet answered names the new employer. A name
    that was hidden stays hidden. Of one company that was registered twice the yes holds: it was given to that very company.
    Raises what `succeed_company` does.
    """
    # Companies by id, vacancies, referrals, in this order: who applies in this moment came before and is found by the name of the
    # old body, or finds the new employer.
    succession = succeed_company(company=company, successor=successor, kind=kind, since=since, motive=motive, by=by)
    move_placements(succession.successor, left=succession.company.desk_id)
    body = succession.company.organisation_id
    for referral in lock_referrals(Referral.objects.filter(disclosure__organisation=body, state__in=GOING_ON)):
        if kind == SuccessionKind.TAKEOVER and referral.disclosure.state in (
            DisclosureState.ASKED,
            DisclosureState.GRANTED,
        ):
            ask_anew(request=referral.disclosure, organisation=succession.successor.organisation, by=by)
        # Who was asked to answer at last was another: the new one has its own time, and nobody's application closes before.
        referral.chased_at = None
        referral.save(update_fields=["chased_at"])
        tell_new_employer(referral=referral, succession=succession, by=by)
    if kind == SuccessionKind.DUPLICATE:
        DisclosureRequest.objects.filter(organisation=body).update(organisation=succession.successor.organisation_id)
    return succession
