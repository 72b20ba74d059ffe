"""Drafting, signing and following a service pact."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from candidates.models import Case, PlannedAction, SearchProof, ServicePact
from candidates.queries.people import terms_of
from candidates.rules import pact_elements, pact_kinds
from candidates.services.case import lock_open_case
from candidates.services.messages import tell_of_pact
from candidates.states import PACT_TRANSITIONS, PactState, PlannedActionState
from sportello.accounts.scope import Scope
from sportello.core import audit


class PactIncomplete(Exception):
    """The draft lacks some of its five elements; `missing` lists their letters."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class NotADraft(Exception):
    """Only a draft can be signed."""


class KindNotOffered(Exception):
    """The desk does not sign that kind of pact."""


class NotInForce(Exception):
    """The pact was superseded or ended: its plan is over."""


@audit.service("pact.draft")
def draft_pact(*, case: Case, by: Scope, **fields: Any) -> ServicePact:
    """Open the draft of the next version with the terms of the one in force, or change the draft that is open.

    `fields` are the model's; those not named stay as they were. Raises NotOpen, KindNotOffered.
    """
    case = lock_open_case(case.pk)
    if "kind" in fields and fields["kind"] not in pact_kinds(case.desk):
        raise KindNotOffered
    draft = case.service_pacts.select_for_update(of=("self",)).filter(state=PactState.DRAFT).first()
    if draft is None:
        last = case.service_pacts.order_by("-version").first()
        terms = terms_of(last) if last else {}
        return ServicePact.objects.create(case=case, version=last.version + 1 if last else 1, **{**terms, **fields})
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(fields))
    return draft


@audit.service("pact.sign")
def sign_pact(*, pact: ServicePact, by: Scope, on: date | None = None) -> ServicePact:
    """Freeze the draft with both signatures; the version before it is superseded and its pending actions go on here.

    Raises PactIncomplete with the missing elements, NotADraft when it was signed meanwhile, NotOpen.
    """
    lock_open_case(pact.case_id)
    pact = ServicePact.objects.select_for_update(of=("self",)).get(pk=pact.pk)
    if PactState.SIGNED not in PACT_TRANSITIONS[PactState(pact.state)]:
        raise NotADraft
    if missing := [element.letter for element in pact_elements(pact) if not element.present]:
        raise PactIncomplete(missing)
    before = ServicePact.objects.filter(case=pact.case_id, state=PactState.SIGNED)
    PlannedAction.objects.filter(pact__in=before, state=PlannedActionState.PENDING).update(pact=pact)
    before.update(state=PactState.SUPERSEDED)
    now = timezone.now()
    pact.state = PactState.SIGNED
    pact.signed_on = on or timezone.localdate()
    pact.person_signed_at = now
    pact.operator_signed_at = now
    pact.snapshot = _snapshot(pact)
    pact.save(update_fields=["state", "signed_on", "person_signed_at", "operator_signed_at", "snapshot"])
    tell_of_pact(pact=pact, by=by)
    return pact


def _snapshot(pact: ServicePact) -> dict[str, Any]:
    """What both had before them when they signed; later changes of the profile do not touch it."""
    candidate = pact.case.candidate
    return {
        "kind": pact.kind,
        "version": pact.version,
        "responsible": pact.responsible.get_full_name(),
        "desk": pact.case.desk.name,
        "employment_situation": candidate.employment_situation,
        "occupations": list(candidate.desired_occupations.values_list("occupation__label", flat=True)),
        "skills": list(candidate.skill_statements.values_list("skill__label", flat=True)),
        "employability_profile": pact.employability_profile,
        "search_acts": pact.search_acts,
        "contact_every_days": pact.contact_every_days,
        "proof_of_search": pact.proof_of_search,
        "commitments": pact.commitments,
        "actions": [
            {"text": action.text, "due_on": action.due_on.isoformat()} for action in pact.actions.order_by("due_on")
        ],
    }


@audit.service("action.plan")
def plan_action(*, pact: ServicePact, text: str, due_on: date, by: Scope) -> PlannedAction:
    """Agree one more action. Raises NotInForce, NotOpen."""
    lock_open_case(pact.case_id)
    pact = ServicePact.objects.select_for_update(of=("self",)).get(pk=pact.pk)
    if pact.state not in (PactState.DRAFT, PactState.SIGNED):
        raise NotInForce
    return PlannedAction.objects.create(pact=pact, text=text, due_on=due_on, position=pact.actions.count())


@audit.service("action.prove")
def prove_action(
    *, action: PlannedAction, by: Scope, text: str = "", file: "UploadedFile[bytes] | None" = None
) -> SearchProof:
    """The person tells, or shows with a checked file, what they did. Raises NotInForce when the action is closed, NotOpen."""
    lock_open_case(action.pact.case_id)
    action = PlannedAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.state != PlannedActionState.PENDING:
        raise NotInForce
    return SearchProof.objects.create(action=action, text=text, file=file or "")


@audit.service("action.close")
def close_action(*, action: PlannedAction, state: str, by: Scope, outcome: str = "") -> PlannedAction:
    """Mark an action done or abandoned, with what came of it. A closed one stays as it is. Raises NotOpen."""
    lock_open_case(action.pact.case_id)
    action = PlannedAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.state == PlannedActionState.PENDING:
        action.state = state
        action.outcome = outcome
        action.closed_on = timezone.localdate()
        action.save(update_fields=["state", "outcome", "closed_on"])
    return action
