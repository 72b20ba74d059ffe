"""A document has a kind, a name and a content that is looked at."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from candidates.forms.document import MAX_DOCUMENTS, DocumentForm
from tests.support.mail import PDF


@pytest.mark.parametrize(("number", "is_valid"), [(0, True), (MAX_DOCUMENTS - 1, True), (MAX_DOCUMENTS, False)])
def test_a_person_keeps_so_many_files(number: int, is_valid: bool) -> None:
    data = {"kind": "cv", "name": "Curriculum"}
    form = DocumentForm(data, {"file": SimpleUploadedFile("cv", PDF)}, number=number)
    assert form.is_valid() is is_valid, form.errors


def test_each_fault_stands_beside_its_field() -> None:
    form = DocumentForm({"kind": "passport", "name": ""}, {}, number=0)
    assert set(form.errors) == {"kind", "name", "file"}
