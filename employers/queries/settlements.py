"""Page-shaped reads about settlements and what they are said to need."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, Count, Q, QuerySet, Sum
from django.db.models.functions import Left, TruncMonth
from django.shortcuts import get_object_or_404

from employers.enums import SiteState
from employers.models import Settlement, WorkforceForecast

AHEAD = (SiteState.PLANNED, SiteState.OPENING)

_IN_FORCE = Q(replaced_by__isnull=True, headcount__gt=0)


@dataclass(frozen=True)
class Demand:
    """People said to be needed from a month on (its first day), by ISCO-08 group of two digits."""

    group: str
    month: date
    headcount: int


def settlements(*, state: str = "") -> QuerySet[Settlement]:
    """Settlements by the day they may open, each with the `needed` of its forecasts in force; `state` narrows the list."""
    in_force = Q(forecasts__replaced_by__isnull=True)
    found = Settlement.objects.select_related("municipality", "company__organisation").annotate(
        needed=Sum("forecasts__headcount", filter=in_force, default=0),
        forecast_count=Count("forecasts", filter=in_force & Q(forecasts__headcount__gt=0)),
    )
    if state in SiteState:
        found = found.filter(state=state)
    return found.order_by("opens_from", "name", "pk")


def settlement_of(pk: UUID) -> Settlement:
    """A settlement with its names, or a 404."""
    return get_object_or_404(Settlement.objects.select_related("municipality", "company__organisation"), pk=pk)


def forecasts_of(settlement: Settlement) -> QuerySet[WorkforceForecast]:
    """All forecasts of a settlement, those of before too, by the day and then the newest first."""
    rows = settlement.forecasts.select_related("occupation", "written_by", "replaced_by", "replaces")
    return rows.order_by("needed_on", "-written_at", "pk")


def forecast_of(pk: UUID) -> WorkforceForecast:
    """A forecast with its settlement, or a 404."""
    return get_object_or_404(WorkforceForecast.objects.select_related("settlement", "occupation"), pk=pk)


def demand() -> list[Demand]:
    """What the settlements ahead are said to need, by group and month; one query."""
    rows = (
        WorkforceForecast.objects.filter(_IN_FORCE, settlement__state__in=AHEAD)
        .annotate(
            group=Left("occupation__isco08", 2, output_field=CharField()),
            month=TruncMonth("needed_on"),
        )
        .order_by("group", "month")
        .values_list("group", "month")
        .annotate(Sum("headcount"))
    )
    return [Demand(group, month, headcount) for group, month, headcount in rows]
