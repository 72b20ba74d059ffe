"""Reads of pacts: who belongs on a day, counted once however many pacts they are in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Count, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Least
from django.utils import timezone
from django_stubs_ext import WithAnnotations

from sportello.core.text import search_key
from sportello.pacts.enums import MembershipState
from sportello.pacts.models import PactAction, PactGoal, PactMembership, PactPartner, TerritorialPact
from sportello.territory.models import Municipality


def members_on(pacts: Iterable[TerritorialPact], on: date) -> QuerySet[Municipality]:
    """Municipalities in force in any of the pacts on a day, each once, by name."""
    in_force = PactMembership.objects.in_force(on).filter(pact__in=list(pacts))
    return Municipality.objects.filter(pk__in=in_force.values("municipality")).order_by("sort_key", "pk")


class MemberCounts(TypedDict):
    """What `pacts_today` counts beside each pact."""

    member_count: int
    approaching_count: int


def pacts_today() -> "QuerySet[WithAnnotations[TerritorialPact, MemberCounts]]":
    """Every pact, newest first, with the number of its members in force today, or on its last day once it is over.

    `approaching_count` are the municipalities on their way, whose deed is still to come.
    """
    day = Least(Value(timezone.localdate(), output_field=DateField()), F("ends_on"))
    counted = Q(
        Q(memberships__left_on__isnull=True) | Q(memberships__left_on__gt=day), memberships__joined_on__lte=day
    ) & ~Q(memberships__deed_no="")
    return (
        TerritorialPact.objects.select_related("lead")
        .annotate(
            member_count=Count("memberships", filter=counted),
            approaching_count=Count(
                "memberships", filter=Q(memberships__state__in=(MembershipState.INVITED, MembershipState.DELIBERATED))
            ),
        )
        .order_by("-starts_on", "name")
    )


def pacts_of(municipality: Municipality) -> QuerySet[TerritorialPact]:
    """Pacts in which a municipality is in force today."""
    in_force = PactMembership.objects.in_force(timezone.localdate()).filter(municipality=municipality)
    return TerritorialPact.objects.filter(pk__in=in_force.values("pact")).select_related("lead").order_by("name", "pk")


@dataclass(frozen=True)
class PactPage:
    """A pact with everything its page shows; `members` are in force on `day`, `approaching` not yet, `left` no more."""

    pact: TerritorialPact
    day: date
    is_over: bool
    members: list[PactMembership]
    approaching: list[PactMembership]
    left: list[PactMembership]
    partners: list[PactPartner]
    actions: list[PactAction]


def pact_page(pact: TerritorialPact) -> PactPage:
    """Three queries, whatever the number of members. A pact that is over is seen on its last day."""
    day = min(timezone.localdate(), pact.ends_on)
    everyone = list(pact.memberships.select_related("municipality").order_by("municipality__sort_key", "pk"))

    def counts(m: PactMembership) -> bool:
        joined = m.joined_on is not None and m.joined_on <= day and bool(m.deed_no)
        return joined and (m.left_on is None or m.left_on > day)

    return PactPage(
        pact=pact,
        day=day,
        is_over=timezone.localdate() > pact.ends_on,
        members=[m for m in everyone if counts(m)],
        approaching=[m for m in everyone if not counts(m) and m.state != MembershipState.WITHDRAWN],
        left=[m for m in everyone if not counts(m) and m.state == MembershipState.WITHDRAWN],
        partners=list(pact.partners.select_related("organisation").order_by("role", "organisation__sort_key")),
        actions=list(pact.actions.order_by("-starts_on", "pk")),
    )


def goals_of(pacts: Iterable[TerritorialPact]) -> QuerySet[PactGoal]:
    """The goals of some pacts with their pact, the next due first, those given up among them."""
    return PactGoal.objects.filter(pact__in=list(pacts)).select_related("pact").order_by("due_on", "title", "pk")


def action_by_code(text: str, *, on: date) -> PactAction | None:
    """The running action whose intake code was typed, whatever its case, accents and signs."""
    return PactAction.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), code_key=search_key(text), starts_on__lte=on
    ).first()
