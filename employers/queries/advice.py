"""Page-shaped reads of the Punto Parità."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from employers.models import AdvisoryRequest, Company, ReadinessChecklist
from employers.models.advice import AdvisoryQuerySet
from employers.states import AdvisoryState
from sportello.accounts.scope import Scope


def advice_queue(scope: Scope, *, state: str) -> AdvisoryQuerySet:
    """Requests of a state, all for another word: those that wait first come first, meetings in their order."""
    found = AdvisoryRequest.objects.visible_to(scope).select_related("company__organisation", "adviser")
    if state in AdvisoryState:
        found = found.filter(state=state)
    return found.order_by("meets_at" if state == AdvisoryState.CONFIRMED else "asked_at", "pk")


def advice_waiting(scope: Scope) -> AdvisoryQuerySet:
    """Requests for which nobody has set an hour."""
    return AdvisoryRequest.objects.visible_to(scope).filter(state=AdvisoryState.ASKED)


def visible_advice(scope: Scope, pk: UUID) -> AdvisoryRequest:
    """The request, or a 404 when the actor may not see it."""
    found = AdvisoryRequest.objects.visible_to(scope).select_related(
        "company__organisation", "company__desk", "adviser"
    )
    return get_object_or_404(found, pk=pk)


def requests_of(company: Company) -> QuerySet[AdvisoryRequest]:
    """The company's requests, newest first."""
    return company.advisory_requests.select_related("adviser").order_by("-asked_at", "pk")


def checklist_of(company: Company) -> ReadinessChecklist | None:
    """What the company has answered so far, None before the first answer."""
    return ReadinessChecklist.objects.filter(company=company).first()
