"""The agreed actions of a pact as they were known when an edition was frozen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from reports.models import ReportIssue
from reports.rules import Semester
from sportello.pacts.enums import ActionState
from sportello.pacts.models import PactAction


@dataclass(frozen=True)
class ActionThen:
    """One action with what its history says of it at the moment of the freeze."""

    title: str
    code: str
    starts_on: date
    ends_on: date | None
    state: ActionState


def actions_of(issue: ReportIssue) -> tuple[ActionThen, ...]:
    """Of an edition of a pact, the actions under way on some day of its semester, the first to begin first; one query.

    They are read from the history, which only grows: what is changed, added or taken away later never changes an edition. Of other
    territories, and before the freeze, there are none.
    """
    if issue.pact_id is None or issue.frozen_at is None:
        return ()
    semester = Semester(issue.year, issue.half)
    found = as_known(PactAction, pact=issue.pact_id, at=issue.frozen_at).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=semester.first_day), starts_on__lte=issue.data_cut
    )
    rows = found.order_by("starts_on", "title", "pgh_obj_id")
    return tuple(ActionThen(row.title, row.code, row.starts_on, row.ends_on, ActionState(row.state)) for row in rows)


def as_known(model: type[Model], *, pact: UUID, at: datetime) -> QuerySet[Any]:
    """The rows about a pact as they were at a moment, from the history of their `model`; `pgh_obj_id` is the row that each was of."""
    # The type of the history is made by the tracker of the model.
    history = model.pgh_event_model.objects  # type: ignore[attr-defined]
    last = history.filter(pgh_created_at__lte=at).order_by("pgh_obj_id", "-pgh_created_at", "-pgh_id")
    known: QuerySet[Any] = history.filter(pk__in=last.distinct("pgh_obj_id").values("pk"), pact_id=pact)
    return known.exclude(pgh_label="delete")
