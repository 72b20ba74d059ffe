"""From the request to the printed edition."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine

from reports.models import ReportIssue
from reports.services.build import build_issue
from reports.services.issue import open_issue
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.territory.enums import Sex
from sportello.territory.models import MunicipalityResidents
from tests.support.reports import Register, make_pact, make_rules
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _in_august() -> Any:
    with time_machine.travel("2026-08-03 10:00+02:00", tick=True):
        yield


def a_pact() -> ReportIssue:
    """A pact of seven municipalities, of which one has few people and one none."""
    make_rules()
    codes = ["015205", "015175", "015171", "015159", "015060", "015189", "015070"]
    names = [
        "Segrate",
        "Pioltello",
        "Peschiera Borromeo",
        "Pantigliate",
        "Cassina de' Pecchi",
        "Rodano",
        "Cernusco sul Naviglio",
    ]
    registers = [Register(make_municipality(name=n, istat_code=c)) for n, c in zip(names, codes, strict=True)]
    for i, register in enumerate(registers):
        for sex, n in ((Sex.FEMALE, 60), (Sex.MALE, 70)):
            MunicipalityResidents.objects.create(
                municipality=register.place, year=2023, sex=sex, age_band="35-44", count=n * 100 + i
            )
    for i, register in enumerate(registers[:-1]):
        ages = [date(2004, 1, 1), date(1994, 1, 1), date(1979, 1, 1), date(1964, 1, 1)]
        people = [
            person
            for n, born in enumerate(ages)
            for sex in Sex
            for person in register.people(1 if i == 5 and n < 2 else (0 if i == 5 else 9 + 2 * i + n), sex, born=born)
        ]
        register.intakes(people, date(2026, 2, 3))
        register.cases(people[::2], date(2026, 2, 20))
        register.placements(people[::5], date(2026, 5, 4))
        register.placements(people[1::11], date(2026, 5, 4), code="INTERNSHIP")
        firm = register.company()
        register.visit(firm, date(2026, 3, 3))
        register.vacancy(firm, date(2026, 3, 10), 3 + i)
    pact = make_pact([register.place for register in registers])
    return open_issue(territory=pact, year=2026, half=1, by=BY)


def test_a_pact_is_printed_for_archives_and_for_everybody() -> None:
    import page

    issue = build_issue(issue=a_pact(), by=BY)
    assert issue.state == IssueState.BUILT
    pdf = issue.pdf.read()
    assert hashlib.sha256(pdf).hexdigest() == issue.pdf_sha256
    assert issue.pages > 6
    Path("/tmp/pact.pdf").write_bytes(pdf)
    for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1):
        report = page.validate_pdf_bytes(pdf, profile)
        assert report.failures == []
