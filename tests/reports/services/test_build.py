"""From the request to the printed edition."""

import hashlib
import io
from typing import Any

import pytest
from django.db import transaction
from pypdf import PdfReader

from reports.models import ReportIssue
from reports.services.build import build_issue, render_issue
from reports.services.freeze import EmptyTerritory, freeze_issue
from reports.services.issue import IllegalStep, open_issue, request_issue, retry_issue
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from sportello.core.notify import UnsafeMessageError
from sportello.reference.models import RuleParameter
from sportello.reference.rules import MissingParameterError
from sportello.territory.models import Zone
from tests.support.pdf import failures, text_of
from tests.support.personas import make_official, scope
from tests.support.reports import make_rules, registered_pact, segrate_quarter
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def bytes_of(issue: ReportIssue) -> bytes:
    with issue.pdf.open("rb") as pdf:
        content: bytes = pdf.read()
        return content


def test_a_pact_is_printed_for_archives_and_for_everybody() -> None:
    issue = build_issue(issue=open_issue(territory=registered_pact(), year=2026, half=1, by=BY), by=BY)
    pdf = bytes_of(issue)
    assert (issue.state, issue.pdf_sha256) == (IssueState.BUILT, hashlib.sha256(pdf).hexdigest())
    assert issue.pages == len(PdfReader(io.BytesIO(pdf)).pages)
    assert failures(pdf) == []


def test_the_report_of_segrate_says_its_five_numbers() -> None:
    register = segrate_quarter()
    issue = build_issue(issue=open_issue(territory=register.place, year=2026, half=1, by=BY), by=BY)
    text = text_of(bytes_of(issue))
    assert "Lo sportello ha seguito 431 persone: 220 donne e 211 uomini." in text
    assert "Sono iniziati 68 contratti di lavoro, di 68 persone, e 12 tirocini." in text
    assert "Contratti rispetto alle persone seguite: 15,8 % (68 su 431)." in text
    assert "Nel catalogo dalla versione: 2." in text
    assert issue.code in text
    assert issue.figures_sha256 in text.replace(" ", "")


def test_a_territory_where_nothing_happened_is_printed_as_well() -> None:
    make_rules()
    issue = open_issue(
        territory=make_municipality(name="Borgo con un Nome Lungo Quaranta Lettere"), year=2026, half=1, by=BY
    )
    assert failures(bytes_of(build_issue(issue=issue, by=BY))) == []


def test_the_same_figures_give_the_same_bytes() -> None:
    issue = freeze_issue(issue=open_issue(territory=segrate_quarter().place, year=2026, half=1, by=BY), by=BY)
    first = bytes_of(render_issue(issue=issue, by=BY))
    ReportIssue.objects.filter(pk=issue.pk).update(state=IssueState.FROZEN, pdf="")
    again = render_issue(issue=ReportIssue.objects.get(pk=issue.pk), by=BY)
    assert bytes_of(again) == first


def test_a_built_edition_is_left_alone() -> None:
    issue = build_issue(issue=open_issue(territory=segrate_quarter().place, year=2026, half=1, by=BY), by=BY)
    assert build_issue(issue=issue, by=BY).built_at == issue.built_at


def test_who_asked_is_told_once() -> None:
    register = segrate_quarter()
    person = make_official(register.place)
    issue = build_issue(issue=request_issue(territory=register.place, year=2026, half=1, by=scope(person)), by=BY)
    build_issue(issue=issue, by=BY)
    (message,) = Message.objects.all()
    assert (message.recipient, message.subject) == (person.email, f"Il rapporto {issue.code} è pronto")
    assert f"/rapporti/{issue.pk}/" in message.body


def test_an_edition_is_not_built_without_telling_who_asked() -> None:
    register = segrate_quarter()
    person = make_official(register.place)
    issue = freeze_issue(issue=request_issue(territory=register.place, year=2026, half=1, by=scope(person)), by=BY)
    person.email = "non è un indirizzo"
    person.save()
    with pytest.raises(UnsafeMessageError), transaction.atomic():
        render_issue(issue=issue, by=BY)
    issue.refresh_from_db()
    assert (issue.state, issue.built_at, Message.objects.count()) == (IssueState.FROZEN, None, 0)


@pytest.mark.parametrize(
    ("make", "error", "label"),
    [
        ("empty", EmptyTerritory, "Il territorio non ha Comuni alla fine del periodo."),
        ("rules", MissingParameterError, "Mancano le regole di riservatezza in vigore oggi."),
    ],
)
def test_what_cannot_succeed_fails_with_a_plain_label(make: str, error: type[Exception], label: str) -> None:
    make_rules()
    territory: Any = Zone.objects.create(slug="vuota", name="Zona vuota") if make == "empty" else make_municipality()
    issue = open_issue(territory=territory, year=2026, half=1, by=BY)
    if make == "rules":
        RuleParameter.objects.filter(key="disclosure_threshold").delete()
    with pytest.raises(error):
        build_issue(issue=issue, by=BY)
    issue.refresh_from_db()
    assert (issue.state, issue.failure) == (IssueState.FAILED, label)


def test_a_failed_edition_is_built_again_on_request() -> None:
    issue = open_issue(territory=make_municipality(), year=2026, half=1, by=BY)
    with pytest.raises(MissingParameterError):
        build_issue(issue=issue, by=BY)
    make_rules()
    issue.refresh_from_db()
    issue = retry_issue(issue=issue, by=BY)
    assert (issue.state, issue.failure) == (IssueState.QUEUED, "")
    assert build_issue(issue=issue, by=BY).state == IssueState.BUILT
    with pytest.raises(IllegalStep):
        retry_issue(issue=issue, by=BY)
