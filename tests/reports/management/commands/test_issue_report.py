"""The report from the shell."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.models import ReportIssue
from sportello.core.models import Job
from tests.support.reports import segrate_quarter

pytestmark = pytest.mark.django_db


def test_the_report_is_written_to_the_folder(tmp_path: Path) -> None:
    segrate_quarter()
    call_command("issue_report", "--territory", "015205", "--semester", "2026-1", "--output", str(tmp_path / "out"))
    issue = ReportIssue.objects.get()
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == ["rapporto-2026-1-015205-01.csv", "rapporto-2026-1-015205-01.pdf"]
    with issue.pdf.open("rb") as kept:
        assert (tmp_path / "out" / files[1]).read_bytes() == kept.read()
    assert Job.objects.count() == 0


@pytest.mark.parametrize(
    ("territory", "semester", "said"),
    [
        ("015205", "2026", "come 2026-1"),
        ("015205", "2030-1", "non è ancora passato"),
        ("nessuno", "2026-1", "si chiama nessuno"),
    ],
)
def test_a_wrong_question_is_answered_in_words(territory: str, semester: str, said: str, tmp_path: Path) -> None:
    segrate_quarter()
    with pytest.raises(CommandError, match=said):
        call_command("issue_report", "--territory", territory, "--semester", semester, "--output", str(tmp_path))
