"""What was delivered to a person."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from candidates.models import Appointment, Case, ServiceDelivered
from candidates.states import AppointmentState
from sportello.accounts.scope import Scope
from sportello.reference.models import ServiceCatalogueItem, shown_name


@dataclass(frozen=True)
class Received:
    """How often the person received one service, and for how long."""

    label: str
    times: int
    minutes: int

    @property
    def time(self) -> str:
        """ "45 min", "2 h", "2 h 30 min"."""
        hours, rest = divmod(self.minutes, 60)
        return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def all_received(person: str) -> Subquery:
    """What a person has received in all their cases, as a column of rows for `sum_received`; `person` is the way to them."""
    rows = ServiceDelivered.objects.filter(case__candidate=OuterRef(person)).order_by().values("case__candidate")
    parts = JSONObject(position="service__position", label=shown_name("service__"), minutes="minutes")
    return Subquery(rows.annotate(found=JSONBAgg(parts)).values("found"))


def sum_received(rows: list[dict[str, Any]] | None) -> list[Received]:
    """The same service by service, in the order of the catalogue."""
    found: dict[tuple[int, str], list[int]] = {}
    for row in rows or ():
        found.setdefault((row["position"], row["label"]), []).append(row["minutes"])
    return [Received(label, len(minutes), sum(minutes)) for (_position, label), minutes in sorted(found.items())]


def received_in(case: Case) -> list[Received]:
    """What the person has received within one case, service by service in the order of the catalogue; one query."""
    sums = (
        ServiceDelivered.objects.filter(case=case)
        .order_by()
        .values("service__position", label=shown_name("service__"))
        .annotate(times=Count("pk"), total=Sum("minutes"))
        .order_by("service__position")
    )
    return [Received(row["label"], row["times"], row["total"]) for row in sums]


def catalogue_for_people() -> QuerySet[ServiceCatalogueItem]:
    """The services that a person can receive."""
    return ServiceCatalogueItem.objects.filter(audience="person").order_by("position")


def deliveries(case: Case) -> list[ServiceDelivered]:
    """What was delivered in a case, the newest first; one query."""
    rows = case.services.select_related("service", "operator", "group")
    return list(rows.order_by("-delivered_on", "-recorded_at", "pk"))


def visible_delivery(scope: Scope, pk: UUID) -> ServiceDelivered:
    """One delivery in a case that the actor may see, or a 404."""
    rows = ServiceDelivered.objects.filter(case__in=Case.objects.visible_to(scope))
    return get_object_or_404(rows.select_related("case__candidate", "case__desk", "service"), pk=pk)


def seats_seen(scope: Scope, group_id: UUID) -> dict[UUID, Case]:
    """By person, the open case of each who came to a group and whom the actor may see."""
    came = Appointment.objects.filter(group=group_id, state=AppointmentState.SEEN).values("candidate")
    cases = Case.objects.visible_to(scope).open().filter(candidate__in=came).select_related("candidate")
    return {case.candidate_id: case for case in cases}
