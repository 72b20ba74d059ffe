import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from sportello.core import jobs
from sportello.core.models import Job, JobState
from tests.support import chores
from tests.support.brokers import deaf_broker, sending_to

NOTE = "tests.support.chores.note"
SLOWLY = "tests.support.chores.note_slowly"
HALF = "tests.support.chores.report_half"
STUMBLE = "tests.support.chores.stumble"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Path]:
    """A broker whose queue is a folder: one file is one message."""
    with sending_to("filesystem://", tmp_path):
        yield tmp_path / "broker" / "queue"


@pytest.fixture(autouse=True)
def _broker_not_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_broker_paused_until", 0.0)


def messages(queue: Path) -> int:
    return len([*queue.iterdir()])


def leased(*, lapsed_since: timedelta, attempts: int = 1, path: str = NOTE, args: tuple[str, ...] = ()) -> Job:
    return Job.objects.create(
        path=path,
        args=list(args),
        state=JobState.LEASED,
        attempts=attempts,
        lease_until=timezone.now() - lapsed_since,
        sent_at=timezone.now(),
    )


@pytest.mark.django_db
def test_enqueue_writes_a_row() -> None:
    row = jobs.enqueue(NOTE, "a", 1)
    stored = Job.objects.get()
    assert (stored.pk, stored.path, stored.args, stored.state) == (row.pk, NOTE, ["a", 1], JobState.REQUESTED)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_enqueues_nothing(queue: Path) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue(NOTE)
        raise RuntimeError
    assert Job.objects.count() == 0
    assert messages(queue) == 0


@pytest.mark.django_db(transaction=True)
def test_the_id_goes_to_the_broker_on_commit_and_not_before(queue: Path) -> None:
    with transaction.atomic():
        row = jobs.enqueue(NOTE, "a")
        assert messages(queue) == 0
    assert messages(queue) == 1
    assert Job.objects.get(pk=row.pk).sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_key_is_open_once(queue: Path) -> None:
    first = jobs.enqueue(NOTE, "a", key="k")
    assert jobs.enqueue(NOTE, "a", key="k") == first
    assert jobs.enqueue(NOTE, "a", key="another") != first
    assert jobs.enqueue(HALF, "a", key="k") != first
    assert messages(queue) == 3
    Job.objects.filter(pk=first.pk).update(state=JobState.DONE, finished_at=timezone.now())
    assert jobs.enqueue(NOTE, "a", key="k") != first


@pytest.mark.django_db(transaction=True)
def test_one_key_asked_by_many_at_once_is_one_job(queue: Path) -> None:
    start = threading.Barrier(6)

    def ask(_: int) -> uuid.UUID:
        start.wait()
        try:
            return jobs.enqueue(NOTE, "a", key="k").pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, range(6)))) == 1
    assert Job.objects.count() == 1
    assert messages(queue) == 1


@pytest.mark.django_db(transaction=True)
def test_run_does_the_work_and_marks_it_done(notes: Path) -> None:
    row = jobs.enqueue(NOTE, str(notes), "fatto")
    assert jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.progress, row.attempts, row.error) == (JobState.DONE, 100, 1, "")
    assert row.finished_at is not None
    assert notes.read_text() == "fatto\n"


@pytest.mark.django_db(transaction=True)
def test_a_message_delivered_twice_runs_once(notes: Path) -> None:
    row = jobs.enqueue(NOTE, str(notes), "una volta")
    assert [jobs.run(row.pk), jobs.run(row.pk), jobs.run(uuid.uuid4())] == [True, False, False]
    assert notes.read_text() == "una volta\n"


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_run_it_once(notes: Path) -> None:
    row = jobs.enqueue(SLOWLY, str(notes), 1)
    start = threading.Barrier(8)

    def take(_: int) -> bool:
        start.wait()
        try:
            return jobs.run(row.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(take, range(8))) == [False] * 7 + [True]
    assert [line.split()[0] for line in notes.read_text().splitlines()] == ["begin", "end"]


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_tried_again_later_and_keeps_only_the_kind_of_error() -> None:
    row = jobs.enqueue(STUMBLE, "RSSMRA85T10A562S")
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == (JobState.REQUESTED, "ValueError", 1)
    assert timedelta(seconds=2) < row.not_before - timezone.now() <= timedelta(seconds=5)
    assert not jobs.run(row.pk)  # not yet due
    Job.objects.filter(pk=row.pk).update(not_before=timezone.now())
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == (JobState.FAILED, "ValueError", 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["tests.support.chores.not_a_job", "tests.support.chores.nobody", "no.such.module"])
def test_only_registered_functions_run(path: str) -> None:
    row = jobs.enqueue(path)
    jobs.run(row.pk)
    row.refresh_from_db()
    assert row.state == JobState.FAILED


@pytest.mark.django_db(transaction=True)
def test_progress_is_shown_in_the_row(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = jobs.enqueue(HALF, str(notes))
    seen: list[tuple[int, str]] = []
    write = chores._write

    def look(path: str, line: str) -> None:
        seen.append(Job.objects.values_list("progress", "progress_note").get(pk=row.pk))
        write(path, line)

    monkeypatch.setattr(chores, "_write", look)
    jobs.run(row.pk)
    assert seen == [(50, "a metà")]


@pytest.mark.django_db(transaction=True)
def test_a_run_whose_job_was_taken_over_stops_and_leaves_the_row_alone(notes: Path) -> None:
    row = jobs.enqueue("tests.support.chores.be_overtaken", str(notes))
    assert jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.progress) == (JobState.LEASED, 2, 0)
    assert not notes.exists()


def test_progress_outside_a_job_does_nothing() -> None:
    jobs.progress(10, "da solo")
    assert jobs.is_last_attempt()


@pytest.mark.django_db(transaction=True)
def test_a_long_run_keeps_its_lease(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(jobs, "RENEWAL", timedelta(seconds=0.2))
    row = jobs.enqueue(SLOWLY, str(notes), 2)
    swept: list[int] = []

    def sweep_meanwhile() -> None:
        for _ in range(9):
            time.sleep(0.2)
            swept.append(jobs.sweep())
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        sweeping = pool.submit(sweep_meanwhile)
        jobs.run(row.pk)
        sweeping.result()
    row.refresh_from_db()
    assert (row.state, row.attempts, swept) == (JobState.DONE, 1, [0] * 9)


@pytest.mark.django_db
def test_a_lease_that_is_lost_leaves_no_connection_behind(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "RENEWAL", timedelta(seconds=0.1))
    # Nobody else sees what this transaction has written: whoever renews the lease finds it gone.
    row = jobs.enqueue(SLOWLY, str(notes), 1)
    open_before = connections_open()
    jobs.run(row.pk)
    assert connections_open() == open_before


def connections_open() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_the_sweep_takes_back_what_a_dead_worker_holds(queue: Path) -> None:
    dead, alive = leased(lapsed_since=timedelta(seconds=1)), leased(lapsed_since=-timedelta(seconds=9))
    assert jobs.sweep() == 1
    assert messages(queue) == 1
    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.state, dead.error, dead.attempts) == (JobState.REQUESTED, "WorkerLost", 1)
    assert alive.state == JobState.LEASED


@pytest.mark.django_db(transaction=True)
def test_a_job_that_kills_each_worker_fails_in_the_end(queue: Path) -> None:
    row = leased(lapsed_since=timedelta(seconds=1), attempts=3)
    assert jobs.sweep() == 0
    row.refresh_from_db()
    assert (row.state, row.error) == (JobState.FAILED, "WorkerLost")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("sent_ago", "due_in", "sends"), [(None, 0, 1), (10, 0, 0), (61, 0, 1), (None, 30, 0)], ids=str
)
def test_the_sweep_sends_what_the_broker_does_not_have(
    queue: Path, sent_ago: int | None, due_in: int, sends: int
) -> None:
    now = timezone.now()
    sent_at = None if sent_ago is None else now - timedelta(seconds=sent_ago)
    Job.objects.create(path=NOTE, sent_at=sent_at, not_before=now + timedelta(seconds=due_in))
    assert jobs.sweep() == sends
    assert jobs.sweep() == 0
    assert messages(queue) == sends


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_once_send_each_job_once(queue: Path) -> None:
    Job.objects.bulk_create(Job(path=NOTE) for _ in range(30))
    start = threading.Barrier(4)

    def sweep(_: int) -> int:
        start.wait()
        try:
            return jobs.sweep()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(sweep, range(4))) == 30
    assert messages(queue) == 30


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_fails_no_request_and_is_asked_by_the_first_alone() -> None:
    with deaf_broker() as broker, sending_to(f"redis://127.0.0.1:{broker.server_address[1]}"):
        rows = [jobs.enqueue(NOTE, "a")]
        asked_at_first = broker.asked
        rows += [jobs.enqueue(NOTE, "a") for _ in range(19)]
    assert asked_at_first > 0
    assert broker.asked == asked_at_first
    assert list(Job.objects.filter(state=JobState.REQUESTED, sent_at=None).order_by("pk")) == sorted(
        rows, key=lambda row: row.pk
    )


@pytest.mark.django_db(transaction=True)
def test_the_sweep_sends_again_when_the_broker_is_back(queue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue.rename(queue.with_name("away"))
    jobs.enqueue(NOTE, "a")
    queue.with_name("away").rename(queue)
    assert jobs.sweep() == 0  # within the pause nobody asks the broker
    monkeypatch.setattr(jobs, "_broker_paused_until", 0.0)
    assert jobs.sweep() == 1
    assert messages(queue) == 1


@pytest.mark.django_db
def test_only_what_was_done_long_ago_is_forgotten() -> None:
    long_ago = timezone.now() - timedelta(days=31)
    Job.objects.create(path=NOTE, state=JobState.DONE, finished_at=long_ago)
    kept = [
        Job.objects.create(path=NOTE, state=JobState.DONE, finished_at=long_ago + timedelta(days=2)),
        Job.objects.create(path=NOTE, state=JobState.FAILED, finished_at=long_ago),
        Job.objects.create(path=NOTE, requested_at=long_ago),
    ]
    assert jobs.forget() == 1
    assert sorted(Job.objects.values_list("pk", flat=True)) == sorted(row.pk for row in kept)
