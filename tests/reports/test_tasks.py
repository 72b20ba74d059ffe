"""The jobs as the worker runs them."""

import pytest

from reports.models import ReportIssue
from reports.services.issue import request_issue
from reports.states import IssueState
from reports.tasks import request_semester_issues
from sportello.accounts.scope import Scope
from sportello.core import jobs
from sportello.core.models import Job, JobState
from tests.support.reports import make_pact, segrate_quarter
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def test_the_job_builds_the_edition() -> None:
    issue = request_issue(territory=segrate_quarter().place, year=2026, half=1, by=BY)
    job = Job.objects.get(key=str(issue.pk))
    assert jobs.run(job.pk)
    job.refresh_from_db()
    issue.refresh_from_db()
    assert (job.state, job.error, issue.state) == (JobState.DONE, "", IssueState.BUILT)


def test_the_timetable_asks_for_the_semester_that_is_over() -> None:
    make_pact([make_municipality(istat_code="015205")], slug="patto-a")
    request_semester_issues()
    assert sorted(ReportIssue.objects.values_list("code", flat=True)) == ["2026-1/015205/01", "2026-1/PATTO-A/01"]
