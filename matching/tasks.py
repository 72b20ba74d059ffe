"""Searches away from the page that asked for them, and the columns they run over."""

from uuid import UUID

from celery import shared_task

from employers.models import Vacancy
from matching.engine.strategies import Strategy
from matching.services import run as runs
from matching.services import segment
from matching.services.silence import chase_silent, close_silent
from sportello.accounts.models import User
from sportello.accounts.queries import scope_of
from sportello.accounts.scope import Scope
from sportello.core import jobs


@jobs.job(max_attempts=3)
def run_match(vacancy_id: str, user_id: str, strategy: str) -> None:
    """For the person who asked; run twice it keeps two answers to the same question."""
    runs.run_match(
        vacancy=Vacancy.objects.get(pk=vacancy_id),
        by=scope_of(User.objects.get(pk=user_id)),
        strategy=Strategy(strategy),
    )


@jobs.job(max_attempts=3)
def build_segment() -> None:
    segment.build_segment()


@jobs.job(max_attempts=3)
def rematch(first: str, last: str) -> None:
    runs.rematch(first=UUID(first), last=UUID(last), by=Scope.of_process("matching"))


@shared_task(name="matching.end_silences")
def end_silences() -> None:
    """Every morning; run twice it asks and closes nothing more."""
    clock = Scope.of_process("clock")
    close_silent(by=clock)
    chase_silent(by=clock)


@shared_task(name="matching.begin_day")
def begin_day() -> None:
    """Just after midnight: columns of the new day, no memory of changes that are in them, new rankings where they differ."""
    segment.build_segment()
    segment.forget_changes()
    runs.request_rematch(by=Scope.of_process("matching"))
