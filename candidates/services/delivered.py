"""Writing down what a person received, and correcting it while the rule allows."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import Case, GroupMeeting, ServiceDelivered
from candidates.queries.delivered import seats_seen
from candidates.rules import may_correct
from candidates.services.case import NotOpen, lock_open_case
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.models import ServiceCatalogueItem
from sportello.reference.rules import parameter


class TooLate(Exception):
    """The days in which it could be corrected are over, or it is a colleague's."""


@audit.service("service.record")
def record_service(
    *,
    case: Case,
    service: ServiceCatalogueItem,
    delivered_on: date,
    minutes: int,
    mode: str,
    by: Scope,
    note: str = "",
    group: GroupMeeting | None = None,
) -> ServiceDelivered:
    """Write down one service; who writes it is its operator. Raises NotOpen."""
    case = lock_open_case(case.pk)
    return ServiceDelivered.objects.create(
        case=case,
        residence_id=case.candidate.residence_id,
        service=service,
        delivered_on=delivered_on,
        minutes=minutes,
        mode=mode,
        operator_id=by.user_id,
        note=note,
        group=group,
    )


@audit.service("service.correct")
def correct_service(*, delivered: ServiceDelivered, by: Scope, **fields: Any) -> ServiceDelivered:
    """Change the service, its day, minutes, mode or note. Raises TooLate, NotOpen, MissingParameterError."""
    delivered = _held(delivered, by)
    for name, value in fields.items():
        setattr(delivered, name, value)
    delivered.save(update_fields=list(fields))
    return delivered


@audit.service("service.remove")
def remove_service(*, delivered: ServiceDelivered, by: Scope) -> None:
    """Take back what was written by mistake; the history keeps it. Raises TooLate, NotOpen, MissingParameterError."""
    _held(delivered, by).delete()


@audit.service("service.group")
def record_group_service(
    *, group: GroupMeeting, service: ServiceCatalogueItem, minutes: int, by: Scope, note: str = ""
) -> int:
    """Write one service down for all who came, have an open case and do not have it yet; returns for how many."""
    done = 0
    for case in seats_seen(by, group.pk).values():
        try:
            with transaction.atomic():
                record_service(
                    case=case,
                    service=service,
                    delivered_on=timezone.localdate(group.starts_at),
                    minutes=minutes,
                    mode=group.mode,
                    note=note,
                    group=group,
                    by=by,
                )
        except (NotOpen, IntegrityError):
            continue
        done += 1
    return done


def _held(delivered: ServiceDelivered, by: Scope) -> ServiceDelivered:
    lock_open_case(delivered.case_id)
    delivered = ServiceDelivered.objects.select_for_update(of=("self",)).select_related("case").get(pk=delivered.pk)
    now = timezone.now()
    days = int(parameter("service_correction_days", on=timezone.localdate(now)).value)
    if not may_correct(by, delivered, days=days, now=now):
        raise TooLate
    return delivered
