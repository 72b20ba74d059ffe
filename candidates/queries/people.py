"""Page-shaped reads about people and their cases."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.models import Appointment, Candidate, Case, Intake, PlannedAction, ServicePact
from candidates.states import AppointmentState, CaseState, PactState, PlannedActionState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.text import search_key
from sportello.territory.models import Desk


def visible_candidate(scope: Scope, pk: UUID) -> Candidate:
    """The person, or a 404 when the actor may not see them."""
    return get_object_or_404(Candidate.objects.visible_to(scope).select_related("residence"), pk=pk)


def visible_case(scope: Scope, pk: UUID) -> Case:
    """The case with its person and desk, or a 404 when the actor may not see it."""
    return get_object_or_404(
        Case.objects.visible_to(scope).select_related("candidate", "desk", "responsible_operator"), pk=pk
    )


def own_candidate(scope: Scope) -> Candidate | None:
    """The record of the signed-in person, if they have one."""
    if scope.user_id is None:
        return None
    return Candidate.objects.filter(user_id=scope.user_id, erased_at__isnull=True).select_related("residence").first()


def caseload(scope: Scope, *, view: str = "") -> QuerySet[Case]:
    """Open cases of the actor's desks, narrowed to one of `WORK_QUEUES`; unknown names narrow nothing."""
    cases = (
        Case.objects.visible_to(scope)
        .open()
        .select_related("candidate", "candidate__residence", "desk", "responsible_operator")
        .order_by("candidate__sort_key", "pk")
    )
    condition = _queue_conditions(scope).get(view)
    return cases.filter(condition) if condition is not None else cases


WORK_QUEUES: dict[str, str | Promise] = {
    "mine": _("Seguite da me"),
    "today": _("Appuntamento oggi"),
    "no_pact": _("Senza patto"),
    "no_action": _("Senza azione concordata"),
    "overdue": _("Azione in ritardo"),
    "stalled": _("Ferme da 30 giorni"),
}
"""Name of each work queue -> its label; `_queue_conditions` says which open cases stand in it."""

STALLED_DAYS = 30
"""Days without a contact after which a case is shown as stalled: the ordinary rhythm of contacts."""


def _queue_conditions(scope: Scope) -> dict[str, Q]:
    today = timezone.localdate()
    signed = ServicePact.objects.filter(case=OuterRef("pk"), state=PactState.SIGNED)
    pending = PlannedAction.objects.filter(
        pact__case=OuterRef("pk"), pact__state=PactState.SIGNED, state=PlannedActionState.PENDING
    )
    stale = today - timedelta(days=STALLED_DAYS)
    return {
        "mine": Q(responsible_operator=scope.user_id),
        "no_pact": ~Q(Exists(signed)),
        "no_action": Q(Exists(signed)) & ~Q(Exists(pending)),
        "overdue": Q(Exists(pending.filter(due_on__lt=today))),
        "today": Q(
            Exists(
                Appointment.objects.filter(
                    candidate=OuterRef("candidate"), state=AppointmentState.BOOKED, starts_at__date=today
                )
            )
        ),
        "stalled": Q(last_contact_on__lt=stale) | Q(last_contact_on__isnull=True, opened_on__lt=stale),
    }


def queue_counts(scope: Scope) -> dict[str, int]:
    """How many open cases stand in each work queue of the actor's desks; one query."""
    counts: dict[str, int] = (
        Case.objects.visible_to(scope)
        .open()
        .order_by()
        .aggregate(**{name: Count("pk", filter=condition) for name, condition in _queue_conditions(scope).items()})
    )
    return counts


def waiting_intakes(scope: Scope) -> QuerySet[Intake]:
    """Arrivals at the actor's desks that nobody has taken in charge; residents of the served area first, then by wait.

    Residence gives priority and excludes nobody.
    """
    open_case = Case.objects.filter(candidate=OuterRef("candidate"), state=CaseState.OPEN)
    any_case_since = Case.objects.filter(candidate=OuterRef("candidate"), opened_on__gte=OuterRef("received_on"))
    served = Desk.serves.through.objects.filter(desk=OuterRef("desk"), municipality=OuterRef("residence"))
    return (
        Intake.objects.filter(desk__in=scope.desk_ids, candidate__erased_at__isnull=True)
        .exclude(Exists(open_case))
        .exclude(Exists(any_case_since))
        .annotate(has_priority=Exists(served))
        .select_related("candidate", "residence", "desk")
        .order_by("-has_priority", "received_on", "number")
    )


def search_people(scope: Scope, text: str, *, limit: int = 20) -> list[Candidate]:
    """People the actor may see, by name, tax code or phone. `text` shorter than three signs finds nobody."""
    wanted = text.strip()
    if len(wanted) < 3:
        return []
    compact = wanted.replace(" ", "")
    found = Q(search_key__contains=search_key(wanted)) | Q(tax_code=compact.upper())
    if (digits := compact.lstrip("+")).isdigit() and len(digits) >= 6:
        found |= Q(phone__endswith=digits)
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


@dataclass(frozen=True)
class PactPage:
    """A person's signed pact with its actions, and the draft being written."""

    signed: ServicePact | None
    draft: ServicePact | None


def pact_page(case: Case) -> PactPage:
    """Two queries: the versions that count today, and their actions."""
    versions = (
        case.service_pacts.filter(state__in=[PactState.SIGNED, PactState.DRAFT])
        .select_related("responsible")
        .prefetch_related(Prefetch("actions", PlannedAction.objects.order_by("due_on", "position")))
    )
    by_state = {pact.state: pact for pact in versions}
    return PactPage(signed=by_state.get(PactState.SIGNED), draft=by_state.get(PactState.DRAFT))
