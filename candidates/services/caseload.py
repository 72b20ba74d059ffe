"""Many cases at once, each by the rules that hold for one; and the views that an operator keeps."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction

from candidates.models import Case, CaseTag, SavedView
from candidates.queries.people import operators_of
from candidates.rules import may_reassign
from candidates.services.appointment import Unreachable
from candidates.services.case import NotOpen, lock_open_case, reassign_case
from candidates.services.invitation import AlreadyInvited, invite_to_book
from sportello.accounts.scope import Scope
from sportello.core import audit


class NameTaken(Exception):
    """The operator keeps another view of that name."""


@audit.service("caseload.reassign")
def reassign_cases(*, cases: Iterable[Case], operator_id: UUID, reason: str, by: Scope) -> int:
    """Hand over those that the actor may hand over, at desks where the operator serves; returns how many."""
    serves: dict[UUID, bool] = {}
    done = 0
    for case in cases:
        if case.desk_id not in serves:
            serves[case.desk_id] = operators_of(case.desk_id).filter(pk=operator_id).exists()
        if case.responsible_operator_id == operator_id or not serves[case.desk_id] or not may_reassign(by, case):
            continue
        try:
            reassign_case(case=case, operator_id=operator_id, reason=reason, by=by)
        except NotOpen:
            continue
        done += 1
    return done


@audit.service("caseload.tag")
def tag_cases(*, cases: Iterable[Case], name: str, by: Scope) -> int:
    """Write a word on those that do not bear it yet; returns how many."""
    done = 0
    for case in cases:
        try:
            lock_open_case(case.pk)
        except NotOpen:
            continue
        done += CaseTag.objects.get_or_create(case=case, name=name)[1]
    return done


@audit.service("caseload.untag")
def untag_cases(*, cases: Iterable[Case], name: str, by: Scope) -> int:
    """Take a word away from those that bear it; returns how many."""
    return CaseTag.objects.filter(case__in=[case.pk for case in cases], name=name).delete()[0]


@audit.service("caseload.invite")
def invite_cases(*, cases: Iterable[Case], convokes: bool, by: Scope) -> int:
    """Ask each person to book who has no meeting, no invitation yet, and can be written to; returns how many."""
    done = 0
    for case in cases:
        try:
            invite_to_book(candidate=case.candidate, desk=case.desk, convokes=convokes, by=by)
        except (AlreadyInvited, Unreachable):
            continue
        done += 1
    return done


@audit.service("view.save")
def save_view(*, name: str, query: str, by: Scope) -> SavedView:
    """Keep a list under a name. Raises NameTaken."""
    try:
        with transaction.atomic():
            return SavedView.objects.create(owner_id=by.account_id, name=name, query=query)
    except IntegrityError as error:
        raise NameTaken from error


@audit.service("view.drop")
def drop_view(*, view: SavedView, by: Scope) -> None:
    """Keep it no more."""
    view.delete()
