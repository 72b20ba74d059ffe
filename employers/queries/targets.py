"""Page-shaped reads about companies to be won."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from employers.models import TargetCompany
from employers.states import TargetState


def targets(*, state: str = "", owner: UUID | None = None) -> QuerySet[TargetCompany]:
    """Companies to be won, what is due first on top; `state` and `owner` narrow the list."""
    found = TargetCompany.objects.select_related("municipality", "owner", "desk")
    if state in TargetState:
        found = found.filter(state=state)
    if owner:
        found = found.filter(owner=owner)
    return found.order_by(F("next_step_on").asc(nulls_last=True), "name", "pk")


def target_counts(*, owner: UUID | None = None) -> dict[str, int]:
    """How many stand in each state, those without any too; one query."""
    found = TargetCompany.objects.filter(Q(owner=owner) if owner else Q())
    numbers = dict(found.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: numbers.get(state.value, 0) for state in TargetState}


def target_of(pk: UUID) -> TargetCompany:
    """A company to be won with its names, or a 404."""
    rows = TargetCompany.objects.select_related("municipality", "owner", "desk", "company__organisation")
    return get_object_or_404(rows, pk=pk)


@dataclass(frozen=True)
class TargetBalance:
    """Of `targets` companies that were chosen, how many have `hired`; those dropped since stay among the chosen."""

    targets: int
    hired: int


def target_balance(ids: Iterable[UUID]) -> TargetBalance:
    """The companies' side of a project's balance ("3 target firms, 1 hired"); one query."""
    found = TargetCompany.objects.filter(pk__in=list(ids))
    return TargetBalance(**found.aggregate(targets=Count("pk"), hired=Count("pk", filter=Q(state=TargetState.HIRED))))
