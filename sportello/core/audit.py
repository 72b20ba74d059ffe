"""Who did what, and why: history by database triggers, and the log of reads.

A write to a tracked table without a context is refused by the database itself, so no code path can forget the audit.
"""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, Protocol, TypeVar
from uuid import UUID

import pghistory
import pgtrigger
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

_REFUSE = """
IF NULLIF(current_setting('pghistory.context_id', true), '') IS NULL THEN
    RAISE EXCEPTION 'write to % without an audit context', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END IF;
RETURN COALESCE(NEW, OLD);
"""


class Actor(Protocol):
    """Whoever acts: a signed-in person's scope or a named process."""

    @property
    def actor_id(self) -> UUID | None: ...

    @property
    def actor_label(self) -> str: ...


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[type[M]], type[M]]:
    """Class decorator: keep every version of a row, and refuse writes outside `acting`.

    `exclude` names fields whose past must not be kept (secrets, visit times).
    """

    def decorate(model: type[M]) -> type[M]:
        model = pghistory.track(
            pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude)
        )(model)
        refuse = pgtrigger.Trigger(
            name="refuse_without_context",
            # By row, so that a statement that touches nobody (a package's migration) needs no context.
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=_REFUSE,
        )
        return pgtrigger.register(refuse)(model)  # type: ignore[no-any-return]

    return decorate


def prepare_connection(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Receiver of `connection_created`: tell the triggers, once for the connection, that none of them is to be ignored.

    While this setting is missing, pgtrigger's functions catch an error for every row written, and each caught error walks
    through all foreign keys still to be checked: the cost of a long transaction grows with the square of its rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION pgtrigger.ignore = '{}'")


def acting(by: Actor, reason: str) -> pghistory.context:
    """Context of every write inside: the actor's id and office, never a name, and the reason as a verb."""
    return pghistory.context(actor=str(by.actor_id or ""), actor_label=by.actor_label, reason=reason)


def service(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function one recorded transaction; its argument `by` is the actor, `reason` the verb."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def recorded(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Any = kwargs["by"]
            with transaction.atomic(), acting(actor, reason):
                return function(*args, **kwargs)

        return recorded

    return decorate


def log_read(*, subject_id: UUID, by: Actor, part: str, purpose: str) -> None:
    """Write that `by` read `part` of a person's file for `purpose`; the person sees this line."""
    # Imported here: decorators of this module are used while the models are still being loaded.
    from sportello.core.models import AccessLogEntry

    AccessLogEntry.objects.create(
        subject_id=subject_id, actor_id=by.actor_id, actor_label=by.actor_label, part=part, purpose=purpose
    )


def forget_reads() -> int:
    """Delete the lines of the access log older than they may be kept; returns how many."""
    from sportello.core.models import KEPT, AccessLogEntry

    return AccessLogEntry.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
