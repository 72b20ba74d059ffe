"""Page-shaped reads of tenders."""

from uuid import UUID

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from employers.models import PremiumAward, TenderCriterion
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.territory.models import Organisation


def tenders(scope: Scope) -> QuerySet[TenderCriterion]:
    """Tenders of the official's body, the latest deadline first, each with `bidders`."""
    found = TenderCriterion.objects.visible_to(scope).annotate(bidders=Count("awards"))
    return found.order_by("-deadline", "pk")


def visible_tender(scope: Scope, pk: UUID) -> TenderCriterion:
    """The tender, or a 404 when it is another body's."""
    found = TenderCriterion.objects.visible_to(scope).select_related("organisation", "confirmed_by")
    return get_object_or_404(found, pk=pk)


def visible_bidder(scope: Scope, pk: UUID) -> PremiumAward:
    """The bidder with its tender, or a 404 when the tender is another body's."""
    mine = TenderCriterion.objects.visible_to(scope)
    return get_object_or_404(PremiumAward.objects.filter(tender__in=mine).select_related("tender"), pk=pk)


def tendering_body(scope: Scope) -> Organisation:
    """The body for which the official signs in; a 404 for one without."""
    bodies = Organisation.objects.filter(pk__in=scope.organisation_ids(Role.OFFICIAL)).order_by("sort_key", "pk")
    return get_object_or_404(bodies[:1])
