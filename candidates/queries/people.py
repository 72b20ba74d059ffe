"""Page-shaped reads about people and their cases."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import (
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations

from candidates.models import (
    Appointment,
    BookingInvitation,
    Candidate,
    Case,
    Intake,
    PlannedAction,
    Profile,
    Restriction,
    ServicePact,
)
from candidates.models.candidate import of_erased_person
from candidates.models.restriction import hidden_from
from candidates.states import OPEN_INVITATION, AppointmentState, CaseState, PactState, PlannedActionState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.text import search_key
from sportello.reference.rules import parameter, parameters
from sportello.territory.models import Desk


class _Followed(TypedDict):
    followed_by_reader: bool
    is_restricted: bool


def visible_candidate(scope: Scope, pk: UUID) -> "WithAnnotations[Candidate, _Followed]":
    """The person, with `followed_by_reader` and `is_restricted`, or a 404 when the actor may not see them."""
    followed = Case.objects.open().filter(candidate=OuterRef("pk"), responsible_operator=scope.user_id)
    standing = Restriction.objects.filter(candidate=OuterRef("pk"), lifted_at__isnull=True)
    people = (
        Candidate.objects.visible_to(scope)
        .select_related("residence")
        .annotate(followed_by_reader=Exists(followed), is_restricted=Exists(standing))
    )
    return get_object_or_404(people, pk=pk)  # type: ignore[arg-type]  # two names of one TypedDict


def visible_case(scope: Scope, pk: UUID) -> Case:
    """The case with its person and desk, or a 404 when the actor may not see it."""
    return get_object_or_404(
        Case.objects.visible_to(scope).select_related("candidate", "desk", "responsible_operator"), pk=pk
    )


def own_candidate(scope: Scope) -> Candidate | None:
    """The record of the signed-in person, if they have one."""
    if scope.user_id is None:
        return None
    return Candidate.objects.standing().filter(user_id=scope.user_id).select_related("residence").first()


def caseload(scope: Scope, *, view: str = "") -> QuerySet[Case]:
    """Open cases of the actor's desks, narrowed to one of `WORK_QUEUES`; unknown names narrow nothing."""
    cases = (
        Case.objects.visible_to(scope)
        .open()
        .select_related("candidate__residence", "desk", "responsible_operator")
        .order_by("candidate__sort_key", "pk")
    )
    return _with_signed_pact(cases).filter(_queue_conditions(scope)[view]) if view in WORK_QUEUES else cases


WORK_QUEUES: dict[str, str | Promise] = {
    "mine": _("Seguite da me"),
    "unassigned": _("Da assegnare"),
    "today": _("Appuntamento oggi"),
    "waits_us": _("Aspettano noi"),
    "waits_person": _("Aspettano la persona"),
    "no_pact": _("Senza patto"),
    "no_action": _("Senza azione concordata"),
    "overdue": _("Azione in ritardo"),
    "contact_due": _("Contatto in ritardo sul patto"),
    "expiring": _("Patto in scadenza"),
    "stalled": _("Ferme da tempo"),
    "half_profile": _("Profilo da completare"),
}
"""Name of each work queue -> its label; `_queue_conditions` says which open cases stand in it."""


def stalled_days() -> int:
    """Days without a contact after which a case stands still."""
    return int(parameter("stalled_case_days", on=timezone.localdate()).value)


def _queue_conditions(scope: Scope) -> dict[str, Q]:
    """Conditions on open cases joined by `_with_signed_pact`.

    We wait for the person who has an action to do or an invitation to answer; a person with none of them and no meeting to
    come waits for us.
    """
    today = timezone.localdate()
    rules = parameters("stalled_case_days", "pact_expiry_warning_days", on=today)
    stale = today - timedelta(days=int(rules["stalled_case_days"].value))
    soon = today + timedelta(days=int(rules["pact_expiry_warning_days"].value))
    pending = PlannedAction.objects.filter(pact=OuterRef("signed__pk"), state=PlannedActionState.PENDING)
    booked = Appointment.objects.filter(state=AppointmentState.BOOKED)
    to_come = Exists(booked.filter(candidate=OuterRef("candidate"), starts_at__gt=timezone.now()))
    invited = Exists(BookingInvitation.objects.filter(candidate=OuterRef("candidate"), state__in=OPEN_INVITATION))
    heard = Coalesce("last_contact_on", "signed__signed_on")
    next_contact = ExpressionWrapper(heard + F("signed__contact_every_days"), output_field=DateField())
    return {
        "mine": Q(responsible_operator=scope.user_id),
        "unassigned": Q(responsible_operator__isnull=True),
        "today": Q(candidate__in=booked.on_day(today).values("candidate")),
        "waits_us": ~Q(Exists(pending)) & ~Q(to_come) & ~Q(invited),
        "waits_person": Q(Exists(pending)) | Q(invited),
        "no_pact": Q(signed__isnull=True),
        "no_action": Q(~Exists(pending), signed__isnull=False),
        "overdue": Q(Exists(pending.filter(due_on__lt=today))),
        "contact_due": Q(LessThan(next_contact, Value(today, DateField()))),
        "expiring": Q(signed__expires_on__lte=soon),
        "half_profile": Q(Exists(half_profiles())),
        "stalled": Q(last_contact_on__lt=stale) | Q(last_contact_on__isnull=True, opened_on__lt=stale),
    }


def half_profiles() -> QuerySet[Profile]:
    """Profiles begun at the desk and not yet told, of the candidate of the row around."""
    return Profile.objects.filter(candidate=OuterRef("candidate"), is_complete=False)


def _with_signed_pact(cases: QuerySet[Case]) -> QuerySet[Case]:
    """At most one signed pact a case: the join multiplies nothing."""
    return cases.annotate(signed=FilteredRelation("service_pacts", condition=Q(service_pacts__state=PactState.SIGNED)))


def queue_counts(scope: Scope) -> dict[str, int]:
    """How many open cases stand in each work queue of the actor's desks; one query."""
    counts: dict[str, int] = (
        _with_signed_pact(Case.objects.visible_to(scope).open())
        .order_by()
        .aggregate(**{name: Count("pk", filter=condition) for name, condition in _queue_conditions(scope).items()})
    )
    return counts


def waiting_intakes(scope: Scope) -> QuerySet[Intake]:
    """Arrivals at the actor's desks that nobody has taken in charge; residents of the served area first, then by wait.

    Residence, where the person lives today, gives priority and excludes nobody.
    """
    served = Desk.serves.through.objects.filter(desk=OuterRef("desk"), municipality=OuterRef("candidate__residence"))
    return (
        Intake.objects.filter(
            ~of_erased_person(), ~hidden_from(scope.user_id), is_waiting=True, desk__in=scope.desk_ids
        )
        .annotate(has_priority=Exists(served), half_profile=Exists(half_profiles()))
        .select_related("candidate__residence", "desk")
        .order_by("-has_priority", "received_on", "number")
    )


def search_people(scope: Scope, text: str, *, limit: int = 20) -> list[Candidate]:
    """People the actor may see, by name, tax code or phone. `text` shorter than three signs finds nobody."""
    wanted = text.strip()
    if len(wanted) < 3:
        return []
    compact = wanted.replace(" ", "")
    if (digits := compact.lstrip("+")).isdigit():
        found = Q(phone__endswith=digits) if len(digits) >= 6 else Q(pk__in=[])
    else:
        found = Q(search_key__contains=search_key(wanted)) | Q(tax_code=compact.upper())
    return list(
        Candidate.objects.visible_to(scope).filter(found).select_related("residence").order_by("sort_key", "pk")[:limit]
    )


def operators_of(desk_id: UUID) -> QuerySet[User]:
    """Operators and coordinators who serve a desk."""
    return (
        User.objects.filter(
            memberships__ended_at__isnull=True,
            memberships__role__in=(Role.OPERATOR, Role.COORDINATOR),
            memberships__desks=desk_id,
            is_active=True,
        )
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )


def served_desks(scope: Scope) -> QuerySet[Desk]:
    """Desks the actor serves."""
    return Desk.objects.filter(pk__in=scope.desk_ids).order_by("name")


def usual_desk(candidate: Candidate, desks: QuerySet[Desk]) -> Desk | None:
    """The one of `desks` that follows the person, else where they registered last, else the first."""
    followed = Case.objects.filter(candidate=candidate, state=CaseState.OPEN).values_list("desk_id", flat=True)
    arrived = Intake.objects.filter(candidate=candidate).order_by("-received_at").values_list("desk_id", flat=True)
    offered = {desk.pk: desk for desk in desks}
    return next((offered[pk] for pk in (*followed, *arrived) if pk in offered), next(iter(offered.values()), None))


@dataclass(frozen=True)
class PactPage:
    """A person's signed pact with its actions, and the draft being written."""

    signed: ServicePact | None
    draft: ServicePact | None

    @property
    def current(self) -> ServicePact | None:
        """The draft, which becomes the pact, else the pact in force."""
        return self.draft or self.signed

    @property
    def carried(self) -> list[PlannedAction]:
        """What is still to do of the pact in force: it goes on in the draft once that is signed."""
        if self.draft is None or self.signed is None:
            return []
        return [action for action in self.signed.actions.all() if action.state == PlannedActionState.PENDING]


_TERMS = (
    "kind",
    "responsible",
    "employability_profile",
    "search_acts",
    "contact_every_days",
    "proof_of_search",
    "commitments",
)


def terms_of(pact: ServicePact) -> dict[str, Any]:
    """What a new version begins with: all that was agreed but the signatures and the last day."""
    return {name: getattr(pact, name) for name in _TERMS}


def pact_page(case: Case) -> PactPage:
    """Three queries: the versions that count today, their actions, and what the person showed for them."""
    versions = (
        case.service_pacts.filter(state__in=[PactState.SIGNED, PactState.DRAFT])
        .select_related("responsible")
        .prefetch_related(Prefetch("actions", PlannedAction.objects.order_by("due_on", "position")), "actions__proofs")
    )
    by_state = {pact.state: pact for pact in versions}
    return PactPage(signed=by_state.get(PactState.SIGNED), draft=by_state.get(PactState.DRAFT))
