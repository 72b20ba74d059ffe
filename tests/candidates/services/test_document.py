"""A file is kept until its row goes, and not longer."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from candidates.enums import DocumentKind
from candidates.models import PersonDocument, SkillStatement
from candidates.services.document import add_document, remove_document
from tests.support.employers import make_skill
from tests.support.mail import PDF
from tests.support.personas import make_candidate, make_user, scope

pytestmark = pytest.mark.django_db


def test_a_file_is_kept_whole_under_a_name_that_says_nothing() -> None:
    person, user = make_candidate(last_name="Rossi"), make_user()
    kept = add_document(
        candidate=person,
        kind=DocumentKind.CV,
        name="Il mio curriculum",
        file=SimpleUploadedFile("Rossi cv.pdf", PDF),
        by=scope(user),
    )
    assert (kept.size, kept.added_by_id, kept.name) == (len(PDF), user.pk, "Il mio curriculum")
    assert "Rossi" not in str(kept.file.name)
    with kept.file.open() as stored:
        assert stored.read() == PDF


def test_its_content_goes_with_its_row_and_not_before(django_capture_on_commit_callbacks: Any) -> None:
    person, by = make_candidate(), scope(make_user())
    kept = add_document(
        candidate=person, kind=DocumentKind.CERTIFICATE, name="HACCP", file=SimpleUploadedFile("a.pdf", PDF), by=by
    )
    statement = SkillStatement.objects.create(candidate=person, skill=make_skill(), document=kept)
    storage, name = kept.file.storage, str(kept.file.name)
    with django_capture_on_commit_callbacks() as after:
        remove_document(document=kept, by=by)
    assert storage.exists(name)
    for act in after:
        act()
    assert not storage.exists(name)
    statement.refresh_from_db()
    assert (PersonDocument.objects.count(), statement.document) == (0, None)
