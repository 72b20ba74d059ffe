"""The open feed of the board: what changed since, in an order that nobody can slip past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q, QuerySet

from employers.models import BoardEntry, Vacancy
from employers.queries.board import accreditations_of
from employers.queries.vacancies import whole
from employers.states import VacancyState
from sportello.territory.models import Accreditation

# Of the transactions that write to the feed at this moment (none may hide behind its start: a line carries the moment of its write),
# the one that began first; none, and it is the moment of this statement.
_HORIZON = """
SELECT LEAST(statement_timestamp(), min(writer.xact_start))
FROM pg_locks AS held JOIN pg_stat_activity AS writer USING (pid)
WHERE held.relation = 'employers_boardentry'::regclass AND held.mode = 'RowExclusiveLock'
AND writer.pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Change:
    """One vacancy as the feed tells it; `vacancy` is None for one that left the board."""

    id: UUID
    state: str
    changed_at: datetime
    vacancy: Vacancy | None
    accreditation: Accreditation | None = None


def horizon() -> datetime:
    """Up to when the feed is complete: nothing that changed before can still become visible.

    Must be asked before the lines are read, in a statement of its own. It sees the transactions of the portal's own database role.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        found: datetime = cursor.fetchone()[0]
    return found


def last_change(*, before: datetime) -> datetime:
    """When the feed changed last, as far as it is complete; 1970 for one without lines."""
    found = BoardEntry.objects.filter(changed_at__lt=before).aggregate(last=Max("changed_at"))["last"]
    return found or datetime.fromtimestamp(0, UTC)


def entries(
    narrowed: Q, *, gone_after: datetime, after: tuple[datetime, UUID] | None, before: datetime
) -> QuerySet[BoardEntry]:
    """Lines of the feed in the order of their change, from `after` to `before`; what left the board only if it did after
    `gone_after`.

    `narrowed` speaks of the vacancy: `Q(vacancy__occupation=...)`.
    """
    found = BoardEntry.objects.filter(
        narrowed, Q(state=VacancyState.PUBLISHED) | Q(changed_at__gt=gone_after), changed_at__lt=before
    )
    if after is not None:
        moment, pk = after
        # The first condition alone is what the index walks from.
        found = found.filter(Q(changed_at__gt=moment) | Q(vacancy_id__gt=pk), changed_at__gte=moment)
    return found.order_by("changed_at", "vacancy_id")


def changes(lines: Iterable[BoardEntry]) -> list[Change]:
    """The lines with their vacancies, six queries for any number of them; whole only what is on the board today."""
    lines = list(lines)
    shown = {v.pk: v for v in whole(Vacancy.objects.published().filter(pk__in=[line.pk for line in lines]))}
    accreditations = accreditations_of(vacancy.desk.managed_by_id for vacancy in shown.values())
    return [_change(line, shown.get(line.pk), accreditations) for line in lines]


def change_of(pk: UUID) -> Change | None:
    """The line of one vacancy; None for one that was never on the board."""
    return next(iter(changes(BoardEntry.objects.filter(pk=pk))), None)


def _change(line: BoardEntry, vacancy: Vacancy | None, accreditations: dict[UUID, Accreditation]) -> Change:
    state = line.state
    if vacancy is None and state == VacancyState.PUBLISHED:
        # Its last day has passed and the night has not closed it yet.
        state = VacancyState.EXPIRED
    accreditation = accreditations.get(vacancy.desk.managed_by_id) if vacancy else None
    return Change(line.pk, state, line.changed_at, vacancy, accreditation)
