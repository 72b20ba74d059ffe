"""A company passes to another desk with all that hangs from it."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from candidates.models import Case, Intake
from employers.models import Company, CompanyPassage
from employers.services.passage import pass_company
from matching.models import Placement
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Desk


@audit.service("company.hand_on")
def hand_on_company(
    *, company: Company, desk: Desk, reason: str, by: Scope, owner: User | None = None
) -> CompanyPassage:
    """As `pass_company`, with the hires that the old desk checks only because the vacancy was its own.

    Those of a person whom a desk follows, or received, stay with that desk: it knows them. Raises what `pass_company` does.
    """
    passage = pass_company(company=company, desk=desk, reason=reason, owner=owner, by=by)
    move_placements(passage.company, left=passage.from_desk_id)
    return passage


def move_placements(company: Company, *, left: UUID) -> None:
    """To the company's desk those that another checks only because the vacancy was its own; who calls holds the vacancies."""
    known = Exists(Case.objects.filter(candidate=OuterRef("candidate"))) | Exists(
        Intake.objects.filter(candidate=OuterRef("candidate"))
    )
    held = (
        Placement.objects.select_for_update(of=("self",))
        .filter(~known, company=company, desk=left)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    Placement.objects.filter(pk__in=list(held)).update(desk=company.desk_id)
