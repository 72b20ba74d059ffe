"""What the demonstration does while its first pages are already open."""

from datetime import date

from sportello.accounts.scope import Scope
from sportello.core import jobs
from sportello.workspaces.services.demo.editions import publish_past_editions


@jobs.job(max_attempts=2)
def publish_demo_reports(today: str) -> None:
    publish_past_editions(today=date.fromisoformat(today), by=Scope.of_process("seed_demo"))
