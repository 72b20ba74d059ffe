"""Drills with real brokers and real workers, killed as machines kill them."""

import os
import shutil
import signal
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import transaction
from django.utils import timezone

from sportello.core import jobs, tasks
from sportello.core.models import AccessLogEntry, Job, JobState, Message, MessageState
from tests.support.brokers import free_port, kill, kill_one, redis, sending_to, wait_until, worker

NOTE = "tests.support.chores.note"
SLOWLY = "tests.support.chores.note_slowly"
ONLY_WITH_REDIS = pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server here")


@pytest.fixture(params=["filesystem", pytest.param("redis", marks=ONLY_WITH_REDIS)])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | None]:
    """The address of a running Redis, None for the filesystem broker; this process sends to it."""
    if request.param == "filesystem":
        with sending_to("filesystem://", tmp_path):
            yield None
        return
    port = free_port()
    with redis(tmp_path, port), sending_to(f"redis://127.0.0.1:{port}"):
        yield f"redis://127.0.0.1:{port}"


def beginnings(notes: Path) -> list[str]:
    return notes.read_text().splitlines() if notes.exists() else []


def is_done(row: Job) -> bool:
    row.refresh_from_db()
    return row.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_job_is_replaced_by_the_next(broker: str | None, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    with worker(tmp_path, redis_url=broker) as first:
        row = jobs.enqueue(SLOWLY, str(notes), 2)
        wait_until(lambda: len(beginnings(notes)) == 1, 30)
        kill(first)
        with worker(tmp_path, redis_url=broker):
            wait_until(lambda: is_done(row), 120)
    assert [line.split()[0] for line in beginnings(notes)] == ["begin", "begin", "end"]
    assert row.attempts == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_freezes_loses_its_job_and_spoils_nothing_when_it_wakes(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    with sending_to("filesystem://", tmp_path), worker(tmp_path, beat=False) as frozen:
        row = jobs.enqueue(SLOWLY, str(notes), 3)
        wait_until(lambda: len(beginnings(notes)) == 1, 30)
        os.killpg(frozen.pid, signal.SIGSTOP)
        with worker(tmp_path):
            wait_until(lambda: is_done(row), 120)
            finished_at = row.finished_at
            os.killpg(frozen.pid, signal.SIGCONT)
            wait_until(lambda: len(beginnings(notes)) == 4, 15)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.finished_at) == (JobState.DONE, 2, finished_at)


@ONLY_WITH_REDIS
@pytest.mark.django_db(transaction=True)
def test_what_is_asked_while_redis_is_down_is_done_once_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_broker_paused_until", 0.0)
    notes, port = tmp_path / "notes", free_port()
    url = f"redis://127.0.0.1:{port}"
    with redis(tmp_path, port) as before, worker(tmp_path, redis_url=url), sending_to(url):
        warm = jobs.enqueue(NOTE, str(notes), "prima")
        wait_until(lambda: is_done(warm), 30)
        kill_one(before)
        for number in range(30):
            with transaction.atomic():
                jobs.enqueue(NOTE, str(notes), f"registrazione {number}")
        with redis(tmp_path, port):
            wait_until(lambda: Job.objects.filter(state=JobState.DONE).count() == 31, 60)
    assert sorted(beginnings(notes)) == sorted(["prima", *(f"registrazione {number}" for number in range(30))])


@ONLY_WITH_REDIS
@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_redis_dies_in_the_middle_of_a_job_ends_it_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_broker_paused_until", 0.0)
    notes, port = tmp_path / "notes", free_port()
    url = f"redis://127.0.0.1:{port}"
    with redis(tmp_path, port) as before, worker(tmp_path, redis_url=url) as at_work, sending_to(url):
        running = jobs.enqueue(SLOWLY, str(notes), 3)
        wait_until(lambda: len(beginnings(notes)) == 1, 30)
        kill_one(before)
        wait_until(lambda: is_done(running), 30)
        with redis(tmp_path, port):
            after = jobs.enqueue(NOTE, str(notes), "dopo")
            wait_until(lambda: is_done(after), 60)
        assert at_work.poll() is None
    assert [line.split()[0] for line in beginnings(notes)] == ["begin", "end", "dopo"]
    assert running.attempts == 1


@pytest.mark.django_db(transaction=True)
def test_the_task_runs_the_job_of_its_id(tmp_path: Path) -> None:
    row = jobs.enqueue(NOTE, str(tmp_path / "notes"), "fatto")
    tasks.run_job(str(row.pk))
    assert is_done(row)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_task_sends_what_was_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_broker_paused_until", 0.0)
    row = Job.objects.create(path=NOTE)
    with sending_to("filesystem://", tmp_path):
        tasks.sweep_jobs()
    row.refresh_from_db()
    assert row.sent_at is not None


@pytest.mark.django_db
def test_the_message_task_sends_the_message_of_its_id() -> None:
    message = Message.objects.create(kind="k", recipient="anna@example.org", subject="Ciao", body="Testo\n")
    tasks.send_message(str(message.pk))
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert [sent.to for sent in mail.outbox] == [["anna@example.org"]]


@pytest.mark.django_db
def test_a_message_that_went_with_its_person_is_not_missed() -> None:
    tasks.send_message(str(uuid.uuid4()))
    assert mail.outbox == []


@pytest.mark.django_db
def test_every_night_what_was_kept_long_enough_is_forgotten() -> None:
    now = timezone.now()
    for days in (29, 31):
        Job.objects.create(path=NOTE, state=JobState.DONE, finished_at=now - timedelta(days=days))
    for days in (730, 732):
        message = Message.objects.create(kind="k", recipient="anna@example.org", subject=f"{days}", state="failed")
        Message.objects.filter(pk=message.pk).update(created_at=now - timedelta(days=days))
        AccessLogEntry.objects.create(
            subject_id=uuid.uuid4(), actor_label="visitor", part=f"{days}", purpose="x", at=now - timedelta(days=days)
        )
        Session.objects.create(session_key=f"{days}", session_data="", expire_date=now + timedelta(days=731 - days))
    tasks.forget()
    assert Job.objects.count() == 1
    assert list(Message.objects.values_list("subject", flat=True)) == ["730"]
    assert list(AccessLogEntry.objects.values_list("part", flat=True)) == ["730"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["730"]
