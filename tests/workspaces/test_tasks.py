"""The job of the demonstration."""

from pathlib import Path
from typing import Any

import pytest

from reports.models import ReportIssue
from sportello.workspaces.services.demo.logins import OPERATOR_DESKS
from sportello.workspaces.tasks import publish_demo_reports
from tests.support.personas import make_user
from tests.support.reports import make_pact, make_rules
from tests.support.territory import make_desk, make_municipality


@pytest.mark.django_db
def test_the_job_publishes_the_editions(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    make_user(email="cabina@sportello.example")
    make_rules()
    segrate = make_municipality(name="Segrate", istat_code="015205")
    make_pact([segrate])
    make_desk(slug=OPERATOR_DESKS[-1], serves=[segrate])
    publish_demo_reports("2026-07-02")
    published = ReportIssue.objects.filter(state="published").values_list("year", "half", "kind")
    assert sorted(published) == [
        (y, h, k) for y, h in ((2025, 1), (2025, 2), (2026, 1)) for k in ("desk", "municipality", "pact")
    ]
