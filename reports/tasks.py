"""Building editions away from the page that asked for them."""

from celery import shared_task
from django.utils import timezone

from reports.models import ReportIssue
from reports.services import build, seal
from reports.services.issue import request_semester
from sportello.accounts.scope import Scope
from sportello.core import jobs


@jobs.job(max_attempts=3)
def build_issue(issue_id: str) -> None:
    issue = ReportIssue.objects.select_related("pact", "zone", "desk", "municipality", "requested_by").get(pk=issue_id)
    build.build_issue(issue=issue, by=Scope.of_process("reports"))


@jobs.job()
def seal_issue(issue_id: str) -> None:
    seal.seal_issue(issue=ReportIssue.objects.get(pk=issue_id), by=Scope.of_process("reports"))


@shared_task(name="reports.request_semester")
def request_semester_issues() -> None:
    request_semester(day=timezone.localdate(), by=Scope.of_process("reports"))
