"""Searches away from the page that asked for them, and the columns they run over."""

from celery import shared_task

from employers.models import Vacancy
from matching.services import segment
from matching.services.run import run_match as run
from sportello.accounts.models import User
from sportello.accounts.queries import scope_of
from sportello.core import jobs


@jobs.job(max_attempts=3)
def run_match(vacancy_id: str, user_id: str) -> None:
    """For the person who asked; run twice it keeps two answers to the same question."""
    run(vacancy=Vacancy.objects.get(pk=vacancy_id), by=scope_of(User.objects.get(pk=user_id)))


@jobs.job(max_attempts=3)
def build_segment() -> None:
    segment.build_segment()


@shared_task(name="matching.begin_day")
def begin_day() -> None:
    """Just after midnight: columns of the new day for the first search, and no memory of changes that are in them."""
    segment.build_segment()
    segment.forget_changes()
