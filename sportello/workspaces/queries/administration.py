"""Bodies and desks as the administrator keeps them, and what a new portal still lacks."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.models import (
    Appointment,
    Case,
)
from candidates.queries.people import waiting_intakes
from candidates.states import AppointmentState, CaseState
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership
from sportello.accounts.scope import Grant, Scope
from sportello.core.text import search_key
from sportello.territory.enums import ADMINISTERED_KINDS
from sportello.territory.models import Desk, Organisation
from sportello.territory.queries import RECEIVING


def administered_bodies(*, text: str = "") -> QuerySet[Organisation]:
    """Bodies that the administrator writes down, active first, each with `people`, who may act for it today."""
    found = Organisation.objects.filter(kind__in=ADMINISTERED_KINDS)
    if key := search_key(text):
        found = found.filter(sort_key__contains=key)
    return (
        found.annotate(people=Count("memberships", filter=Q(memberships__ended_at__isnull=True)))
        .select_related("municipality")
        .order_by("-is_active", "kind", "sort_key", "pk")
    )


def administered_desks(*, text: str = "") -> QuerySet[Desk]:
    """Every desk by name, with `people`, who receives there, and `spans`, its openings of a week."""
    found = Desk.objects.all()
    if words := text.strip():
        found = found.filter(
            Q(name__icontains=words) | Q(municipality__search_key__contains=search_key(words) or words)
        )
    return (
        found.annotate(
            people=Count("memberships", filter=Q(memberships__ended_at__isnull=True), distinct=True),
            spans=Count("opening_hours", distinct=True),
        )
        .select_related("municipality", "managed_by")
        .order_by("name", "pk")
    )


@dataclass(frozen=True)
class FirstStep:
    """One thing that a new portal needs before it can receive anybody, and the page where it is done."""

    label: str | Promise
    is_done: bool
    url: str


def first_steps(agency: Organisation | None) -> list[FirstStep]:
    """What stands between an empty portal and its first person, in order; `agency` is the one that keeps it. Three queries."""
    desks = Desk.objects.filter(state__in=RECEIVING)
    body = reverse("body_change", kwargs={"body": agency.pk}) if agency else reverse("body_new")
    people = reverse("team", kwargs={"organisation": agency.pk}) if agency else reverse("bodies")
    receives = Membership.objects.in_force().filter(role__in=(Role.OPERATOR, Role.COORDINATOR), desks__in=desks)
    today = timezone.localdate()
    accredited = (
        agency is not None
        and agency.accreditations.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today), valid_from__lte=today
        ).exists()
    )
    return [
        FirstStep(_("Scrivi il numero di accreditamento dell'agenzia"), accredited, body),
        FirstStep(
            _("Apri uno sportello con i suoi orari"),
            desks.filter(opening_hours__isnull=False).exists(),
            reverse("desk_new"),
        ),
        FirstStep(_("Invita chi riceve allo sportello"), receives.exists(), people),
    ]


@dataclass(frozen=True)
class OpenWork:
    """What people wait for at a desk: open cases, arrivals not yet taken in charge, meetings to come."""

    cases: int
    intakes: int
    appointments: int

    def __bool__(self) -> bool:
        return bool(self.cases or self.intakes or self.appointments)


def open_work_of(desk: Desk) -> OpenWork:
    """The work of a desk in three queries; arrivals as those who receive there count them."""
    there = Scope(grants=(Grant(desk.managed_by_id, "", Role.OPERATOR, desk_ids=frozenset({desk.pk})),))
    meetings = Appointment.objects.filter(desk=desk, state=AppointmentState.BOOKED, starts_at__gte=timezone.now())
    return OpenWork(
        cases=Case.objects.filter(desk=desk, state=CaseState.OPEN).count(),
        intakes=waiting_intakes(there).count(),
        appointments=meetings.count(),
    )
