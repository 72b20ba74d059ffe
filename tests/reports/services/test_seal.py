"""The seal of a published edition."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pyhanko.pdf_utils.reader import PdfFileReader

from reports.models import ReportIssue
from reports.services.build import build_issue
from reports.services.issue import open_issue, publish_issue
from reports.services.seal import seal_issue
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.core.models import Job
from sportello.core.seal import SealKey, write_test_key
from tests.support.personas import make_member, scope
from tests.support.refusals import refused
from tests.support.reports import segrate_quarter
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def built() -> ReportIssue:
    issue = open_issue(territory=segrate_quarter().place, year=2026, half=1, by=BY)
    return build_issue(issue=issue, by=BY)


def publish(issue: ReportIssue) -> ReportIssue:
    reader = make_member(Role.CONTROL_ROOM, make_organisation())
    return publish_issue(issue=issue, by=scope(reader))


@pytest.fixture
def sealing(settings: Any, tmp_path: Path) -> None:
    write_test_key(SealKey(tmp_path / "ente.p12", "segreto"))
    settings.SEAL_KEY, settings.SEAL_PASSPHRASE = str(tmp_path / "ente.p12"), "segreto"


@pytest.mark.usefixtures("sealing")
def test_a_published_edition_is_sealed_once_beside_the_print_of_its_hash() -> None:
    issue = publish(built())
    assert [job.path for job in Job.objects.filter(key=str(issue.pk), state="requested")] == [
        "reports.tasks.seal_issue"
    ]
    sealed = seal_issue(issue=issue, by=BY)
    assert seal_issue(issue=sealed, by=BY).sealed_at == sealed.sealed_at
    plain, whole = (Path(file.path).read_bytes() for file in (sealed.pdf, sealed.sealed))
    assert hashlib.sha256(plain).hexdigest() == sealed.pdf_sha256
    assert whole.startswith(plain)
    answer: Any = Client().get(f"/rapporti/{issue.pk}/rapporto.pdf")
    given = answer.getvalue()
    assert given == whole
    (signature,) = PdfFileReader(BytesIO(given)).embedded_signatures
    assert signature.sig_object["/Reason"] == f"Rapporto pubblicato, edizione {issue.code}"
    assert "sigillo elettronico dell" in Client().get(f"/rapporti/{issue.pk}/").content.decode()


def test_without_a_key_an_edition_is_published_unsealed() -> None:
    issue = publish(built())
    assert not Job.objects.filter(key=str(issue.pk), path="reports.tasks.seal_issue").exists()
    assert not seal_issue(issue=issue, by=BY).sealed


def test_what_is_not_published_is_not_sealed() -> None:
    issue = built()
    with refused("sealed_issue_was_published"):
        ReportIssue.objects.filter(pk=issue.pk).update(sealed="x.pdf", sealed_at=issue.built_at)
