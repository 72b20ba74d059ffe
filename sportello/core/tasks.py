"""What Celery carries: the run of one job, the sweep of those left behind, the sending of one message."""

from uuid import UUID

from celery import shared_task
from django.core.management import call_command

from sportello.core import audit, jobs, notify


@shared_task(name=jobs.RUN_TASK)
def run_job(job_id: str) -> None:
    jobs.run(UUID(job_id))


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(name="core.forget")
def forget() -> None:
    """Every night: what has been kept as long as was promised, and sessions that have ended."""
    jobs.forget()
    notify.forget()
    audit.forget_reads()
    call_command("clearsessions")


@jobs.job(max_attempts=6)
def send_message(message_id: str) -> None:
    notify.send_message(UUID(message_id))
