"""The outbox: work that must be done once, sooner or later, whatever dies in between.

A job is a row of `core.Job`, written in the same transaction as what it follows from. The broker only carries the row's id to a
worker; a worker takes the row on a lease, and a sweep sends again what a dead worker or a dead broker left. A job may therefore
run more than once and its function must be idempotent; two runs never overlap while the machine gives the first one time to
renew its lease.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from typing import TypeVar
from uuid import UUID

import structlog
from celery import current_app
from django.db import close_old_connections, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from sportello.core.models import Job, JobState

logger = structlog.get_logger(__name__)

F_ = TypeVar("F_", bound=Callable[..., object])

RUN_TASK = "core.run_job"
# A dead worker's job is taken up again within LEASE plus one sweep (5 s in the settings): under half a minute in all.
LEASE = timedelta(seconds=15)
RENEWAL = timedelta(seconds=4)
# A message that the broker took but lost (a Redis without persistence restarted) is sent again after this.
RESEND_AFTER = timedelta(seconds=60)
# After a failed send the broker is left alone for this long, so that a broker that hangs slows one request, not each.
BROKER_PAUSE_SECONDS = 10.0
# A lease is renewed at most this long: a function that hangs is taken for dead.
LONGEST_RUN = timedelta(minutes=15)
SWEEP_AT_ONCE = 500
# Long enough to answer "was it done?"; a failed job stays until somebody has looked at it.
KEEP_DONE = timedelta(days=30)
OPEN = (JobState.REQUESTED, JobState.LEASED)

_broker_paused_until = 0.0


@dataclass(frozen=True)
class _Registered:
    function: Callable[..., object]
    max_attempts: int


_registered: dict[str, _Registered] = {}


class UnknownJobError(LookupError):
    """The path names no function decorated with `job`."""


class LeaseLostError(Exception):
    """Another worker holds the job by now: stop, whatever this run still does is worth nothing."""


@dataclass(frozen=True)
class _Run:
    job_id: UUID
    attempt: int
    is_last: bool


_current: ContextVar[_Run | None] = ContextVar("current_job", default=None)


def job(*, max_attempts: int = 5) -> Callable[[F_], F_]:
    """Decorator of the functions in `tasks` modules that `enqueue` may name by dotted path."""

    def register(function: F_) -> F_:
        _registered[f"{function.__module__}.{function.__qualname__}"] = _Registered(function, max_attempts)
        return function

    return register


def enqueue(path: str, *args: str | int, key: str | None = None, not_before: datetime | None = None) -> Job:
    """Write a job in the caller's transaction and give it to the broker on commit; a broker that is down delays, never fails.

    `path` is the dotted path of a function decorated with `job`. With a `key` there is at most one open job of that path and
    key, and the open one is returned, be it already running: leave the key out where the work must see a fact of just now.
    With `not_before` the sweep sends it once that moment has come.
    """
    now = timezone.now()
    due = max(now, not_before or now)
    waits = due > now
    row = Job(
        path=path,
        args=list(args),
        key=key or "",
        not_before=due,
        sent_at=None if waits else now,
    )
    while True:
        Job.objects.bulk_create([row], ignore_conflicts=bool(key))
        written = Job.objects.filter(pk=row.pk)
        same = Job.objects.filter(path=path, key=key, state__in=OPEN) if key else written
        if (found := (written | same).first()) is not None:
            break  # else the open one ended between the two statements: write again
    if found.pk == row.pk and not waits:
        transaction.on_commit(partial(send, row.pk), robust=True)
    return found


def send(job_id: UUID) -> bool:
    """Give the id to the broker, once and without retry; on failure the row is marked for the next sweep. False on failure."""
    global _broker_paused_until  # noqa: PLW0603  one process, one view of its broker
    if time.monotonic() >= _broker_paused_until:
        try:
            current_app.send_task(RUN_TASK, args=[str(job_id)], retry=False)
        except (
            Exception
        ) as error:  # every transport fails in its own way, and none may fail the registration of a person
            _broker_paused_until = time.monotonic() + BROKER_PAUSE_SECONDS
            logger.warning("job_not_sent", job_id=str(job_id), error=type(error).__name__)
        else:
            return True
    Job.objects.filter(pk=job_id, state=JobState.REQUESTED).update(sent_at=None)
    return False


def run(job_id: UUID) -> bool:
    """Lease the job and run it in this thread. False when it is not to be had: done, held by another worker or not yet due.

    An exception of the function ends in the row: requested again after a growing pause, or failed after the last attempt.
    """
    row = _lease(job_id)
    if row is None:
        return False
    try:
        registered = _find(row.path)
    except (UnknownJobError, ImportError) as error:
        _fail(row, error, max_attempts=0)
        return True
    began = time.monotonic()
    token = _current.set(_Run(row.pk, row.attempts, is_last=row.attempts >= registered.max_attempts))
    try:
        with _renewed_lease(row):
            registered.function(*row.args)
    except LeaseLostError:
        logger.warning("job_lease_lost", job_id=str(row.pk), path=row.path)
    except Exception as error:  # whatever happened, the row must say so
        _fail(row, error, max_attempts=registered.max_attempts)
    else:
        if _finish(row):
            seconds = round(time.monotonic() - began, 3)
            logger.info("job_done", job_id=str(row.pk), path=row.path, attempt=row.attempts, seconds=seconds)
    finally:
        _current.reset(token)
    return True


def progress(percent: int, note: str = "") -> None:
    """Show how far the running job is (0 to 100, a short note without personal data) and renew its lease.

    Raises LeaseLostError when another worker has taken the job. Outside a job, as in a direct call from a test or a command, it does
    nothing.
    """
    run = _current.get()
    if run is not None:
        held = Job.objects.filter(pk=run.job_id, state=JobState.LEASED, attempts=run.attempt)
        if not held.update(progress=percent, progress_note=note, lease_until=Now() + LEASE):
            raise LeaseLostError


def is_last_attempt() -> bool:
    """Whether the running job will not be tried again when it fails; True outside a job."""
    run = _current.get()
    return run is None or run.is_last


def sweep() -> int:
    """Take back what dead workers hold and send what the broker has not; returns how many jobs were sent."""
    lapsed = Job.objects.filter(state=JobState.LEASED, lease_until__lt=Now())
    for row in lapsed.order_by("lease_until")[:SWEEP_AT_ONCE]:
        logger.warning("job_worker_lost", job_id=str(row.pk), path=row.path, attempt=row.attempts)
        try:
            max_attempts = _find(row.path).max_attempts
        except (UnknownJobError, ImportError):
            max_attempts = 0
        # By the lease's number and its end: the worker may have renewed it since we looked.
        _give_back(lapsed.filter(pk=row.pk, attempts=row.attempts), row, "WorkerLost", max_attempts, pause=timedelta(0))
    with transaction.atomic():
        due = (
            Job.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(
                Q(sent_at=None) | Q(sent_at__lt=Now() - RESEND_AFTER), state=JobState.REQUESTED, not_before__lte=Now()
            )
            .order_by("not_before")
        )
        ids = [row.pk for row in due[:SWEEP_AT_ONCE]]
        Job.objects.filter(pk__in=ids).update(sent_at=Now())
    return sum(send(job_id) for job_id in ids)


def forget() -> int:
    """Delete the jobs done longer ago than KEEP_DONE; returns how many."""
    deleted, _ = Job.objects.filter(state=JobState.DONE, finished_at__lt=Now() - KEEP_DONE).delete()
    return deleted


def _find(path: str) -> _Registered:
    if path not in _registered:
        import_module(path.rpartition(".")[0])
    try:
        return _registered[path]
    except KeyError:
        raise UnknownJobError(path) from None


def _lease(job_id: UUID) -> Job | None:
    with transaction.atomic():
        leased = Job.objects.filter(pk=job_id, state=JobState.REQUESTED, not_before__lte=Now()).update(
            state=JobState.LEASED, attempts=F("attempts") + 1, lease_until=Now() + LEASE, progress=0, progress_note=""
        )
        return Job.objects.get(pk=job_id) if leased else None


@contextmanager
def _renewed_lease(row: Job) -> Iterator[None]:
    """Renew the lease from a second thread while the function runs, so that long work need not report progress to stay alive."""
    done = threading.Event()

    def renew() -> None:
        last = time.monotonic() + LONGEST_RUN.total_seconds()
        held = Job.objects.filter(pk=row.pk, state=JobState.LEASED, attempts=row.attempts)
        while not done.wait(RENEWAL.total_seconds()) and time.monotonic() < last:
            try:
                close_old_connections()
                if not held.update(lease_until=Now() + LEASE):
                    break  # it is another worker's by now
            except Exception as error:  # the database is away for a moment: the next turn tries again
                logger.warning("job_lease_not_renewed", job_id=str(row.pk), error=type(error).__name__)
        connection.close()

    keeper = threading.Thread(target=renew, name=f"lease-{row.pk}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _fail(row: Job, error: BaseException, *, max_attempts: int) -> None:
    # The text of an exception may quote the data it stumbled on: only its kind is kept.
    name = type(error).__name__
    logger.warning("job_failed", job_id=str(row.pk), path=row.path, attempt=row.attempts, error=name)
    held = Job.objects.filter(pk=row.pk, state=JobState.LEASED, attempts=row.attempts)
    _give_back(held, row, name, max_attempts, pause=timedelta(seconds=5 * 4 ** (row.attempts - 1)))


def _give_back(held: QuerySet[Job], row: Job, error: str, max_attempts: int, *, pause: timedelta) -> None:
    if row.attempts >= max_attempts:
        held.update(state=JobState.FAILED, finished_at=Now(), lease_until=None, error=error)
    else:
        held.update(state=JobState.REQUESTED, lease_until=None, error=error, sent_at=None, not_before=Now() + pause)


def _finish(row: Job) -> bool:
    held = Job.objects.filter(pk=row.pk, state=JobState.LEASED, attempts=row.attempts)
    done = held.update(state=JobState.DONE, progress=100, error="", finished_at=Now(), lease_until=None)
    if not done:
        logger.warning("job_lease_lost", job_id=str(row.pk), path=row.path)
    return bool(done)
