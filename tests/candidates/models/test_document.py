"""A document is called as its owner calls it, and stands in a file whose path says nothing of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from candidates.models import PersonDocument
from tests.support.mail import PDF
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db


def test_the_path_is_a_random_name() -> None:
    kept = PersonDocument.objects.create(
        candidate=make_candidate(),
        kind="cv",
        name="Curriculum",
        file=SimpleUploadedFile("amina-rossi.pdf", PDF),
        size=len(PDF),
    )
    assert (str(kept), str(kept.file.name).partition("/")[0]) == ("Curriculum", "persondocument")
    assert "amina" not in str(kept.file.name)
