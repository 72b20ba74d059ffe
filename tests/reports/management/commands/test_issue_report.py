"""The report from the shell."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.models import ReportIssue, SemesterFreeze
from sportello.core.models import Job
from sportello.territory.enums import DeskState
from sportello.territory.models import Zone
from tests.support.reports import make_pact, make_rules, segrate_quarter
from tests.support.territory import make_desk, make_municipality

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


def test_all_municipalities_of_a_pact_read_one_freeze(tmp_path: Path) -> None:
    make_rules()
    places = [make_municipality(istat_code=code) for code in ("015001", "015002")]
    pact = make_pact(places, slug="patto-sud")
    folder = tmp_path / "out"
    asked = ("issue_report", "--territory", pact.slug, "--semester", "2026-1", "--output", str(folder))
    call_command(*asked, "--all-municipalities")
    names = [
        f"rapporto-2026-1-{name}-01.{kind}" for name in ("015001", "015002", "patto-sud") for kind in ("csv", "pdf")
    ]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert SemesterFreeze.objects.count() == 1
    call_command(*asked)
    assert [(i.code, i.area.freeze.version) for i in ReportIssue.objects.filter(version=2) if i.area] == [
        ("2026-1/PATTO-SUD/02", 2)
    ]


def test_the_report_of_an_open_desk_goes_by_its_short_name(tmp_path: Path) -> None:
    register = segrate_quarter()
    make_desk(slug="chiuso", state=DeskState.CLOSED, municipality=register.place, serves=[register.place])
    asked = ("issue_report", "--semester", "2026-1", "--output", str(tmp_path))
    call_command(*asked, "--territory", register.desk.slug)
    issue = ReportIssue.objects.get()
    assert (issue.territory, issue.code) == (register.desk, f"2026-1/SPORTELLO-{register.desk.slug.upper()}/01")
    with pytest.raises(CommandError, match="si chiama chiuso"):
        call_command(*asked, "--territory", "chiuso")


@pytest.mark.parametrize(
    ("territory", "semester", "said"),
    [
        ("015205", "2026", "come 2026-1"),
        ("015205", "2030-1", "non è ancora passato"),
        ("nessuno", "2026-1", "si chiama nessuno"),
        ("vuota", "2026-1", "non ha Comuni"),
    ],
)
def test_a_wrong_question_is_answered_in_words(territory: str, semester: str, said: str, tmp_path: Path) -> None:
    segrate_quarter()
    Zone.objects.create(slug="vuota", name="Vuota")
    with pytest.raises(CommandError, match=said):
        call_command("issue_report", "--territory", territory, "--semester", semester, "--output", str(tmp_path))
