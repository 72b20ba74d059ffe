"""Winning a company: each step locked, checked and logged; its record is joined once it registers."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.models import Company, TargetCompany, TargetTransition
from employers.states import TARGET_TRANSITIONS, WITH_COMPANY, CompanyState, TargetState
from sportello.accounts.scope import Scope
from sportello.core import audit


class NotAllowed(Exception):
    """The state does not permit the step, its reason is missing, or the company is not registered."""


class AlreadyTarget(Exception):
    """A company of this name and town, or this record, is followed already."""


@audit.service("target.write")
def write_target(*, by: Scope, target: TargetCompany | None = None, **fields: Any) -> TargetCompany:
    """A company to be won, or what is now known of `target`. `fields` are the model's, but its state and its record.

    Raises AlreadyTarget.
    """
    target = _lock(target) if target else TargetCompany()
    for name, value in fields.items():
        setattr(target, name, value)
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError as error:
        raise AlreadyTarget from error
    return target


@audit.service("target.link")
def link_company(*, target: TargetCompany, company: Company, by: Scope) -> TargetCompany:
    """The company has registered: its record, visits and vacancies stand beside the steps. Raises NotAllowed, AlreadyTarget."""
    target = _lock(target)
    if target.company_id or company.state not in (CompanyState.SUBMITTED, CompanyState.APPROVED):
        raise NotAllowed
    target.company = company
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError as error:
        raise AlreadyTarget from error
    return target


@audit.service("target.move")
def move_target(
    *, target: TargetCompany, to: str, by: Scope, happened_on: date | None = None, note: str = ""
) -> TargetCompany:
    """One step; a vacancy or a hire needs the record of the company, and who drops it says why. Raises NotAllowed."""
    target = _lock(target)
    day = happened_on or timezone.localdate()
    if to not in TARGET_TRANSITIONS[TargetState(target.state)] or day > timezone.localdate():
        raise NotAllowed
    if (to in WITH_COMPANY and not target.company_id) or (to == TargetState.DROPPED and not note.strip()):
        raise NotAllowed
    TargetTransition.objects.create(
        target=target,
        from_state=target.state,
        to_state=to,
        note=note,
        happened_on=day,
        actor_id=by.actor_id,
        actor_label=by.actor_label,
    )
    target.state = to
    if to in (TargetState.DROPPED, TargetState.HIRED):
        target.next_step, target.next_step_on = "", None
    target.save()
    return target


def _lock(target: TargetCompany) -> TargetCompany:
    return TargetCompany.objects.select_for_update(of=("self",)).get(pk=target.pk)
