"""The files of one person, the newest first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from candidates.models import PersonDocument
from candidates.queries.document import documents_of
from tests.support.mail import PDF
from tests.support.personas import make_candidate, make_user
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_files_come_newest_first_with_who_added_them(count: int) -> None:
    person, other = make_candidate(), make_candidate()
    for owner in [other, *[person] * count]:
        PersonDocument.objects.create(
            candidate=owner, kind="cv", name="CV", file=SimpleUploadedFile("a", PDF), size=1, added_by=make_user()
        )
    with queries_of() as queries:
        found = list(documents_of(person))
        names = {str(document.added_by) for document in found}
    assert (len(queries), len(found), len(names)) == (1, count, count)
    days = [document.added_at for document in found]
    assert days == sorted(days, reverse=True)
