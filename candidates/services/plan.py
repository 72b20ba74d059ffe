"""Drafting a service pact and following its plan."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from candidates.models import Case, PlannedAction, SearchProof, ServicePact, SigningCode
from candidates.queries.people import terms_of
from candidates.rules import pact_kinds
from candidates.services.case import lock_open_case
from candidates.states import PactState, PlannedActionState, ReviewState
from sportello.accounts.scope import Scope
from sportello.core import audit


class KindNotOffered(Exception):
    """The desk does not sign that kind of pact."""


class NotInForce(Exception):
    """The pact was superseded or ended: its plan is over."""


@audit.service("pact.draft")
def draft_pact(*, case: Case, by: Scope, **fields: Any) -> ServicePact:
    """Open the draft of the next version with the terms of the one in force, or change the draft that is open.

    `fields` are the model's; those not named stay as they were. What was approved or signed by the operator is so no more.
    Raises NotOpen, KindNotOffered.
    """
    case = lock_open_case(case.pk)
    if "kind" in fields and fields["kind"] not in pact_kinds(case.desk):
        raise KindNotOffered
    draft = case.service_pacts.select_for_update(of=("self",)).filter(state=PactState.DRAFT).first()
    if draft is None:
        last = case.service_pacts.order_by("-version").first()
        terms = terms_of(last) if last else {}
        version = last.version + 1 if last else 1
        return ServicePact.objects.create(case=case, version=version, written_by_id=by.user_id, **{**terms, **fields})
    reopen_draft(draft)
    draft.written_by_id = by.user_id
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save(update_fields=["written_by", *fields])
    return draft


def reopen_draft(draft: ServicePact) -> None:
    """A draft that changes is no longer what was approved, nor what the operator signed; the caller holds its row."""
    draft.reviews.filter(state__in=(ReviewState.ASKED, ReviewState.APPROVED)).update(state=ReviewState.WITHDRAWN)
    if draft.operator_signed_at:
        SigningCode.objects.filter(pact=draft).delete()
        draft.operator_signed_at = draft.operator_signed_by = draft.snapshot = None
        draft.save(update_fields=["operator_signed_at", "operator_signed_by", "snapshot"])


@audit.service("action.plan")
def plan_action(*, pact: ServicePact, text: str, due_on: date, by: Scope) -> PlannedAction:
    """Agree one more action; a draft changes with it. Raises NotInForce, NotOpen."""
    lock_open_case(pact.case_id)
    pact = ServicePact.objects.select_for_update(of=("self",)).get(pk=pact.pk)
    if pact.state not in (PactState.DRAFT, PactState.SIGNED):
        raise NotInForce
    if pact.state == PactState.DRAFT:
        reopen_draft(pact)
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
