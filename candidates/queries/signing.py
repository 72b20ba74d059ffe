"""Reads about the way of a pact from draft to signature."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from candidates.models import Candidate, Case, PactReview, ServicePact
from candidates.states import CaseState, PactState, ReviewState
from sportello.accounts.scope import Scope


@dataclass(frozen=True)
class SigningPage:
    """The signed versions of a case's pact, newest first, and the answers about its draft, newest first."""

    versions: list[ServicePact]
    reviews: list[PactReview]

    @property
    def review(self) -> PactReview | None:
        """The last word on the draft; None where nobody was asked about the text as it is now."""
        last = self.reviews[0] if self.reviews else None
        return last if last and last.state != ReviewState.WITHDRAWN else None


def signing_page(case: Case, draft: ServicePact | None) -> SigningPage:
    """At most two queries."""
    signed = case.service_pacts.exclude(state=PactState.DRAFT).select_related("operator_signed_by")
    reviews = draft.reviews.select_related("asked_by", "decided_by").order_by("-asked_at", "pk") if draft else []
    return SigningPage(versions=list(signed.order_by("-version")), reviews=list(reviews))


def reviews_waiting(scope: Scope) -> QuerySet[PactReview]:
    """Drafts of the actor's desks that wait for a second person, and that they may judge; the oldest first."""
    return (
        PactReview.objects.filter(state=ReviewState.ASKED, pact__case__in=Case.objects.visible_to(scope).open())
        .exclude(asked_by=scope.user_id)
        .exclude(pact__written_by=scope.user_id)
        .select_related("pact__case__candidate", "pact__case__desk", "asked_by")
        .order_by("asked_at", "pk")
    )


def pact_to_sign(candidate: Candidate) -> ServicePact | None:
    """The text that the operator has signed and the person may sign."""
    return ServicePact.objects.filter(
        case__candidate=candidate,
        case__state=CaseState.OPEN,
        state=PactState.DRAFT,
        operator_signed_at__isnull=False,
    ).first()


def own_versions(candidate: Candidate) -> list[ServicePact]:
    """The pacts that the person signed, newest first."""
    signed = ServicePact.objects.filter(case__candidate=candidate).exclude(state=PactState.DRAFT)
    return list(signed.order_by("-signed_on", "-version", "pk"))


def own_print(candidate: Candidate, pk: object) -> ServicePact:
    """A signed pact of the person whose print is there, or a 404."""
    return get_object_or_404(ServicePact.objects.exclude(pdf=""), pk=pk, case__candidate=candidate)
