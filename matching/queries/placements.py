"""Placements to check."""

from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.lookups import GreaterThanOrEqual
from django.shortcuts import get_object_or_404
from django.utils import timezone

from candidates.models.candidate import of_erased_person
from candidates.models.restriction import hidden_from
from matching.models import Placement, PlacementCheck
from matching.states import PlacementState
from sportello.accounts.scope import Scope
from sportello.reference.rules import parameters

LEFT_TO_REST = 6
"""Months after which nobody asks any more: who is asked would not remember, and the figures of those days are published."""


def placements(scope: Scope, *, state: str = "") -> QuerySet[Placement]:
    """Placements of the actor's desks, the oldest declarations first; `state` narrows the list."""
    found = Placement.objects.filter(
        ~of_erased_person(), ~hidden_from(scope.user_id), desk__in=scope.desk_ids
    ).select_related("candidate", "contract_type", "desk")
    if state in PlacementState:
        found = found.filter(state=state)
    return found.order_by("declared_at", "pk")


def check_terms() -> list[int]:
    """After how many months the desk asks whether the work goes on, shortest first."""
    keys = ("placement_first_check_months", "placement_check_months", "placement_last_check_months")
    rules = parameters(*keys, on=timezone.localdate())
    return sorted({int(rules[key].value) for key in keys})


def due_checks(scope: Scope) -> QuerySet[Placement, Any]:
    """Verified placements of the actor's desks to ask after, the oldest first; `term` is after how many months.

    Work that ended before its term is known to have ended. What was due more than `LEFT_TO_REST` months ago is asked no more.
    """
    today = timezone.localdate()
    due = []
    for months in check_terms():
        interval = Func(Value(0), Value(months), function="make_interval", output_field=DurationField())
        term = ExpressionWrapper(F("starts_on") + interval, DateTimeField())
        goes_on = Q(ends_on__isnull=True) | Q(GreaterThanOrEqual(F("ends_on"), term))
        began = Q(
            starts_on__range=(today - relativedelta(months=months + LEFT_TO_REST), today - relativedelta(months=months))
        )
        asked = Exists(PlacementCheck.objects.filter(placement=OuterRef("pk"), months=months))
        due.append(When(began & goes_on & ~Q(asked), then=Value(months)))
    found = placements(scope, state=PlacementState.VERIFIED)
    with_term = found.annotate(term=Case(*due, output_field=IntegerField()))
    return with_term.filter(term__isnull=False).order_by("starts_on", "pk")


def visible_placement(scope: Scope, pk: UUID) -> Placement:
    """A placement of the actor's desks, or a 404."""
    return get_object_or_404(placements(scope), pk=pk)
