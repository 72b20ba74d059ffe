"""Page-shaped reads that join several rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Case as SqlCase
from django.db.models import CharField, Count, DateField, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, JSONObject, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import DeclarationProvenance, IntakeChannel, NoteVisibility, ServicePactKind
from candidates.models import (
    Appointment,
    AvailabilityDeclaration,
    Candidate,
    Case,
    Contact,
    Intake,
    Merge,
    PlannedAction,
    ServicePact,
)
from candidates.queries.balance import Balance, read_balance
from candidates.queries.delivered import Received, all_received, sum_received
from candidates.queries.people import waiting_intakes
from candidates.states import AppointmentState, CaseClosing, CaseState, PactState, PlannedActionState
from employers.models import Company, Vacancy
from employers.states import VacancyState
from matching.models import Placement, Referral
from matching.states import PlacementState, ReferralState
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership
from sportello.accounts.scope import Grant, Scope
from sportello.core.text import search_key
from sportello.territory.enums import ADMINISTERED_KINDS
from sportello.territory.models import Desk, Organisation
from sportello.territory.queries import RECEIVING

MISSED_DAYS = 60
"""Days in which a missed meeting stays before the operator, who may still learn of a good reason."""


@dataclass(frozen=True)
class Counter:
    """A number of a work queue; it opens its list."""

    label: str | Promise
    count: int
    url: str


@dataclass(frozen=True)
class Event:
    """One line of a person's history: `text` is what was written, `state` how it stands, in words."""

    day: date
    title: str | Promise
    text: str
    state: str | Promise


@dataclass(frozen=True)
class AgreedAction:
    """A pending action of the signed pact."""

    id: UUID
    text: str
    due_on: date


@dataclass(frozen=True)
class PersonPage:
    """What a conversation about one person needs; `pact` is the signed one."""

    case: Case | None
    pact: ServicePact | None
    actions: list[AgreedAction]
    received: list[Received]
    appointments: list[Appointment]
    missed: list[Appointment]
    referrals: list[Referral]

    @property
    def balance(self) -> Balance | None:
        """What was done, where the case is closed."""
        return read_balance(self.case) if self.case else None

    @property
    def questions(self) -> list[Referral]:
        """Referrals that wait for the person's yes or no."""
        return [r for r in self.referrals if r.state == ReferralState.CONSENT_ASKED]


@dataclass(frozen=True)
class Agenda:
    """The operator's meetings of a day, and those to come that people have cancelled."""

    today: list[Appointment]
    cancelled: list[Appointment]


def agenda(scope: Scope, day: date) -> Agenda:
    """The actor's own meetings, in time order, each with `is_hidden`; one query."""
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    meetings = (
        Appointment.objects.seen_by(scope)
        .filter(operator=scope.user_id, starts_at__gte=midnight)
        .filter(Q(state=AppointmentState.CANCELED) | Q(starts_at__lt=midnight + timedelta(days=1)))
        .exclude(state=AppointmentState.REVOKED)
        .select_related("candidate", "desk")
        .order_by("starts_at", "pk")
    )
    cancelled = [m for m in meetings if m.state == AppointmentState.CANCELED]
    return Agenda(today=[m for m in meetings if m.state != AppointmentState.CANCELED], cancelled=cancelled)


def latest_case(candidate: Candidate) -> Case | None:
    """The open case, else the last one, with `received`: what the person has received in all their cases."""
    cases = candidate.cases.select_related("desk", "responsible_operator").annotate(received=all_received("candidate"))
    return cases.order_by("-opened_on", "pk").first()


def person_page(candidate: Candidate) -> PersonPage:
    """One person in four queries, whatever the length of their history."""
    case = latest_case(candidate)
    pact = (
        ServicePact.objects.filter(case__candidate=candidate, state=PactState.SIGNED)
        .select_related("responsible")
        .annotate(
            pending=JSONBAgg(
                JSONObject(id="actions__id", text="actions__text", due_on="actions__due_on"),
                filter=Q(actions__state=PlannedActionState.PENDING),
                default=[],
                order_by=("actions__due_on", "actions__position"),
            )
        )
        .order_by("-signed_on", "pk")
        .first()
    )
    pending: list[dict[str, Any]] = pact.pending if pact else []
    recent = timezone.now() - timedelta(days=MISSED_DAYS)
    meetings = list(
        candidate.appointments.filter(
            Q(state=AppointmentState.BOOKED) | Q(state=AppointmentState.NO_SHOW, starts_at__gte=recent)
        )
        .select_related("desk", "operator")
        .order_by("starts_at", "pk")
    )
    return PersonPage(
        case=case,
        pact=pact,
        actions=[AgreedAction(UUID(a["id"]), a["text"], date.fromisoformat(a["due_on"])) for a in pending],
        received=sum_received(getattr(case, "received", None)),
        appointments=[m for m in meetings if m.state == AppointmentState.BOOKED],
        missed=[m for m in meetings if m.state == AppointmentState.NO_SHOW],
        referrals=list(
            candidate.referrals.select_related(
                "vacancy__company__organisation", "vacancy__workplace__municipality"
            ).order_by("-created_at", "pk")
        ),
    )


@dataclass(frozen=True)
class _Kind:
    title: str | Promise | None
    states: Mapping[str, str | Promise]


def _labels(choices: Any) -> Mapping[str, str | Promise]:
    return dict(choices.choices)


_KINDS: dict[str, _Kind] = {
    "intake": _Kind(_("Registrazione"), _labels(IntakeChannel)),
    "declaration": _Kind(_("Dichiarazione di disponibilità (DID)"), _labels(DeclarationProvenance)),
    "contact": _Kind(None, {NoteVisibility.DESK: _("Solo lo sportello"), NoteVisibility.SHARED: ""}),
    "opened": _Kind(_("Presa in carico"), {}),
    "closed": _Kind(_("Pratica chiusa"), _labels(CaseClosing)),
    "pact": _Kind(_("Patto di servizio firmato"), _labels(ServicePactKind)),
    "appointment": _Kind(None, _labels(AppointmentState)),
    "action": _Kind(None, _labels(PlannedActionState)),
    "referral": _Kind(_("Proposta di lavoro"), {state: state.desk_label for state in ReferralState}),
    "merge": _Kind(_("Due schede unite in una"), {}),
    "parting": _Kind(_("Unione di schede annullata"), {}),
    "placement": _Kind(_("Inserimento lavorativo"), _labels(PlacementState)),
}
"""Kind of event -> its title (None: what was written is the title) and the words of its states."""

_NOTHING = Value("")


def timeline(candidate: Candidate, scope: Scope) -> list[Event]:
    """Everything that happened with a person, newest first, in one query; another desk's own notes are left out."""
    pk = candidate.pk
    told = Q(visibility=NoteVisibility.SHARED) | Q(desk__in=scope.desk_ids)
    cases = Case.objects.filter(candidate=pk)
    signed = ServicePact.objects.filter(case__candidate=pk, signed_on__isnull=False)
    past = Appointment.objects.filter(candidate=pk).exclude(state=AppointmentState.BOOKED)
    merges = Merge.objects.filter(Q(kept=pk) | Q(absorbed=pk))
    closed = PlannedAction.objects.filter(pact__case__candidate=pk, closed_on__isnull=False)
    parts = (
        _part(
            "intake", Intake.objects.filter(candidate=pk), day=F("received_on"), body=F("desk__name"), code=F("channel")
        ),
        _part(
            "declaration",
            AvailabilityDeclaration.objects.filter(candidate=pk),
            day=F("declared_on"),
            code=F("provenance"),
        ),
        _part(
            "contact",
            Contact.objects.filter(told, candidate=pk),
            day=F("happened_on"),
            title=F("reason"),
            body=F("note"),
            code=F("visibility"),
        ),
        _part("opened", cases, day=F("opened_on"), body=F("desk__name")),
        _part(
            "closed",
            cases.filter(closed_on__isnull=False),
            day=F("closed_on"),
            body=F("closing_note"),
            code=F("closing"),
        ),
        _part("pact", signed, day=F("signed_on"), code=F("kind")),
        _part(
            "appointment", past, day=TruncDate("starts_at"), title=F("reason"), body=F("cancel_note"), code=F("state")
        ),
        _part("action", closed, day=F("closed_on"), title=F("text"), body=F("outcome"), code=F("state")),
        _part(
            "referral",
            Referral.objects.filter(candidate=pk),
            day=TruncDate("created_at"),
            body=F("vacancy__title"),
            code=F("state"),
        ),
        _part(
            "placement",
            Placement.objects.filter(candidate=pk),
            day=F("starts_on"),
            body=F("employer_name"),
            code=F("state"),
        ),
        _part("merge", merges, day=TruncDate("merged_at"), body=F("motive")),
        _part(
            "parting",
            merges.filter(undone_at__isnull=False),
            day=TruncDate("undone_at"),
            body=F("undo_motive"),
        ),
    )
    rows = parts[0].union(*parts[1:], all=True).order_by("-day", "source")
    return [
        Event(
            day=row["day"],
            title=_KINDS[row["source"]].title or row["headline"],
            text=row["body"],
            state=_KINDS[row["source"]].states.get(row["code"], ""),
        )
        for row in rows
    ]


def _part(
    kind: str, rows: Any, *, day: Any, body: Any = _NOTHING, code: Any = _NOTHING, title: Any = _NOTHING
) -> QuerySet[Any, dict[str, Any]]:
    parts: QuerySet[Any, dict[str, Any]] = rows.order_by().values(
        day=Cast(day, DateField()),
        source=Value(kind, CharField()),
        headline=Cast(title, TextField()),
        body=Cast(body, TextField()),
        code=Cast(code, TextField()),
    )
    return parts


@dataclass(frozen=True)
class VacancyCard:
    """One vacancy of a company with the number of people at each point of its pipeline."""

    id: UUID
    title: str
    reference: str
    place: str
    state: VacancyState
    waiting: int
    interviews: int
    hired: int


def vacancy_cards(company: Company) -> list[VacancyCard]:
    """The company's vacancies, those still open first, in one query. People who have not consented are not counted."""
    at = {
        "waiting": (ReferralState.SENT, ReferralState.VIEWED),
        "interviews": (ReferralState.INTERVIEW, ReferralState.OFFER),
        "hired": (ReferralState.HIRED,),
    }
    rows = (
        Vacancy.objects.filter(company=company)
        .annotate(
            over=SqlCase(When(state__in=(VacancyState.FILLED, VacancyState.WITHDRAWN), then=1), default=0),
            **{name: Count("referrals", filter=Q(referrals__state__in=states)) for name, states in at.items()},
        )
        .order_by("over", "-created_at", "pk")
        .values_list("pk", "title", "number", "workplace__municipality__name", "state", *at)
    )
    return [
        VacancyCard(pk, title, f"OL-{number:06d}", place, VacancyState(state), *counts)
        for pk, title, number, place, state, *counts in rows
    ]


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


def silent_since(day: date) -> QuerySet[Candidate]:
    """People of whom nothing is heard since that day, nor is a case open; a login is word enough."""
    owned = {"candidate": OuterRef("pk")}
    signs = (
        Case.objects.filter(Q(state=CaseState.OPEN) | Q(closed_on__gte=day), **owned),
        Intake.objects.filter(received_on__gte=day, **owned),
        Contact.objects.filter(happened_on__gte=day, **owned),
        Appointment.objects.filter(starts_at__date__gte=day, **owned),
        Referral.objects.filter(updated_at__date__gte=day, **owned),
        Placement.objects.filter(starts_on__gte=day, **owned),
    )
    signed_in = Q(user__isnull=False, user__last_login__date__gte=day)
    idle = Candidate.objects.filter(
        ~signed_in,
        # A record absorbed by another goes with it.
        absorbed_into__isnull=True,
        erased_at__isnull=True,
        created_at__date__lt=day,
        confirmed_at__date__lt=day,
    )
    return idle.filter(*(~Exists(found) for found in signs))
