"""What Celery carries: the run of one job, the sweep of those left behind, the sending of one message."""

from uuid import UUID

from celery import shared_task

from sportello.core import jobs, notify


@shared_task(name=jobs.RUN_TASK)
def run_job(job_id: str) -> None:
    jobs.run(UUID(job_id))


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(name="core.forget_jobs")
def forget_jobs() -> None:
    jobs.forget()


@jobs.job(max_attempts=6)
def send_message(message_id: str) -> None:
    notify.send_message(UUID(message_id))
