"""Page-shaped reads about companies."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from employers.models import Company, CompanyVisit
from employers.states import CompanyState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.core.text import search_key
from sportello.reference.models import Sector

_SHORTEST_STEM = 4


def own_company(scope: Scope) -> Company | None:
    """The company for which the actor signs in."""
    return (
        Company.objects.filter(organisation__in=scope.organisation_ids(Role.COMPANY))
        .select_related("organisation", "desk", "sector")
        .order_by("registered_on", "pk")
        .first()
    )


def companies(scope: Scope, *, state: str = "", text: str = "") -> QuerySet[Company]:
    """Companies the actor may see, those that wait for a decision first; `state` and `text` narrow the list."""
    found = Company.objects.visible_to(scope).select_related("organisation", "sector", "desk")
    if state in CompanyState:
        found = found.filter(state=state)
    if key := search_key(text):
        found = found.filter(Q(organisation__sort_key__contains=key) | Q(vat_number=key.replace(" ", "")))
    return found.order_by("registered_on" if state == CompanyState.SUBMITTED else "organisation__sort_key", "pk")


def visible_company(scope: Scope, pk: UUID) -> Company:
    """The company, or a 404 when the actor may not see it."""
    return get_object_or_404(
        Company.objects.visible_to(scope).select_related("organisation", "sector", "desk", "decided_by"), pk=pk
    )


def visits_of(company: Company) -> QuerySet[CompanyVisit]:
    """Meetings with the company, newest first."""
    return company.visits.select_related("desk", "operator", "municipality").order_by("-visited_on", "-created_at")


def find_sectors(text: str, *, limit: int = 12) -> list[Sector]:
    """Economic activities by code ("56.1") or by words ("ristoranti"), wider ones first; one query.

    Words are compared by their beginnings, so that number and gender do not matter.
    """
    asked = text.strip()
    if asked[:1].isdigit():
        return list(Sector.objects.filter(code__startswith=asked).order_by("level", "code")[:limit])
    stems = [word[: max(_SHORTEST_STEM, len(word) - 3)] for word in asked.split() if len(word) >= _SHORTEST_STEM]
    if not stems:
        return []
    named = Q()
    for stem in stems:
        named &= Q(label__icontains=stem)
    return list(Sector.objects.filter(named).order_by("level", "code")[:limit])
