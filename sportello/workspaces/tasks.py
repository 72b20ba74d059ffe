"""What the clock does with people who fell silent, and the demonstration while its first pages are already open."""

from datetime import date

from celery import shared_task

from sportello.accounts.scope import Scope
from sportello.core import jobs
from sportello.workspaces.services.demo.editions import publish_past_editions
from sportello.workspaces.services.erasure import announce_erasures, erase_silent


@jobs.job(max_attempts=2)
def publish_demo_reports(today: str) -> None:
    publish_past_editions(today=date.fromisoformat(today), by=Scope.of_process("seed_demo"))


@shared_task(name="workspaces.forget_people")
def forget_people() -> None:
    """Every night; run twice it goes on with the next of a backlog, and tells nobody twice."""
    clock = Scope.of_process("clock")
    erase_silent(by=clock)
    announce_erasures(by=clock)
