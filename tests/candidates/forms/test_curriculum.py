"""A file is judged by what it holds; what is on file begins without a tick."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from candidates.forms.curriculum import EuropassFileForm, PiecesForm
from candidates.queries.curriculum import Piece, Recognised
from sportello.core.files import MAX_BYTES
from tests.support.curriculum import SPECIMENS
from tests.support.mail import PDF

FOUND = Recognised(
    (Piece("job-0", "job", "Barista", False, {}), Piece("language-it", "language", "italiano: B1", True, {})), ()
)


def a_file(content: bytes) -> EuropassFileForm:
    return EuropassFileForm({}, MultiValueDict({"file": [SimpleUploadedFile("cv.exe", content)]}))


@pytest.mark.parametrize("name", sorted(path.name for path in SPECIMENS.iterdir()))
def test_each_specimen_is_read(name: str) -> None:
    form = a_file((SPECIMENS / name).read_bytes())
    assert form.is_valid(), form.errors
    assert form.cleaned_data["file"].curriculum.jobs


@pytest.mark.parametrize("content", [b"ciao", PDF, b"<Candidate/>", b" " * (MAX_BYTES + 1)])
def test_another_file_says_what_to_send(content: bytes) -> None:
    form = a_file(content)
    assert set(form.errors) == {"file"}


def test_what_is_new_is_ticked_and_only_what_was_found_can_be() -> None:
    form = PiecesForm(found=FOUND, document="<a/>")
    assert (form["taken"].value(), form["document"].value()) == (["job-0"], "<a/>")
    assert [label for _, label in form.fields["taken"].choices] == [  # type: ignore[attr-defined]
        "Barista",
        "italiano: B1 (c'è già: se lo spunti, cambia)",
    ]
    assert PiecesForm(QueryDict("document=x&taken=language-it"), found=FOUND).is_valid()
    assert not PiecesForm(QueryDict("document=x&taken=job-9"), found=FOUND).is_valid()
