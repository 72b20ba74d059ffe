"""An edition goes into print with the words it was composed of."""

import pytest

from reports.indicators import INDICATORS
from reports.queries.issues import reading_of
from reports.render.document import compose
from reports.render.pdf import print_document
from reports.services.freeze import freeze_issue
from reports.services.issue import open_issue
from sportello.accounts.scope import Scope
from tests.support.pdf import text_of
from tests.support.reports import segrate_quarter

pytestmark = pytest.mark.django_db


def test_every_sentence_of_the_edition_is_printed() -> None:
    issue = open_issue(territory=segrate_quarter().place, year=2026, half=1, by=Scope.of_process("tests"))
    document = compose(reading_of(freeze_issue(issue=issue, by=Scope.of_process("tests"))), INDICATORS)
    text = text_of(print_document(document).pdf)
    assert [sentence for sentence in document.sentences if sentence not in text] == []
