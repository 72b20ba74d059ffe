"""Two who act in the same moment: the second stands before the locks of the first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

from django.db import connection, transaction


def while_it_waits(held: Callable[[], object], waiting: Callable[[], object]) -> None:
    """Run `held` in a transaction that commits only when `waiting`, in another thread, stands before its locks."""

    def second() -> None:
        try:
            waiting()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            held()
            other = threads.submit(second)
            until = monotonic() + 10
            while not _somebody_waits_for_us() and not other.done():
                assert monotonic() < until, "nobody waited for a lock"
                sleep(0.02)
        other.result()


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])
