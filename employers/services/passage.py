"""A company passes to another desk. The placements that pass with it are moved in `matching.services.passage`."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employers.models import Company, CompanyPassage, TargetCompany
from employers.queries.companies import serves
from employers.services.company import NotAllowed, lock_company
from employers.services.interest import require_impartial
from employers.services.messages import tell_company
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.notify import MessageKind, register
from sportello.territory.enums import DeskState
from sportello.territory.models import Desk

COMPANY_PASSED = register(
    MessageKind(
        "company_passed",
        "employers/messages/company_passed_subject.txt",
        "employers/messages/company_passed_body.txt",
        purpose=_("Dire all'impresa quale sportello la segue da ora, e perché"),
    )
)


class NotYours(Exception):
    """Another desk's company: who serves it lets it go, or who coordinates one of the two desks."""


class OwnerNeeded(Exception):
    """The desk follows the company as one to be won, and nobody of the new desk is named to go on."""


def may_pass(company: Company, by: Scope) -> bool:
    """Whether the actor may send the company to another desk: they serve its own, or coordinate desks."""
    return bool(by.process) or by.coordinates or company.desk_id in by.desk_ids


@audit.service("company.pass")
def pass_company(*, company: Company, desk: Desk, reason: str, by: Scope, owner: User | None = None) -> CompanyPassage:
    """Hand a company over to another open desk, which reads its vacancies and follows it from now on; the company is told.

    Where the company is one to be won, its card goes to `owner`, of the new desk; without it, it stays with who follows it if
    they serve that desk too. Raises NotAllowed (the same desk, a closed one, no reason), NotYours, OwnerNeeded, ConflictOfInterest.
    """
    require_impartial(company.pk, by=by)
    company = lock_company(company)
    if not may_pass(company, by):
        raise NotYours
    if desk.pk == company.desk_id or desk.state == DeskState.CLOSED or not reason.strip():
        raise NotAllowed
    passage = CompanyPassage.objects.create(
        company=company,
        from_desk_id=company.desk_id,
        to_desk=desk,
        reason=reason.strip(),
        actor_id=by.actor_id,
        actor_label=by.actor_label,
    )
    company.desk = desk
    # Its key is not written: a hire that waits for its end with a vacancy in hand names the company, and may.
    company.save(update_fields=["desk"])
    # Those that are over too: a hire that is not confirmed brings one back.
    held = company.vacancies.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    company.vacancies.filter(pk__in=list(held)).update(desk=desk)
    for target in TargetCompany.objects.select_for_update(of=("self",)).filter(company=company):
        owner = owner or target.owner
        if not serves(owner, desk):
            raise OwnerNeeded
        target.desk, target.owner = desk, owner
        target.save()
    path = reverse("territory:desk_detail", kwargs={"slug": desk.slug})
    tell_company(COMPANY_PASSED, company, path, by, passage=passage)
    return passage
